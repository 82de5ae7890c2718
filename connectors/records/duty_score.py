"""Scores of members' duty, and what a committee scores by. The duty platform computes them, nobody else."""

from connectors.records.code import Code
from connectors.records.member import MemberRef
from connectors.records.record import Record


class DutyScoreItem(Record, frozen=True):
    """What one category of duty (domain-terms section 7) brought; ``points`` may be below 0 for absences."""

    kind: Code
    count: int
    points: float


class MonthTotal(Record, frozen=True):
    """The total at the end of a month (1 to 12), of the year's months that have begun."""

    month: int
    total: float


class DutyScore(Record, frozen=True):
    """A member's score of one year; ``key`` is the member's.

    ``grade`` is a row of the committee's table. ``rank`` is among the ``out_of`` members of the committee, None where
    the committee does not tell ranks.
    """

    key: str
    year: int
    total: float
    grade: Code
    rank: int | None
    out_of: int
    items: tuple[DutyScoreItem, ...]
    trend: tuple[MonthTotal, ...]


class LeaderboardEntry(Record, frozen=True):
    """A place on a leaderboard; members with the same total share a rank. ``key`` is the member's."""

    key: str
    rank: int
    total: float
    member: MemberRef


class LeaderboardQuery(Record, frozen=True):
    """Of which year, and of which committee, or of those in a region that show theirs. None: anywhere."""

    year: int
    organization_key: str | None = None
    region_key: str | None = None


class Strength(Record, frozen=True):
    """Something a member is good at: ``score`` 0 to 100."""

    label: str
    score: float


class MemberStrengths(Record, frozen=True):
    """The duty registry's part of a duty portrait (履职画像), strongest first; ``key`` is the member's."""

    key: str
    strengths: tuple[Strength, ...]


class ScoringRule(Record, frozen=True):
    """What one thing of a category brings, and the most that all of them can (None: no limit)."""

    kind: Code
    points: float
    most: float | None


class GradeRule(Record, frozen=True):
    """The total from which a grade holds; within a year the share of it that is due by then."""

    grade: Code
    least: float


class ScoringScheme(Record, frozen=True):
    """What a committee scores by in a year; ``key`` is the committee's."""

    key: str
    year: int
    term: int
    rules: tuple[ScoringRule, ...]
    grades: tuple[GradeRule, ...]
    shows_rank: bool
    shows_leaderboard: bool
