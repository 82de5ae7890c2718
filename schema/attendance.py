"""Who came to an activity: one's own standing with it, and the list and the door of the office."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from connectors.ports import ActivitySource, AttendanceSource
from connectors.records.activity import Attendance as AttendanceRecord
from connectors.records.activity import AttendanceStatus, CheckInMethod
from connectors.viewer import PersonalClass, Role, Scope
from schema.declarations import Found, People, Requirement, Whose
from schema.fields import CHINESE, described, identifier, link, value
from schema.guards import sees_duty
from schema.node import Node
from schema.paging import connection

if TYPE_CHECKING:
    from schema.activity import Activity
    from schema.member import Member

_DUTY = Requirement(Scope.DUTY_READ)
_OFFICE = Requirement(Scope.DUTY_READ, roles=frozenset({Role.STAFF}))

for _enum, _zh, _en in (
    (AttendanceStatus, "出席情况", "What is known of somebody's coming."),
    (CheckInMethod, "签到方式", "How somebody signed in."),
):
    strawberry.enum(_enum, description=_en)
    setattr(_enum, CHINESE, _zh)


@described(zh="提问者本人的出席情况", en="The asker's own standing with an activity.")
class AttendanceMark:
    """Read from ``connectors.records.activity.AttendanceMark``."""

    status: AttendanceStatus | None = value("status", zh="出席情况", en="Invited, signed in, on leave or absent.")
    checked_in_at: datetime | None = value("checked_in_at", zh="签到时间；未签到为空", en="When; null before.")
    method: CheckInMethod | None = value("method", zh="签到方式；未签到为空", en="How; null before.")


@described(zh="现场签到码，一分钟内有效", en="What is shown at the door; it ends within a minute.")
class CheckInCode:
    """Read from ``connectors.records.activity.CheckInCode``."""

    code: str | None = value("code", zh="签到码，可作二维码展示", en="To show as QR code, or to type.")
    ends_at: datetime | None = value("ends_at", zh="失效时间", en="Until when it is taken.")


def _own(name: str, **said: Any) -> Any:
    """A value that only the member and the offices read, however the row was found; also who just signed in."""
    whose = Whose(People.MEMBER, "member_key")
    return value(name, requires=Requirement(sees=sees_duty), personal=PersonalClass.DUTY, whose=whose, **said)


@described(
    zh="一位委员的出席情况；只有本人和机关工作人员可见",
    en="A member's standing with an activity; for the member and committee staff only.",
    of=AttendanceRecord,
)
class Attendance(Node):
    """Read from ``connectors.records.activity.Attendance``; nobody else's is found, by its id neither."""

    id: strawberry.ID = identifier("Attendance")
    member: Annotated["Member", strawberry.lazy("schema.member")] | None = _own("member", zh="委员", en="Who.")
    status: AttendanceStatus | None = _own("status", zh="出席情况", en="Invited, signed in, on leave or absent.")
    checked_in_at: datetime | None = _own("checked_in_at", zh="签到时间；未签到为空", en="When; null before.")
    method: CheckInMethod | None = _own("method", zh="签到方式；未签到为空", en="How; null before.")
    activity: Annotated["Activity", strawberry.lazy("schema.activity")] | None = link(
        ActivitySource.load_activities, key="activity_key", carried="activity", zh="活动", en="What it is about."
    )


ATTENDANCES: Any = connection(
    AttendanceSource.list_activity_attendances,
    requires=_OFFICE,
    zh="受邀委员的出席情况；只有机关工作人员可见",
    en="Those invited and who came; for committee staff only.",
)
CHECK_IN_CODE: Any = link(
    AttendanceSource.load_check_in_codes,
    requires=_OFFICE,
    zh="此刻的签到码；不在签到时间为空，只有机关工作人员可见",
    en="What to show at the door now; null while one cannot sign in. For committee staff only.",
)
ATTENDANCES_BY_ID = Found(AttendanceSource.load_attendances, requires=_DUTY)
