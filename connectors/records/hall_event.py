"""Events of the deliberation halls (民生议事堂活动; domain-terms section 7a)."""

import enum
from datetime import datetime

from connectors.records.member import MemberRef
from connectors.records.organization import OrganizationRef
from connectors.records.record import Record


class HallEventStatus(enum.Enum):
    """Whether it was held."""

    SCHEDULED = "SCHEDULED"
    HELD = "HELD"
    CANCELLED = "CANCELLED"


class DeliberationHallEvent(Record, frozen=True):
    """A local consultation event. ``outcome`` is told once it was held."""

    key: str
    title: str
    topic: str
    hall: str
    venue: str | None
    organization: OrganizationRef
    region_key: str
    starts_at: datetime
    ends_at: datetime
    status: HallEventStatus
    members: tuple[MemberRef, ...]
    participant_count: int
    outcome: str | None
