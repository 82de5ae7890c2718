"""What the duty platform sends of micro-suggestions, as ``contract/micro.yaml`` spells it.

Every member is always there, null where there is nothing: a missing one is an error, not nothing.
"""

from connectors.contracted.payloads import Moment, Payload, RowPayload
from connectors.duty.named import AttachmentPayload
from connectors.duty.payloads import NamedMemberPayload
from connectors.records.micro_suggestion import MicroStatus, MicroStepKind


class MicroStepPayload(Payload, frozen=True):
    """One of the five steps."""

    kind: MicroStepKind
    status: MicroStatus
    started_at: Moment | None
    finished_at: Moment | None
    organization_code: str | None
    organization_name: str | None
    summary: str | None


class SupervisorPayload(Payload, frozen=True):
    """An official who supervises the handling."""

    employee_code: str
    name: str


class MicroSuggestionPayload(RowPayload, frozen=True, kw_only=True):
    """A micro-suggestion."""

    id: str
    title: str
    body: str
    status: MicroStatus
    region_code: str
    organization_code: str
    organization_name: str
    organization_level: str
    author: NamedMemberPayload
    steps: list[MicroStepPayload]
    supervisors: list[SupervisorPayload]
    attachments: list[AttachmentPayload]
    submitted_at: Moment
    changed_at: Moment
