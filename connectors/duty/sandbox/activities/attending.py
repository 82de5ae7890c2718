"""Who comes: what is drawn of the past, what was written since, and the rules of signing in."""

import re
from typing import Annotated, Any

import msgspec

from connectors.duty.sandbox.activities.codes import Codes
from connectors.duty.sandbox.activities.programme import Coming, Event, Programme, is_invited
from connectors.duty.sandbox.duties.file import DutyFile
from connectors.duty.sandbox.writes import Actor, Key, ShortText, WriteBody
from connectors.records.activity import AttendanceStatus, CheckInMethod
from connectors.records.duty_record import DutyRecordSource
from connectors.sandbox.contracted.problems import conflict, forbidden_move, not_allowed, not_found
from connectors.sandbox.world import MemberSeed

Row = dict[str, Any]
_KEY = re.compile(r"(A[0-9]{6}-[0-9]{8}N?)-(M[0-9]{11})")
_MOVES = {
    AttendanceStatus.INVITED: (AttendanceStatus.CHECKED_IN, AttendanceStatus.ON_LEAVE),
    AttendanceStatus.ON_LEAVE: (AttendanceStatus.CHECKED_IN,),
    AttendanceStatus.CHECKED_IN: (),
    AttendanceStatus.ABSENT: (),
}


class CheckInBody(WriteBody, frozen=True):
    """Signing in by the code at the door."""

    code: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]


class ManualBody(WriteBody, frozen=True):
    """Signing a member in by hand."""

    activity_id: Key
    member_id: Key


class LeaveBody(WriteBody, frozen=True):
    """An excuse."""

    activity_id: Key
    reason: ShortText


class Attending:
    """Lives as long as the sandbox."""

    def __init__(self, programme: Programme, file: DutyFile) -> None:
        self.programme = programme
        self.ground = file.ground
        self.codes = Codes()
        self._file = file
        self._written: dict[tuple[str, str], Coming] = {}
        self._counts: dict[str, int] = {}

    def coming(self, event: Event, member: MemberSeed) -> Coming:
        """Somebody's standing, if they are invited."""
        return self._written.get((event.id, member.key)) or self.programme.drawn(event, member)

    def count(self, event: Event) -> int:
        """How many signed in."""
        if event.id not in self._counts:
            came = (self.coming(event, member).status for member in self.programme.invited(event))
            self._counts[event.id] = sum(status is AttendanceStatus.CHECKED_IN for status in came)
        return self._counts[event.id]

    def named(self, key: str) -> tuple[Event, MemberSeed] | None:
        """The activity and the member an attendance is of; None for one that is none."""
        match = _KEY.fullmatch(key)
        event = self.programme.event(match[1]) if match else None
        member = self.ground.members.get(match[2]) if match else None
        return (event, member) if event and member and is_invited(event, member) else None

    def check_in(self, body: CheckInBody) -> tuple[Event, MemberSeed]:
        """By the code; raises ``ProblemError``."""
        member = self.ground.acting_member(body.actor)
        activity, alive = self.codes.read(body.code, self.ground.now()) or (None, False)
        event = self.programme.event(activity) if activity else None
        if event is None:
            raise conflict("CODE_UNKNOWN", "this code was never shown")
        if not alive:
            raise conflict("CODE_ENDED", "this code has ended")
        self._signed_in(event, member, CheckInMethod.QR_CODE)
        return event, member

    def check_in_by_hand(self, body: ManualBody) -> tuple[Event, MemberSeed]:
        """By staff of the committee; raises ``ProblemError``."""
        event, member = self._event(body.activity_id), self.ground.members.get(body.member_id)
        self._check_staff(body.actor, event)
        if member is None:
            raise not_found("no such member")
        self._signed_in(event, member, CheckInMethod.MANUAL)
        return event, member

    def leave(self, body: LeaveBody) -> tuple[Event, MemberSeed]:
        """Before it starts; raises ``ProblemError``."""
        event, member = self._event(body.activity_id), self.ground.acting_member(body.actor)
        if event.starts_at <= self.ground.now():
            raise conflict("ACTIVITY_BEGAN", "it has begun")
        self._move(event, member, Coming(AttendanceStatus.ON_LEAVE))
        return event, member

    def _event(self, key: str) -> Event:
        event = self.programme.event(key)
        if event is None:
            raise not_found("no such activity")
        return event

    def _signed_in(self, event: Event, member: MemberSeed, method: CheckInMethod) -> None:
        """Sign in, and write it into the duty file."""
        now = self.ground.now()
        if not event.opens_at <= now < event.ends_at:
            raise conflict("CHECK_IN_CLOSED", "one can sign in from an hour before it starts until it ends")
        self._move(event, member, Coming(AttendanceStatus.CHECKED_IN, now, method))
        row = {
            "title": event.title,
            "occurredAt": now.isoformat(),
            "source": DutyRecordSource.ATTENDANCE,
            "reference": event.id,
        }
        self._file.add(member, event.category, row)

    def _move(self, event: Event, member: MemberSeed, coming: Coming) -> None:
        if not is_invited(event, member):
            raise not_allowed("that member is not invited")
        before = self.coming(event, member).status
        if coming.status not in _MOVES[before]:
            raise forbidden_move(before.value, coming.status.value, [state.value for state in _MOVES[before]])
        self._written[event.id, member.key] = coming
        self._counts.pop(event.id, None)

    def _check_staff(self, actor: Actor, event: Event) -> None:
        person = self.ground.acting_staff(actor)
        if person.work is None or person.work.unit_code != event.committee.code:
            raise not_allowed("staff of another committee")
