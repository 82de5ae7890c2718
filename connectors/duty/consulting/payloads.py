"""What the duty platform sends of forms, hall events, campaigns and plans, as ``contract/consulting.yaml`` spells it.

Every member is always there, null where there is nothing: a missing one is an error, not nothing.
"""

from datetime import date

from connectors.contracted.payloads import Moment, Payload, RowPayload
from connectors.duty.named import AttachmentPayload
from connectors.duty.payloads import NamedMemberPayload
from connectors.records.consultation_plan import PlannedForm, PlannedStatus
from connectors.records.hall_event import HallEventStatus
from connectors.records.oversight import OversightStatus
from connectors.records.suggestion_form import FormStatus


class CommitteesRowPayload(RowPayload, frozen=True, kw_only=True):
    """What each of these rows has: its key, and whose it is."""

    id: str
    title: str
    organization_code: str
    organization_name: str
    organization_level: str


class AspectPayload(Payload, frozen=True):
    """Something a form asks about."""

    code: str
    name: str
    answer_count: int


class SuggestionFormPayload(CommitteesRowPayload, frozen=True, kw_only=True):
    """A form; ``form_code`` is what its QR code says."""

    form_code: str
    introduction: str | None
    region_code: str
    opens_at: Moment
    closes_at: Moment
    status: FormStatus
    aspects: list[AspectPayload]
    answer_count: int


class FormReceiptPayload(RowPayload, frozen=True, kw_only=True):
    """That an answer was taken."""

    id: str
    form_id: str
    received_at: Moment


class HallEventPayload(CommitteesRowPayload, frozen=True, kw_only=True):
    """An event of a deliberation hall."""

    topic: str
    hall: str
    venue: str | None
    region_code: str
    starts_at: Moment
    ends_at: Moment
    status: HallEventStatus
    members: list[NamedMemberPayload]
    participant_count: int
    outcome: str | None


class FindingPayload(Payload, frozen=True):
    """What a campaign found."""

    theme: str
    body: str
    found_at: Moment
    organization_code: str | None
    organization_name: str | None


class OversightReportPayload(Payload, frozen=True):
    """A report of a campaign."""

    id: str
    title: str
    issued_at: Moment
    attachments: list[AttachmentPayload]


class OversightPayload(CommitteesRowPayload, frozen=True, kw_only=True):
    """A campaign of democratic oversight."""

    year: int
    starts_on: date
    ends_on: date
    status: OversightStatus
    themes: list[str]
    findings: list[FindingPayload]
    reports: list[OversightReportPayload]


class PlannedPayload(Payload, frozen=True):
    """One consultation of a plan."""

    topic: str
    form: PlannedForm
    month: int
    lead: str | None
    status: PlannedStatus
    deliberation_id: str | None


class ConsultationPlanPayload(CommitteesRowPayload, frozen=True, kw_only=True):
    """A plan of a year."""

    year: int
    consultations: list[PlannedPayload]
