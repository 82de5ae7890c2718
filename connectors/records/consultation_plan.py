"""Year consultation plans (年度协商计划; domain-terms section 7a)."""

import enum

from connectors.records.organization import OrganizationRef
from connectors.records.record import Record


class PlannedStatus(enum.Enum):
    """Whether what was planned took place."""

    PLANNED = "PLANNED"
    HELD = "HELD"
    POSTPONED = "POSTPONED"


class PlannedForm(enum.Enum):
    """How it is consulted on."""

    PLENARY = "PLENARY"
    STANDING_COMMITTEE = "STANDING_COMMITTEE"
    CHAIRPERSONS_MEETING = "CHAIRPERSONS_MEETING"
    SPECIAL_TOPIC = "SPECIAL_TOPIC"
    WITH_SECTORS = "WITH_SECTORS"
    ON_PROPOSALS = "ON_PROPOSALS"
    COME_AND_CONSULT = "COME_AND_CONSULT"


class PlannedConsultation(Record, frozen=True):
    """One consultation of the year. ``lead`` names who prepares it."""

    topic: str
    form: PlannedForm
    month: int
    lead: str | None
    status: PlannedStatus
    deliberation_key: str | None


class ConsultationPlan(Record, frozen=True):
    """An organisation's plan for a year."""

    key: str
    title: str
    year: int
    organization: OrganizationRef
    items: tuple[PlannedConsultation, ...]
