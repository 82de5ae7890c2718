"""The schedule of organisations in the handheld office."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from connectors.ports import ScheduleSource
from connectors.records.office import ScheduleItem as ScheduleItemRecord
from connectors.viewer import PersonalClass, Role, Scope
from schema.declarations import Found, ListSize, Requirement
from schema.fields import described, identifier, many, value
from schema.node import Node
from schema.span import MOST_ROWS, SPAN, span_of

if TYPE_CHECKING:
    from schema.official import Official
    from schema.organization import Organization

_OFFICE = Requirement(Scope.OFFICE_READ)


@described(
    zh="机关工作预安排中的一项", en="An entry of the schedule of an organisation's office.", of=ScheduleItemRecord
)
class ScheduleItem(Node):
    """Read from ``connectors.records.office.ScheduleItem``; by those who belong to the organisation."""

    id: strawberry.ID = identifier("ScheduleItem")
    title: str | None = value("title", zh="事项", en="What is planned.")
    starts_at: datetime | None = value("starts_at", zh="开始", en="When it begins.")
    ends_at: datetime | None = value("ends_at", zh="结束", en="When it ends.")
    place: str | None = value("place", zh="地点；未定为空", en="Where; null while that is open.")
    organization: Annotated["Organization", strawberry.lazy("schema.organization")] | None = value(
        "organization", zh="安排的单位", en="The organisation that planned it."
    )
    attendees: list[Annotated["Official", strawberry.lazy("schema.official")] | None] | None = value(
        "attendees", personal=PersonalClass.PUBLIC_OFFICE, zh="参加人员", en="Who is to be there."
    )


SCHEDULE_ITEMS = Found(ScheduleSource.load_schedule_items, requires=_OFFICE)

SCHEDULE = many(
    ScheduleSource.list_schedule,
    arguments=SPAN,
    taken=span_of,
    asker=lambda viewer: viewer.employee_code,
    requires=_OFFICE,
    size=ListSize(MOST_ROWS),
    zh="本人所在单位的工作预安排，按开始时间排列，最多 31 天、500 条；没有浙政钉账号为空",
    en="What the asker's organisations plan, by start; at most 31 days and 500 rows; null without a work account.",
)

ORGANIZATION_SCHEDULE = many(
    ScheduleSource.list_unit_schedule,
    arguments=SPAN,
    taken=span_of,
    requires=Requirement(Scope.OFFICE_READ, roles=frozenset({Role.STAFF})),
    size=ListSize(MOST_ROWS),
    zh="该单位的工作预安排，仅政协机关工作人员可见，最多 31 天、500 条",
    en="What the organisation plans, for committee staff; at most 31 days and 500 rows.",
)
