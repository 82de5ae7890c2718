"""Member studios: the duty registry owns them, the citizen app what citizens do there."""

from typing import Optional

import strawberry

from connectors.ports import (
    MemberRegistry,
    ShiftSource,
    StudioDirectory,
    StudioMarkSource,
    StudioRegistry,
)
from connectors.records.studio import Studio as StudioRecord
from connectors.records.studio import StudioCategory, StudioKind, StudioListing, StudioRef
from connectors.viewer import PersonalClass, Scope
from schema.declarations import ListSize, Requirement
from schema.fields import CHINESE, described, identifier, link, many, value
from schema.member import Member
from schema.node import Node
from schema.organization import Organization
from schema.paging import Connection, connection
from schema.question import Question
from schema.question_lists import STUDIO_QUESTIONS
from schema.region import Region, region_at
from schema.shift import DutyShift
from schema.span import MOST_DAYS, SPAN, span_of

_REGISTRY = StudioRegistry.load_studios
_OWN = Requirement(Scope.GRAPH_READ)

strawberry.enum(StudioKind, description="Who made a studio.")
setattr(StudioKind, CHINESE, "工作室的类型")


@described(zh="工作室的统计", en="What citizens did with a studio.")
class StudioStatistics:
    """Read from ``connectors.records.studio.StudioStatistics``."""

    followers: int | None = value("followers", zh="关注人数", en="How many follow it.")
    likes: int | None = value("likes", zh="点赞数", en="How many like it.")
    average_rating: float | None = value(
        "average_rating", zh="平均评分，1 到 5；没有评分为空", en="Average rating, 1 to 5; null without ratings."
    )
    answered_questions: int | None = value(
        "answered_questions", zh="已答复的提问数", en="How many questions were answered."
    )
    median_reply_minutes: int | None = value(
        "median_reply_minutes", zh="答复用时的中位数（分钟）", en="Median minutes to the first reply; null without any."
    )


@described(
    zh="委员工作室",
    en="A member studio, in which committee members answer citizens.",
    of=StudioRecord | StudioListing | StudioRef,
)
class Studio(Node):
    """Whatever row it came from; what that row does not carry is read by key."""

    id: strawberry.ID = identifier("Studio")
    name: str | None = value("name", source=_REGISTRY, zh="名称", en="Its name.")
    introduction: str | None = value("introduction", source=_REGISTRY, zh="简介", en="What it offers.")
    phone: str | None = value("phone", source=_REGISTRY, zh="联系电话（公开）", en="Public phone of the studio.")
    address: str | None = value("address", source=_REGISTRY, zh="地址", en="Where it is.")
    category: StudioCategory | None = value("category", source=_REGISTRY, zh="领域", en="What it advises on.")
    kind: StudioKind | None = value(
        "kind", source=_REGISTRY, zh="类型；未分类为空", en="Who made it; null where unsaid."
    )
    star_rating: int | None = value(
        "star_rating", source=_REGISTRY, zh="星级，1 到 5；未评为空", en="Stars, 1 to 5; null while not rated."
    )
    tags: list[str | None] | None = value("tags", source=_REGISTRY, zh="标签", en="What it is known for, in few words.")
    region: Region | None = value(
        "region_key", source=_REGISTRY, then=region_at, zh="所在区划", en="The place it serves."
    )
    organization: Organization | None = value(
        "organization", source=_REGISTRY, zh="所属政协组织", en="The committee it belongs to."
    )
    convener: Member | None = value("convener", source=_REGISTRY, zh="召集人", en="The member who leads it.")
    members: Connection[Member] | None = connection(
        MemberRegistry.list_studio_members, zh="委员，召集人在前", en="Its members, the convener first."
    )
    member_count: int | None = value(
        "member_count", source=_REGISTRY, zh="委员人数", en="How many members belong to it."
    )
    joint_studios: list[Optional["Studio"]] | None = value(
        "joint_studios",
        source=_REGISTRY,
        zh="联合工作室：与其联合履职的各地工作室",
        en="Studios of any region that it works together with.",
    )
    questions: Connection[Question] | None = STUDIO_QUESTIONS
    duty_shifts: list[DutyShift] | None = many(
        ShiftSource.list_studio_shifts,
        arguments=SPAN,
        taken=span_of,
        size=ListSize(MOST_DAYS),
        zh="时段内的值班，最多 31 天",
        en="Duty shifts in a span of at most 31 days, by start.",
    )
    statistics: StudioStatistics | None = link(
        StudioDirectory.load_studio_statistics, carried="statistics", zh="统计", en="What citizens did with it."
    )
    viewer_follows: bool | None = value(
        "follows",
        source=StudioMarkSource.load_studio_marks,
        requires=_OWN,
        cost=1,
        personal=PersonalClass.OWN_CHOICE,
        zh="提问者是否关注；没有浙里办账号为空",
        en="Whether the asker follows it; null without an account on the citizen app.",
    )
    viewer_likes: bool | None = value(
        "likes",
        source=StudioMarkSource.load_studio_marks,
        requires=_OWN,
        cost=1,
        personal=PersonalClass.OWN_CHOICE,
        zh="提问者是否点赞；没有浙里办账号为空",
        en="Whether the asker likes it; null without an account on the citizen app.",
    )
