"""Coming to activities: signing in at the door or by hand, and excuses."""

from collections.abc import Awaitable, Callable
from typing import Any

import strawberry

from connectors.ports import AttendanceDesk
from connectors.records.activity import Attendance as AttendanceRecord
from connectors.records.effect import EffectKind
from connectors.records.record import Record
from connectors.viewer import Ask, Role, Scope, Viewer
from schema.acts import Act, Given
from schema.attendance import Attendance
from schema.declarations import Requirement
from schema.fields import CHINESE, described, mutation, needed, value
from schema.mutations.naming import key_in
from schema.mutations.payload import WritePayload, idempotency_key
from schema.mutations.proposals import MEMBERS
from schema.mutations.tags import of_members
from schema.mutations.texts import SHORT, text

_LONGEST_CODE = 64
_OFFICE = Requirement(Scope.DUTY_WRITE, roles=frozenset({Role.STAFF}))
Method = Callable[..., Awaitable[AttendanceRecord]]


@strawberry.input(description="The code shown at the door.")
class CheckInInput:
    """See ``CheckIn``."""

    code: str = needed("现场签到码，扫码或手输", "The code, scanned or typed.")
    idempotency_key: str | None = idempotency_key()


@strawberry.input(description="A member who is signed in by hand.")
class CheckInMemberInput:
    """See ``CheckInByHand``."""

    activity_id: strawberry.ID = needed("活动的全局标识", "Global id of the activity.")
    member_id: strawberry.ID = needed("委员的全局标识", "Global id of the member.")
    idempotency_key: str | None = idempotency_key()


@strawberry.input(description="An excuse.")
class AskLeaveInput:
    """See ``Leave``."""

    activity_id: strawberry.ID = needed("活动的全局标识", "Global id of the activity.")
    reason: str = needed("请假原因，至多 200 字", "Why, at most 200 characters.")
    idempotency_key: str | None = idempotency_key()


setattr(CheckInInput, CHINESE, "现场签到码")
setattr(CheckInMemberInput, CHINESE, "人工签到的委员")
setattr(AskLeaveInput, CHINESE, "请假")


@described(zh="签到或请假的结果", en="What came of signing in, or of an excuse.")
class AttendancePayload(WritePayload):
    """Read from ``schema.acts.Payload``."""

    attendance: Attendance | None = value(
        "entity", zh="出席情况，含活动", en="The standing with the activity, which it carries whole."
    )


class CheckIn(Record, frozen=True):
    """Signing the asker in."""

    code: str


class CheckInByHand(Record, frozen=True):
    """Signing a member in, as the office."""

    activity_key: str
    member_key: str


class Leave(Record, frozen=True):
    """Excusing the asker."""

    activity_key: str
    reason: str


def _check_in(given: Given, _: Viewer) -> CheckIn:
    return CheckIn(code=text(given["code"], "code", _LONGEST_CODE))


def _by_hand(given: Given, _: Viewer) -> CheckInByHand:
    return CheckInByHand(
        activity_key=key_in(given, "activityId", "Activity"), member_key=key_in(given, "memberId", "Member")
    )


def _leave(given: Given, _: Viewer) -> Leave:
    return Leave(activity_key=key_in(given, "activityId", "Activity"), reason=text(given["reason"], "reason", SHORT))


async def _signed_in(method: Method, request: CheckIn, write_id: str, ask: Ask) -> AttendanceRecord:
    return await method(request.code, write_id, ask)


async def _signed_in_by_hand(method: Method, request: CheckInByHand, write_id: str, ask: Ask) -> AttendanceRecord:
    return await method(request.activity_key, request.member_key, write_id, ask)


async def _excused(method: Method, request: Leave, write_id: str, ask: Ask) -> AttendanceRecord:
    return await method(request.activity_key, request.reason, write_id, ask)


def _coming(_: Any, viewer: Viewer) -> str:
    """A member's own coming and staying away keep their order."""
    return f"Coming:{viewer.member_key}"


def _changes(_request: Any, attendance: AttendanceRecord, _viewer: Viewer) -> tuple[str, ...]:
    """What was read before of the activity, of the lists that count who came, and of the member's duty file."""
    return (f"activity:{attendance.activity_key}", "activities", "scores", *of_members(attendance.member))


CHECK_IN = Act(
    "checkIn",
    EffectKind.ATTENDANCE,
    AttendanceDesk.check_in,
    CheckIn,
    _check_in,
    subject=_coming,
    call=_signed_in,
    changes=_changes,
)
CHECK_IN_MEMBER = Act(
    "checkInMember",
    EffectKind.ATTENDANCE,
    AttendanceDesk.check_in_member,
    CheckInByHand,
    _by_hand,
    subject=lambda request, _: f"Coming:{request.member_key}",
    call=_signed_in_by_hand,
    changes=_changes,
)
ASK_LEAVE = Act(
    "askLeave",
    EffectKind.ATTENDANCE,
    AttendanceDesk.ask_leave,
    Leave,
    _leave,
    subject=_coming,
    call=_excused,
    changes=_changes,
)


@described(zh="签到和请假", en="Coming to activities.")
class AttendanceMutations:
    """Part of ``Mutation``."""

    check_in: AttendancePayload | None = mutation(
        CHECK_IN,
        CheckInInput,
        requires=MEMBERS,
        zh="委员以现场签到码签到：签到码一分钟内更换，只对该活动、该时刻有效",
        en="A member signs in by the code at the door, which turns over within a minute and is good for that activity "
        "then.",
    )
    check_in_member: AttendancePayload | None = mutation(
        CHECK_IN_MEMBER,
        CheckInMemberInput,
        requires=_OFFICE,
        zh="机关为受邀委员人工签到",
        en="The committee's office signs an invited member in by hand.",
    )
    ask_leave: AttendancePayload | None = mutation(
        ASK_LEAVE,
        AskLeaveInput,
        requires=MEMBERS,
        zh="受邀委员在活动开始前请假",
        en="An invited member is excused, before it begins.",
    )
