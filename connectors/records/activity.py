"""Activities and meetings of committees, and who came."""

import enum
from datetime import datetime

from msgspec import UNSET, UnsetType

from connectors.errors import PlatformError
from connectors.records.code import Code
from connectors.records.member import MemberRef
from connectors.records.organization import OrganizationRef
from connectors.records.record import Record


class CheckInMethod(enum.Enum):
    """How somebody signed in."""

    QR_CODE = "QR_CODE"
    MANUAL = "MANUAL"


class AttendanceStatus(enum.Enum):
    """What is known of somebody's coming."""

    INVITED = "INVITED"
    CHECKED_IN = "CHECKED_IN"
    ON_LEAVE = "ON_LEAVE"
    ABSENT = "ABSENT"


class AgendaItem(Record, frozen=True):
    """One point of an agenda."""

    starts_at: datetime
    title: str


class Logistics(Record, frozen=True):
    """Where somebody sleeps, rides and sits; None where nothing is arranged."""

    lodging: str | None
    transport: str | None
    seat: str | None


class AttendanceMark(Record, frozen=True):
    """The asker's own standing with an activity."""

    key: str
    status: AttendanceStatus
    checked_in_at: datetime | None
    method: CheckInMethod | None


class ActivityRef(Record, frozen=True):
    """An activity as another row names it."""

    key: str


class Activity(Record, frozen=True):
    """An activity or a meeting; ``kind`` is the category of duty it counts as.

    ``logistics`` and ``own`` are the asker's and nobody else's: None for who is not invited.
    """

    key: str
    title: str
    kind: Code
    starts_at: datetime
    ends_at: datetime
    venue: str
    region_key: str
    organization: OrganizationRef
    check_in_opens_at: datetime
    check_in_closes_at: datetime
    invited_count: int
    attendance_count: int
    agenda: tuple[AgendaItem, ...]
    deliberation_key: str | None
    """The deliberation it is held for."""
    logistics: Logistics | PlatformError | None
    own: AttendanceMark | PlatformError | None


class ActivityQuery(Record, frozen=True):
    """``upcoming`` True: not ended, the next first; False: ended, the latest first; None: all, by their start."""

    upcoming: bool | None = None


class Attendance(Record, frozen=True):
    """A member's standing with an activity; ``activity`` is carried whole by the answer to a check-in."""

    key: str
    member: MemberRef
    activity_key: str
    status: AttendanceStatus
    checked_in_at: datetime | None
    method: CheckInMethod | None
    activity: Activity | UnsetType = UNSET

    @property
    def member_key(self) -> str | None:
        """Whose it is; None where the platform told no member that can be read."""
        return self.member.key if isinstance(self.member, MemberRef) else None


class CheckInCode(Record, frozen=True):
    """What is shown at the door, as a QR code or to type; ``key`` is the activity's. It ends within a minute."""

    key: str
    code: str
    ends_at: datetime
