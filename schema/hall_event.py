"""Events of the deliberation halls (民生议事堂)."""

from datetime import datetime

import strawberry

from connectors.records.hall_event import DeliberationHallEvent as EventRecord
from connectors.records.hall_event import HallEventStatus
from schema.fields import CHINESE, described, identifier, value
from schema.member import Member
from schema.node import Node
from schema.organization import Organization
from schema.region import Region, region_at

strawberry.enum(HallEventStatus, description="Whether an event is to come, was held or was called off.")
setattr(HallEventStatus, CHINESE, "议事堂活动的状态")


@described(zh="民生议事堂活动", en="An event of a deliberation hall: consultation on a local matter.", of=EventRecord)
class DeliberationHallEvent(Node):
    """Read from ``connectors.records.hall_event.DeliberationHallEvent``; public."""

    id: strawberry.ID = identifier("DeliberationHallEvent")
    title: str | None = value("title", zh="名称", en="What it is called.")
    topic: str | None = value("topic", zh="议题", en="What is consulted on.")
    hall: str | None = value("hall", zh="议事堂", en="Which hall.")
    venue: str | None = value("venue", zh="地点", en="Where; null where that is not settled.")
    organization: Organization | None = value("organization", zh="主办的政协组织", en="The committee that holds it.")
    region: Region | None = value("region_key", then=region_at, zh="所在区划", en="In which place.")
    starts_at: datetime | None = value("starts_at", zh="开始", en="When it begins.")
    ends_at: datetime | None = value("ends_at", zh="结束", en="When it ends.")
    status: HallEventStatus | None = value("status", zh="状态", en="Whether it was held.")
    members: list[Member | None] | None = value("members", zh="参加的委员", en="The members who take part.")
    participant_count: int | None = value("participant_count", zh="参与人数", en="How many take part in all.")
    outcome: str | None = value("outcome", zh="成果；举办之前为空", en="What came of it; null before it was held.")
