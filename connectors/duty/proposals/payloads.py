"""What the duty platform sends of proposals, as ``contract/proposals.yaml`` spells it.

Every member is always there, null where there is nothing: a missing one is an error, not nothing.
"""

from connectors.contracted.payloads import Moment, Payload, RowPayload
from connectors.duty.named import AttachmentPayload, CodePayload, UnitPayload
from connectors.duty.payloads import NamedMemberPayload
from connectors.records.proposal import (
    HandlingRole,
    ProposalStatus,
    ProposerType,
    Satisfaction,
    SubmissionPeriod,
    SupervisionKind,
)


class ContactPayload(Payload, frozen=True):
    """Who looks after it in a unit."""

    employee_code: str
    name: str
    title: str | None


class HandlerPayload(Payload, frozen=True):
    """A unit it is assigned to."""

    role: HandlingRole
    organization_code: str
    organization_name: str
    contact: ContactPayload | None
    due_at: Moment | None


class SatisfactionPayload(Payload, frozen=True):
    """The proposer's opinion on a reply."""

    attitude: Satisfaction
    result: Satisfaction
    comment: str | None


class ReplyPayload(Payload, frozen=True):
    """A unit's answer."""

    id: str
    body: str
    grade: str | None
    replied_at: Moment
    organization_code: str
    organization_name: str
    satisfaction: SatisfactionPayload | None
    attachments: list[AttachmentPayload]


class StepPayload(Payload, frozen=True):
    """A state it came to."""

    status: ProposalStatus
    at: Moment
    by: str | None
    note: str | None


class SupervisionPayload(Payload, frozen=True):
    """Who supervises the handling."""

    kind: SupervisionKind
    by: str


class NamedProposalPayload(Payload, frozen=True):
    """A proposal as another row names it."""

    id: str
    title: str


class ProposalPayload(RowPayload, frozen=True, kw_only=True):
    """A proposal."""

    id: str
    serial_no: str | None
    proposal_no: str | None
    title: str
    background: str | None
    analysis: str | None
    suggestion: str | None
    category: CodePayload
    term: int
    session: int
    submission_period: SubmissionPeriod | None
    proposer_type: ProposerType
    proposer_unit: str | None
    organization_code: str
    organization_name: str
    organization_level: str
    first_proposer: NamedMemberPayload
    co_proposers: list[NamedMemberPayload]
    co_proposer_count: int
    consent_to_publish: bool
    feedback_requested: bool
    is_key: bool
    is_outstanding: bool
    status: ProposalStatus
    handed_in: bool
    submitted_at: Moment | None
    changed_at: Moment
    withdrawn_at: Moment | None
    suggested_units: list[UnitPayload]
    handlers: list[HandlerPayload]
    replies: list[ReplyPayload]
    history: list[StepPayload]
    supervision: SupervisionPayload | None
    merged_into: NamedProposalPayload | None
    converted_id: str | None
    deliberation_ids: list[str]
    attachments: list[AttachmentPayload]


class CoProposerPayload(RowPayload, frozen=True, kw_only=True):
    """A row of the list of those who signed."""

    id: str
    name: str
    sector_code: str
    sector_name: str


class CountsPayload(RowPayload, frozen=True, kw_only=True):
    """A committee's counts; a state without proposals may be missing from ``by_status``."""

    code: str
    total: int
    key: int
    outstanding: int
    by_status: dict[str, int]


class CategoriesPayload(RowPayload, frozen=True, kw_only=True):
    """A committee's code tables."""

    code: str
    categories: list[CodePayload]
    grades: list[CodePayload]
