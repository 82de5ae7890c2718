"""``AttendanceSource`` and ``AttendanceDesk``: who came, the code at the door, signing in. Nothing of it is kept."""

from collections.abc import Sequence

from connectors.contracted.reads import Endpoint
from connectors.duty.activities.mapping import ATTENDANCE, ATTENDED, CODE
from connectors.duty.desks import DutyDesk, Write, member_of, staff_of
from connectors.duty.own import looking, only_own
from connectors.duty.reads import DutyReads
from connectors.errors import NotAllowedError, PlatformError
from connectors.freshness import OWN_NOW
from connectors.records.activity import Attendance, CheckInCode
from connectors.records.page import Page, PageArgs
from connectors.viewer import Ask, Role

_ATTENDANCES = Endpoint("attendances", "/attendances", OWN_NOW)
_OF_ACTIVITIES = Endpoint("activities.attendances", "/activities/attendances", OWN_NOW)
_CODES = Endpoint("activities.codes", "/activities/check-in-codes", OWN_NOW)
_CHECK_IN = Write("attendances.checkIn", "/attendances/check-in", ATTENDED)
_BY_HAND = Write("attendances.checkInByHand", "/attendances/check-in-by-hand", ATTENDED)
_LEAVE = Write("attendances.leave", "/attendances/leave", ATTENDED)


class DutyAttendances:
    """One connection's."""

    def __init__(self, reads: DutyReads) -> None:
        self._reads = reads
        self._desk = DutyDesk(reads.client)

    async def load_attendances(self, keys: Sequence[str], ask: Ask) -> Sequence[Attendance | PlatformError | None]:
        """Read attendances by key; None also for somebody else's, unless staff ask."""
        found = await self._reads.keyed(_ATTENDANCES, ATTENDANCE, keys, ask, looking(ask.viewer))
        return [only_own(entry, ask.viewer) for entry in found]

    async def list_activity_attendances(
        self, keys: Sequence[str], page: PageArgs, ask: Ask
    ) -> Sequence[Page[Attendance] | PlatformError]:
        """Read one page per activity key: for staff alone."""
        if Role.STAFF not in ask.viewer.roles:
            return [self._refused(_OF_ACTIVITIES)] * len(keys)
        return await self._reads.owned(_OF_ACTIVITIES, ATTENDANCE, keys, page, ask, looking(ask.viewer))

    async def load_check_in_codes(self, keys: Sequence[str], ask: Ask) -> Sequence[CheckInCode | PlatformError | None]:
        """Read what to show at the door now, by activity key: for staff alone; None while one cannot sign in."""
        if Role.STAFF not in ask.viewer.roles:
            return [self._refused(_CODES)] * len(keys)
        return await self._reads.keyed(_CODES, CODE, keys, ask, looking(ask.viewer))

    async def check_in(self, code: str, write_id: str, ask: Ask) -> Attendance:
        """Sign the asker in by the code shown at the door."""
        return await self._desk.done(_CHECK_IN, {"code": code}, write_id, member_of(ask.viewer), ask)

    async def check_in_member(self, activity_key: str, member_key: str, write_id: str, ask: Ask) -> Attendance:
        """Sign a member in by hand, as staff."""
        body = {
            "activityId": self._desk.known(_BY_HAND, activity_key),
            "memberId": self._desk.known(_BY_HAND, member_key),
        }
        return await self._desk.done(_BY_HAND, body, write_id, staff_of(ask.viewer), ask)

    async def ask_leave(self, activity_key: str, reason: str, write_id: str, ask: Ask) -> Attendance:
        """Excuse the asker before an activity."""
        body = {"activityId": self._desk.known(_LEAVE, activity_key), "reason": reason}
        return await self._desk.done(_LEAVE, body, write_id, member_of(ask.viewer), ask)

    def _refused(self, endpoint: Endpoint) -> NotAllowedError:
        return NotAllowedError(self._reads.platform, endpoint.operation, "for staff alone")
