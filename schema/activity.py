"""Activities and meetings of committees."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from connectors.ports import ActivitySource
from connectors.records.activity import Activity as ActivityRecord
from connectors.records.activity import ActivityQuery, ActivityRef
from connectors.records.deliberation import DeliberationRef
from connectors.viewer import PersonalClass, Scope
from schema.attendance import ATTENDANCES, CHECK_IN_CODE, Attendance, AttendanceMark, CheckInCode
from schema.declarations import People, Requirement, Whose
from schema.fields import described, identifier, value
from schema.node import Node
from schema.organization import Organization
from schema.paging import Connection, connection
from schema.region import Region, region_at

if TYPE_CHECKING:
    from schema.deliberation import Deliberation

_LOAD = ActivitySource.load_activities


@described(zh="议程中的一项", en="One point of an agenda.")
class AgendaItem:
    """Read from ``connectors.records.activity.AgendaItem``."""

    starts_at: datetime | None = value("starts_at", zh="开始", en="When it begins.")
    title: str | None = value("title", zh="内容", en="What it is.")


@described(zh="会务安排", en="Where the asker sleeps, rides and sits.")
class Logistics:
    """Read from ``connectors.records.activity.Logistics``."""

    lodging: str | None = value("lodging", zh="住宿", en="Where one sleeps.")
    transport: str | None = value("transport", zh="交通", en="How one gets there.")
    seat: str | None = value("seat", zh="座位", en="Where one sits.")


@described(zh="履职活动或会议", en="An activity or a meeting.", of=ActivityRecord | ActivityRef)
class Activity(Node):
    """Read from ``connectors.records.activity.Activity``."""

    id: strawberry.ID = identifier("Activity")
    title: str | None = value("title", source=_LOAD, zh="名称", en="What it is.")
    kind: str | None = value(
        "kind",
        source=_LOAD,
        then=lambda kind, _: kind.code,
        zh="履职类别代码",
        en="Code of the category of duty it counts as.",
    )
    starts_at: datetime | None = value("starts_at", source=_LOAD, zh="开始", en="When it begins.")
    ends_at: datetime | None = value("ends_at", source=_LOAD, zh="结束", en="When it ends.")
    venue: str | None = value("venue", source=_LOAD, zh="地点", en="Where.")
    region: Region | None = value("region_key", source=_LOAD, then=region_at, zh="所在区划", en="In which place.")
    organization: Organization | None = value(
        "organization", source=_LOAD, zh="主办组织", en="Which committee holds it."
    )
    check_in_opens_at: datetime | None = value(
        "check_in_opens_at", source=_LOAD, zh="签到开始", en="From when one may sign in."
    )
    check_in_closes_at: datetime | None = value("check_in_closes_at", source=_LOAD, zh="签到截止", en="Until when.")
    invited_count: int | None = value("invited_count", source=_LOAD, zh="受邀人数", en="How many are invited.")
    attendance_count: int | None = value(
        "attendance_count", source=_LOAD, zh="已签到人数", en="How many have signed in."
    )
    agenda: list[AgendaItem | None] | None = value("agenda", source=_LOAD, zh="议程", en="What happens, by time.")
    deliberation: Annotated["Deliberation", strawberry.lazy("schema.deliberation")] | None = value(
        "deliberation_key",
        source=_LOAD,
        then=lambda key, _: DeliberationRef(key=key),
        zh="为之举行的协商；没有为空",
        en="The deliberation it is held for; null if none.",
    )
    logistics: Logistics | None = value(
        "logistics",
        source=_LOAD,
        personal=PersonalClass.DUTY,
        zh="本人的会务安排；未受邀为空",
        en="Arrangements for the asker; null for who is not invited.",
    )
    viewer_attendance: AttendanceMark | None = value(
        "own",
        source=_LOAD,
        personal=PersonalClass.DUTY,
        zh="本人的出席情况；未受邀为空",
        en="The asker's own standing; null for who is not invited.",
    )
    attendances: Connection[Attendance] | None = ATTENDANCES
    check_in_code: CheckInCode | None = CHECK_IN_CODE


UPCOMING: Any = connection(
    ActivitySource.list_member_activities,
    taken=lambda _: (ActivityQuery(upcoming=True),),
    requires=Requirement(Scope.DUTY_READ),
    personal=PersonalClass.DUTY,
    whose=Whose(People.MEMBER),
    zh="尚未结束的活动，最近的在前；只有本人和机关工作人员可见",
    en="What one is invited to and has not ended, the next first; for the member and committee staff only.",
)
