"""Activities as they are asked for, and signing in."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from connectors.duty.sandbox.activities.attending import Attending, CheckInBody, LeaveBody, ManualBody
from connectors.duty.sandbox.activities.programme import Event, Programme, is_invited, logistics, place
from connectors.duty.sandbox.duties.file import DutyFile
from connectors.duty.sandbox.rows import named_member, of_committee
from connectors.duty.sandbox.viewing import VIEWER, Viewing, viewing
from connectors.duty.sandbox.writes import WriteBody
from connectors.sandbox.app import Operation
from connectors.sandbox.contracted.lists import PAGE, Asked, items_of, owners_of
from connectors.sandbox.paging import Order
from connectors.sandbox.world import MemberSeed

Row = dict[str, Any]
B = TypeVar("B", bound=WriteBody)
_FIRST_FIRST: Order[Event] = Order("STARTS_ASC", place)
_LAST_FIRST: Order[Event] = Order("STARTS_DESC", lambda event: (-place(event)[0], event.id))
_BY_KEY: Order[MemberSeed] = Order("MEMBER_ASC", lambda member: (0.0, member.key))


class Activities:
    """Over the programme and who comes."""

    def __init__(self, attending: Attending) -> None:
        self._attending = attending
        self._programme = attending.programme
        self._ground = attending.ground

    def rows(self, asked: Asked) -> Row:
        """``GET /activities``."""
        keys, viewer = asked.keys(), self._viewer(asked)
        found = {key: event for key in keys if (event := self._programme.event(key)) is not None}
        return items_of(found, found, lambda event: self._row(event, viewer))

    def of_members(self, asked: Asked) -> Row:
        """``GET /members/activities``: what each is invited to, of those the viewer may see."""
        seen = viewing(asked)

        def events_of(key: str) -> list[Event] | None:
            member = self._ground.members.get(key) if seen.sees(key) else None
            if member is None:
                return None
            events = self._programme.of_committee(member.committee.code) or ()
            return [event for event in events if is_invited(event, member)]

        return self._listed(asked, events_of)

    def of_committees(self, asked: Asked) -> Row:
        """``GET /organizations/activities``."""
        return self._listed(asked, self._programme.of_committee)

    def attendances(self, asked: Asked) -> Row:
        """``GET /attendances``: of those the viewer may see."""
        keys, viewer = asked.keys(), viewing(asked)
        found = {key: named for key in keys if (named := self._attending.named(key)) is not None}
        seen = {key: named for key, named in found.items() if viewer.sees(named[1].key)}
        return items_of(seen, seen, lambda named: self.attendance(*named))

    def of_activities(self, asked: Asked) -> Row:
        """``GET /activities/attendances``: for staff; others find no owner."""
        viewer, wanted = viewing(asked), asked.page(_BY_KEY)
        found = {key: self._programme.event(key) for key in asked.owners()} if viewer.staff else {}
        events = {key: event for key, event in found.items() if event is not None}
        items = []
        for key, event in events.items():
            page = owners_of({key: self._programme.invited(event)}, [key], _BY_KEY, wanted, self._attendance_of(event))
            items += page["items"]
        return {"items": items}

    def codes(self, asked: Asked) -> Row:
        """``GET /activities/check-in-codes``: for staff, while one can sign in."""
        keys, viewer, now = asked.keys(), viewing(asked), self._ground.now()
        found = {key: event for key in keys if (event := self._programme.event(key)) is not None}
        shown = {key: e for key, e in found.items() if viewer.staff and e.opens_at <= now < e.ends_at}

        def row(event: Event) -> Row:
            code, ends_at = self._attending.codes.shown(event.id, now)
            return {"id": event.id, "code": code, "endsAt": ends_at.isoformat()}

        return items_of(shown, shown, row)

    def written(self, do: Callable[[B], tuple[Event, MemberSeed]]) -> Callable[[B], Row]:
        """A write's answer: the attendance, and its activity as the member sees it."""

        def answer(body: B) -> Row:
            event, member = do(body)
            return self.attendance(event, member) | {"activity": self._row(event, member)}

        return answer

    def attendance(self, event: Event, member: MemberSeed) -> Row:
        """One member's standing."""
        return self._mark(event, member) | {"activityId": event.id, "member": named_member(member)}

    def _attendance_of(self, event: Event) -> Callable[[MemberSeed], Row]:
        return lambda member: self.attendance(event, member)

    def _viewer(self, asked: Asked) -> MemberSeed | None:
        viewer: Viewing = viewing(asked)
        return self._ground.members.get(viewer.member or "")

    def _listed(self, asked: Asked, events_of: Callable[[str], Sequence[Event] | None]) -> Row:
        upcoming, viewer, now = asked.flag("upcoming"), self._viewer(asked), self._ground.now()
        order = _LAST_FIRST if upcoming is False else _FIRST_FIRST

        def chosen(key: str) -> list[Event] | None:
            events = events_of(key)
            if events is None:
                return None
            kept = [event for event in events if upcoming is None or upcoming is (event.ends_at > now)]
            return kept[::-1] if order is _LAST_FIRST else kept

        return owners_of(chosen, asked.owners(), order, asked.page(order), lambda event: self._row(event, viewer))

    def _row(self, event: Event, viewer: MemberSeed | None) -> Row:
        """One activity; logistics and standing only for the member who looks, if they are invited."""
        own = viewer if viewer is not None and is_invited(event, viewer) else None
        return {
            "id": event.id,
            "title": event.title,
            "kind": event.category.code,
            "kindName": event.category.name,
            "startsAt": event.starts_at.isoformat(),
            "endsAt": event.ends_at.isoformat(),
            "venue": event.venue,
            "checkInOpensAt": event.opens_at.isoformat(),
            "checkInClosesAt": event.ends_at.isoformat(),
            "invitedCount": len(self._programme.invited(event)),
            "attendanceCount": self._attending.count(event),
            "agenda": [{"startsAt": at.isoformat(), "title": title} for at, title in event.agenda()],
            "deliberationId": self._programme.talk_of(event),
            "logistics": logistics(event, own) if own else None,
            "own": self._mark(event, own) if own else None,
            **of_committee(event.committee),
        }

    def _mark(self, event: Event, member: MemberSeed) -> Row:
        coming = self._attending.coming(event, member)
        return {
            "id": f"{event.id}-{member.key}",
            "status": coming.status.value,
            "checkedInAt": coming.at.isoformat() if coming.at else None,
            "method": coming.method.value if coming.method else None,
        }


def operations(file: DutyFile) -> Sequence[Operation]:
    """What committees do, and who came."""
    ground = file.ground
    attending = Attending(Programme(ground.world), file)
    activities = Activities(attending)
    listed = ("ownerIds", "upcoming", *VIEWER, *PAGE)
    return [
        ground.read("activities", "/activities", activities.rows, ("ids", *VIEWER)),
        ground.read("members.activities", "/members/activities", activities.of_members, listed),
        ground.read("organizations.activities", "/organizations/activities", activities.of_committees, listed),
        ground.read("attendances", "/attendances", activities.attendances, ("ids", *VIEWER)),
        ground.read(
            "activities.attendances", "/activities/attendances", activities.of_activities, ("ownerIds", *VIEWER, *PAGE)
        ),
        ground.read("activities.codes", "/activities/check-in-codes", activities.codes, ("ids", *VIEWER)),
        ground.write(
            "attendances.checkIn", "/attendances/check-in", CheckInBody, activities.written(attending.check_in)
        ),
        ground.write(
            "attendances.checkInByHand",
            "/attendances/check-in-by-hand",
            ManualBody,
            activities.written(attending.check_in_by_hand),
        ),
        ground.write("attendances.leave", "/attendances/leave", LeaveBody, activities.written(attending.leave)),
    ]
