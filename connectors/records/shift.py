"""Duty shifts: when a member answers on line for a studio."""

from datetime import datetime

from connectors.records.member import MemberRef
from connectors.records.record import Record
from connectors.records.studio import StudioRef


class DutyShift(Record, frozen=True):
    """One turn (委员值班). ``question_count`` includes private questions: see the guard that hides small counts."""

    key: str
    starts_at: datetime
    ends_at: datetime
    topic: str | None
    member: MemberRef
    studio: StudioRef
    question_count: int


class NewShift(Record, frozen=True):
    """A turn to be: of which member, for which studio."""

    studio_key: str
    member_key: str
    starts_at: datetime
    ends_at: datetime
    topic: str | None = None


class Span(Record, frozen=True):
    """From (included) to (not included)."""

    start: datetime
    end: datetime
