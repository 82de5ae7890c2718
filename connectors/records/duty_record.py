"""What a member did, one by one: the duty file (履职档案)."""

import enum
from datetime import datetime

from connectors.records.code import Code
from connectors.records.member import MemberRef
from connectors.records.record import Record


class DutyRecordStatus(enum.Enum):
    """Where a record stands; only verified ones count."""

    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    VERIFIED = "VERIFIED"
    REJECTED = "REJECTED"


class DutyRecordSource(enum.Enum):
    """Where a record comes from; all but ``SELF`` are verified by the system that tells them."""

    SELF = "SELF"
    OFFICE = "OFFICE"
    ATTENDANCE = "ATTENDANCE"
    PROPOSAL = "PROPOSAL"
    OPINION_REPORT = "OPINION_REPORT"
    STUDIO_REPLY = "STUDIO_REPLY"
    SHIFT = "SHIFT"


class Evidence(Record, frozen=True):
    """What shows that it happened: a name, and a link or the key of a file where there is one."""

    name: str
    link: str | None


class DutyRecord(Record, frozen=True):
    """One thing a member did. ``points`` is what it brings once verified.

    ``reference`` is the key of what it is about (a question, a proposal, an activity); ``verified_by`` the name of
    the office-holder who looked at it, None where a system did or nobody has yet.
    """

    key: str
    member: MemberRef
    kind: Code
    title: str
    occurred_at: datetime
    points: float
    source: DutyRecordSource
    reference: str | None
    status: DutyRecordStatus
    evidence: tuple[Evidence, ...]
    verified_by: str | None
    reason: str | None

    @property
    def member_key(self) -> str | None:
        """Whose it is; None where the platform told no member that can be read."""
        return self.member.key if isinstance(self.member, MemberRef) else None


class DutyRecordQuery(Record, frozen=True):
    """Which records of a member. None: any."""

    year: int | None = None
    kind: str | None = None
    status: DutyRecordStatus | None = None


class NewDutyRecord(Record, frozen=True):
    """A record to be; ``kind`` is a category's code (domain-terms section 7)."""

    member_key: str
    kind: str
    title: str
    occurred_at: datetime
    source: DutyRecordSource
    reference: str | None = None
    evidence: tuple[Evidence, ...] = ()
    draft: bool = False
