"""Members of a committee, and what citizens made of their answers."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from connectors.ports import (
    DutyScoreSource,
    MemberRegistry,
    MemberStatisticsSource,
    ShiftSource,
    StatementSource,
    StudioRegistry,
)
from connectors.records.member import Member as MemberRecord
from connectors.records.member import MemberRef
from connectors.viewer import PersonalClass, Scope
from schema.activity import UPCOMING, Activity
from schema.declarations import ListSize, People, Requirement, Whose
from schema.deliberation_list import MEMBER_DELIBERATIONS
from schema.duty_record import DUTY_RECORDS, DutyRecord
from schema.duty_score import DUTY_SCORE, DutyScore
from schema.fields import described, identifier, many, value
from schema.files import member_portrait
from schema.micro_suggestion_lists import MEMBER_MICRO_SUGGESTIONS
from schema.node import Node
from schema.official import Official
from schema.opinion_lists import MEMBER_REPORTS
from schema.organization import Organization
from schema.paging import Connection, connection
from schema.proposal_lists import MEMBER_PROPOSALS
from schema.question_lists import MEMBER_QUESTIONS
from schema.reading_group import OF_MEMBER, ReadingGroup
from schema.span import MOST_DAYS, SPAN, span_of

if TYPE_CHECKING:
    from schema.deliberation import Deliberation
    from schema.micro_suggestion import MicroSuggestion
    from schema.opinion_report import OpinionReport
    from schema.proposal import Proposal
    from schema.question import Question
    from schema.shift import DutyShift
    from schema.statement import Statement
    from schema.studio import Studio

_REGISTRY = MemberRegistry.load_members
_STATISTICS = MemberStatisticsSource.load_member_statistics


@described(zh="界别：届次与委员会代码表中的一行", en="The sector a member represents: a row of the committee's table.")
class Sector:
    """Read from ``connectors.records.member.Sector``."""

    code: str | None = value("code", zh="代码", en="Code in the committee's table.")
    name: str | None = value("name", zh="名称", en="Its name.")


@described(zh="履职专长", en="Something a member is good at.")
class Strength:
    """Read from ``connectors.records.duty_score.Strength``."""

    label: str | None = value("label", zh="专长", en="What it is.")
    score: float | None = value("score", zh="0 到 100", en="0 to 100.")


@described(zh="履职画像", en="A duty portrait: a member's strengths, and what citizens made of the answers.")
class DutyPortrait:
    """The duty registry's part and the citizen app's, each by the member's key: one stands while the other is ill."""

    strengths: list[Strength | None] | None = value(
        "strengths",
        source=DutyScoreSource.load_member_strengths,
        requires=Requirement(Scope.DUTY_READ),
        cost=1,
        personal=PersonalClass.DUTY,
        whose=Whose(People.MEMBER),
        zh="履职专长，强的在前；只有本人和机关工作人员可见",
        en="Strengths, the strongest first; for the member and committee staff only.",
    )
    answered_questions: int | None = value(
        "answered_questions", source=_STATISTICS, zh="已答复的提问数", en="How many questions were answered."
    )
    average_rating: float | None = value(
        "average_rating",
        source=_STATISTICS,
        zh="平均评分，1 到 5；没有评分为空",
        en="Average rating, 1 to 5; null without ratings.",
    )


@described(
    zh="政协委员",
    en="A CPPCC member.",
    of=MemberRecord | MemberRef,
)
class Member(Node):
    """The duty registry owns the member, the work app the official, the citizen app the ratings."""

    id: strawberry.ID = identifier("Member")
    name: str | None = value(
        "name", source=_REGISTRY, personal=PersonalClass.PUBLIC_OFFICE, zh="姓名", en="Name, public for members."
    )
    sector: Sector | None = value("sector", source=_REGISTRY, zh="界别", en="The sector the member represents.")
    organization: Organization | None = value(
        "organization", source=_REGISTRY, zh="所属政协组织", en="The committee the member belongs to."
    )
    term_number: int | None = value("term", source=_REGISTRY, zh="届次", en="Number of the committee's term.")
    portrait_url: str | None = value(
        "portrait", source=_REGISTRY, then=member_portrait, zh="照片地址", en="Where the picture is; null without one."
    )
    official: Official | None = value(
        "official", source=_REGISTRY, zh="浙政钉上的身份", en="The same person on the work app; null without account."
    )
    portrait: DutyPortrait | None = value(
        "key",
        then=lambda key, _: MemberRef(key=key),
        cost=1,
        zh="履职画像",
        en="The member's strengths, and what citizens made of the answers.",
    )
    studios: list[Annotated["Studio", strawberry.lazy("schema.studio")] | None] | None = many(
        StudioRegistry.list_member_studios, zh="所在的工作室", en="The studios the member belongs to."
    )
    duty_shifts: list[Annotated["DutyShift", strawberry.lazy("schema.shift")]] | None = many(
        ShiftSource.list_member_shifts,
        arguments=SPAN,
        taken=span_of,
        size=ListSize(MOST_DAYS),
        zh="时段内在各工作室的值班，最多 31 天",
        en="Their duty shifts in a span of at most 31 days, for whichever studio, by start.",
    )
    duty_score: DutyScore | None = DUTY_SCORE
    duty_records: Connection[DutyRecord] | None = DUTY_RECORDS
    reading_groups: Connection[ReadingGroup] | None = OF_MEMBER
    questions: Connection[Annotated["Question", strawberry.lazy("schema.question")]] | None = MEMBER_QUESTIONS
    opinion_reports: Connection[Annotated["OpinionReport", strawberry.lazy("schema.opinion_report")]] | None = (
        MEMBER_REPORTS
    )
    proposals: Connection[Annotated["Proposal", strawberry.lazy("schema.proposal")]] | None = MEMBER_PROPOSALS
    micro_suggestions: Connection[Annotated["MicroSuggestion", strawberry.lazy("schema.micro_suggestion")]] | None = (
        MEMBER_MICRO_SUGGESTIONS
    )
    deliberations: Connection[Annotated["Deliberation", strawberry.lazy("schema.deliberation")]] | None = (
        MEMBER_DELIBERATIONS
    )
    statements: Connection[Annotated["Statement", strawberry.lazy("schema.statement")]] | None = connection(
        StatementSource.list_member_statements,
        zh="在各协商中已发布的发言，新的在前",
        en="What the member said in deliberations, as far as it is published; newest first.",
    )
    upcoming_activities: Connection[Activity] | None = UPCOMING
