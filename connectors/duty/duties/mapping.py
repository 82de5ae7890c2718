"""Payload → record of scores and duty records. An error in a value's place stays there."""

from typing import Any

from connectors.contracted.rows import Shape
from connectors.duty.duties.payloads import (
    EvidencePayload,
    GradePayload,
    GradeRulePayload,
    ItemPayload,
    MonthPayload,
    PlacePayload,
    RecordPayload,
    RulePayload,
    SchemePayload,
    ScorePayload,
    StrengthPayload,
    StrengthsPayload,
)
from connectors.duty.links import link_or_file_from
from connectors.duty.named import each_of, member_ref_from
from connectors.lenient import kept
from connectors.records.code import Code
from connectors.records.duty_record import DutyRecord, Evidence
from connectors.records.duty_score import (
    DutyScore,
    DutyScoreItem,
    GradeRule,
    LeaderboardEntry,
    MemberStrengths,
    MonthTotal,
    ScoringRule,
    ScoringScheme,
    Strength,
)


def score_from(payload: ScorePayload) -> DutyScore:
    """Read one member's score."""
    grade: Any = kept(payload.grade, _grade_from)
    return DutyScore(
        key=payload.id,
        year=payload.year,
        total=payload.total,
        grade=grade,
        rank=payload.rank,
        out_of=payload.out_of,
        items=each_of(payload.items, _item_from),
        trend=each_of(payload.trend, _month_from),
    )


def entry_from(payload: PlacePayload) -> LeaderboardEntry:
    """Read one place of a leaderboard."""
    member: Any = kept(payload.member, member_ref_from)
    return LeaderboardEntry(key=payload.id, rank=payload.rank, total=payload.total, member=member)


def strengths_from(payload: StrengthsPayload) -> MemberStrengths:
    """Read one member's strengths."""
    return MemberStrengths(key=payload.id, strengths=each_of(payload.strengths, _strength_from))


def scheme_from(payload: SchemePayload) -> ScoringScheme:
    """Read what a committee scores by."""
    return ScoringScheme(
        key=payload.id,
        year=payload.year,
        term=payload.term,
        rules=each_of(payload.rules, _rule_from),
        grades=each_of(payload.grades, _grade_rule_from),
        shows_rank=payload.shows_rank,
        shows_leaderboard=payload.shows_leaderboard,
    )


def record_from(payload: RecordPayload) -> DutyRecord:
    """Read one thing a member did."""
    member: Any = kept(payload.member, member_ref_from)
    return DutyRecord(
        key=payload.id,
        member=member,
        kind=Code(code=payload.kind, name=payload.kind_name),
        title=payload.title,
        occurred_at=payload.occurred_at,
        points=payload.points,
        source=payload.source,
        reference=payload.reference,
        status=payload.status,
        evidence=each_of(payload.evidence, _evidence_from),
        verified_by=payload.verified_by,
        reason=payload.reason,
    )


def _grade_from(payload: GradePayload) -> Code:
    return Code(code=payload.code, name=payload.name)


def _item_from(payload: ItemPayload) -> DutyScoreItem:
    kind = Code(code=payload.kind, name=payload.kind_name)
    return DutyScoreItem(kind=kind, count=payload.count, points=payload.points)


def _month_from(payload: MonthPayload) -> MonthTotal:
    return MonthTotal(month=payload.month, total=payload.total)


def _strength_from(payload: StrengthPayload) -> Strength:
    return Strength(label=payload.label, score=payload.score)


def _rule_from(payload: RulePayload) -> ScoringRule:
    kind = Code(code=payload.kind, name=payload.kind_name)
    return ScoringRule(kind=kind, points=payload.points, most=payload.most)


def _grade_rule_from(payload: GradeRulePayload) -> GradeRule:
    return GradeRule(grade=Code(code=payload.code, name=payload.name), least=payload.least)


def _evidence_from(payload: EvidencePayload) -> Evidence:
    return Evidence(name=payload.name, link=link_or_file_from(payload.link, "dutyRecords"))


SCORE = Shape(ScorePayload, score_from)
PLACE = Shape(PlacePayload, entry_from)
STRENGTHS = Shape(StrengthsPayload, strengths_from)
SCHEME = Shape(SchemePayload, scheme_from)
RECORD = Shape(RecordPayload, record_from)
