"""What the duty platform sends of scores and records, as ``contract/duties.yaml`` spells it."""

from connectors.contracted.payloads import Moment, Payload, RowPayload
from connectors.duty.payloads import NamedMemberPayload
from connectors.records.duty_record import DutyRecordSource, DutyRecordStatus


class GradePayload(Payload, frozen=True):
    """A row of a committee's table of grades."""

    code: str
    name: str


class ItemPayload(Payload, frozen=True):
    """What one category brought."""

    kind: str
    kind_name: str
    count: int
    points: float


class MonthPayload(Payload, frozen=True):
    """The total at a month's end."""

    month: int
    total: float


class ScorePayload(RowPayload, frozen=True):
    """A member's score; ``id`` is the member's."""

    id: str
    year: int
    total: float
    grade: GradePayload
    rank: int | None
    out_of: int
    items: list[ItemPayload]
    trend: list[MonthPayload]


class PlacePayload(RowPayload, frozen=True):
    """A place on a leaderboard; ``id`` is the member's."""

    id: str
    rank: int
    total: float
    member: NamedMemberPayload


class StrengthPayload(Payload, frozen=True):
    """Something a member is good at, 0 to 100."""

    label: str
    score: float


class StrengthsPayload(RowPayload, frozen=True):
    """A member's strengths; ``id`` is the member's."""

    id: str
    strengths: list[StrengthPayload]


class RulePayload(Payload, frozen=True):
    """What a category brings."""

    kind: str
    kind_name: str
    points: float
    most: float | None


class GradeRulePayload(Payload, frozen=True):
    """From which total a grade holds."""

    code: str
    name: str
    least: float


class SchemePayload(RowPayload, frozen=True):
    """What a committee scores by; ``id`` is its code."""

    id: str
    year: int
    term: int
    rules: list[RulePayload]
    grades: list[GradeRulePayload]
    shows_rank: bool
    shows_leaderboard: bool


class EvidencePayload(Payload, frozen=True):
    """What shows that it happened."""

    name: str
    link: str | None


class RecordPayload(RowPayload, frozen=True):
    """One thing a member did."""

    id: str
    member: NamedMemberPayload
    kind: str
    kind_name: str
    title: str
    occurred_at: Moment
    points: float
    source: DutyRecordSource
    reference: str | None
    status: DutyRecordStatus
    evidence: list[EvidencePayload]
    verified_by: str | None
    reason: str | None
