"""Members of a committee, and what citizens made of their answers."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from connectors.ports import MemberRegistry, MemberStatisticsSource, StudioRegistry
from connectors.records.member import Member as MemberRecord
from connectors.records.member import MemberRef
from connectors.viewer import PersonalClass
from schema.activity import UPCOMING, Activity
from schema.duty_score import DUTY_SCORE, DutyScore
from schema.fields import described, identifier, link, many, value
from schema.files import member_portrait
from schema.node import Node
from schema.official import Official
from schema.organization import Organization
from schema.paging import Connection

if TYPE_CHECKING:
    from schema.studio import Studio

_REGISTRY = MemberRegistry.load_members


@described(zh="界别：届次与委员会代码表中的一行", en="The sector a member represents: a row of the committee's table.")
class Sector:
    """Read from ``connectors.records.member.Sector``."""

    code: str | None = value("code", zh="代码", en="Code in the committee's table.")
    name: str | None = value("name", zh="名称", en="Its name.")


@described(zh="履职画像", en="A duty portrait: a member's strengths as citizens see them.")
class DutyPortrait:
    """Read from ``connectors.records.member.MemberStatistics``."""

    answered_questions: int | None = value(
        "answered_questions", zh="已答复的提问数", en="How many questions were answered."
    )
    average_rating: float | None = value(
        "average_rating", zh="平均评分，1 到 5；没有评分为空", en="Average rating, 1 to 5; null without ratings."
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
    portrait: DutyPortrait | None = link(
        MemberStatisticsSource.load_member_statistics, zh="履职画像", en="What citizens made of the member's answers."
    )
    studios: list[Annotated["Studio", strawberry.lazy("schema.studio")] | None] | None = many(
        StudioRegistry.list_member_studios, zh="所在的工作室", en="The studios the member belongs to."
    )
    duty_score: DutyScore | None = DUTY_SCORE
    upcoming_activities: Connection[Activity] | None = UPCOMING
