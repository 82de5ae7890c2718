"""Activities and meetings, and signing in at them."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from connectors.errors import PlatformError
from connectors.records.activity import Activity, ActivityQuery, Attendance, CheckInCode
from connectors.records.page import Page, PageArgs
from connectors.viewer import Ask


@runtime_checkable
class ActivitySource(Protocol):
    """Knows committees' activities; logistics and own standing are those of the asker."""

    async def load_activities(self, keys: Sequence[str], ask: Ask) -> Sequence[Activity | PlatformError | None]:
        """Read activities by key."""

    async def list_member_activities(
        self, keys: Sequence[str], query: ActivityQuery, page: PageArgs, ask: Ask
    ) -> Sequence[Page[Activity] | PlatformError]:
        """Read one page per member key of what they are invited to: the member's own and the offices' alone."""

    async def list_committee_activities(
        self, keys: Sequence[str], query: ActivityQuery, page: PageArgs, ask: Ask
    ) -> Sequence[Page[Activity] | PlatformError]:
        """Read one page per committee code."""


@runtime_checkable
class AttendanceSource(Protocol):
    """Knows who came."""

    async def load_attendances(self, keys: Sequence[str], ask: Ask) -> Sequence[Attendance | PlatformError | None]:
        """Read attendances by key; None also for somebody else's, unless an office asks."""

    async def list_activity_attendances(
        self, keys: Sequence[str], page: PageArgs, ask: Ask
    ) -> Sequence[Page[Attendance] | PlatformError]:
        """Read one page per activity key: for offices alone."""

    async def load_check_in_codes(self, keys: Sequence[str], ask: Ask) -> Sequence[CheckInCode | PlatformError | None]:
        """Read what to show at the door now, by activity key: for offices alone, never kept."""


@runtime_checkable
class AttendanceDesk(Protocol):
    """Signs people in and takes their excuses.

    Each raises ``PlatformError``: ``NotAllowedError`` (not invited, not theirs), ``NotFoundError``,
    ``RejectedInputError`` (the code has ended, sign-in is not open), ``ForbiddenMoveError`` (signed in already),
    ``WriteIdReusedError``, ``OutcomeUnknownError``.
    """

    async def check_in(self, code: str, write_id: str, ask: Ask) -> Attendance:
        """Sign the asker in by the code shown at the door; the answer carries the activity whole."""

    async def check_in_member(self, activity_key: str, member_key: str, write_id: str, ask: Ask) -> Attendance:
        """Sign a member in by hand, as an office."""

    async def ask_leave(self, activity_key: str, reason: str, write_id: str, ask: Ask) -> Attendance:
        """Excuse the asker before an activity."""
