"""Who is on duty when, as it is asked for and changed."""

import bisect
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from connectors.duty.sandbox.ground import Ground
from connectors.duty.sandbox.shifts import LONGEST, Shift, shift_of, shifts_of
from connectors.duty.sandbox.writes import Actor, Key, Moment, ShortText, WriteBody
from connectors.records.shift import Span
from connectors.sandbox.app import Operation
from connectors.sandbox.building import CHINA
from connectors.sandbox.contracted.lists import Asked, items_of, short_of
from connectors.sandbox.contracted.problems import conflict, not_allowed, not_found, rejected
from connectors.sandbox.world import MemberSeed, StudioSeed

Row = dict[str, Any]
_AHEAD = timedelta(days=366)


class ScheduleBody(WriteBody, frozen=True):
    """A shift to be."""

    studio_id: Key
    member_id: Key
    starts_at: Moment
    ends_at: Moment
    topic: ShortText | None = None


class Roster:
    """Shifts in the order of their start, found by time."""

    def __init__(self, shifts: Iterable[Shift]) -> None:
        self._shifts = sorted(shifts, key=_place)

    def add(self, shift: Shift) -> None:
        """Put one more in."""
        bisect.insort(self._shifts, shift, key=_place)

    def touching(self, span: Span) -> list[Shift]:
        """Those that have begun before the span's end and not ended at its start."""
        first = bisect.bisect_left(self._shifts, span.start, key=lambda shift: shift.starts_at + LONGEST)
        last = bisect.bisect_left(self._shifts, span.end, key=lambda shift: shift.starts_at)
        return [shift for shift in self._shifts[first:last] if shift.ends_at > span.start]


class Rosters:
    """All of them, by what they are asked for by."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._studios = {studio.key: studio for studio in ground.world.studios}
        shifts = list(shifts_of(ground.world))
        self._by_key = {shift.key: shift.row for shift in shifts}
        by_studio: dict[str, list[Shift]] = {studio: [] for studio in self._studios}
        by_member: dict[str, list[Shift]] = {member: [] for member in ground.members}
        by_region: dict[str, list[Shift]] = {}
        for shift in shifts:
            by_studio[shift.studio.key].append(shift)
            by_member[shift.member].append(shift)
            for region in _regions_of(shift.studio):
                by_region.setdefault(region, []).append(shift)
        self._by_studio = {key: Roster(own) for key, own in by_studio.items()}
        self._by_member = {key: Roster(own) for key, own in by_member.items()}
        self._by_region = {key: Roster(own) for key, own in by_region.items()}

    def rows(self, asked: Asked) -> Row:
        """``GET /shifts``."""
        return items_of(self._by_key, asked.keys())

    def of_studios(self, asked: Asked) -> Row:
        """``GET /studios/shifts``."""
        return _touching(self._by_studio, asked.owners(), asked.span())

    def of_members(self, asked: Asked) -> Row:
        """``GET /members/shifts``."""
        return _touching(self._by_member, asked.owners(), asked.span())

    def of_regions(self, asked: Asked) -> Row:
        """``GET /regions/shifts``; a region includes what lies in it."""
        return _touching(self._by_region, asked.regions(), asked.span())

    def schedule(self, body: ScheduleBody) -> Row:
        """``POST /shifts/schedule``."""
        studio = self._studios.get(body.studio_id)
        member = self._ground.members.get(body.member_id)
        if studio is None or member is None or member not in studio.members:
            raise not_found("no such studio, or that member is not in it")
        self._check_actor(body.actor, studio, member)
        turn = self._turn(body.starts_at, body.ends_at)
        if any(shift.member == member.key for shift in self._by_studio[studio.key].touching(turn)):
            raise conflict("SHIFT_OVERLAPS", "that member is on duty then already")
        shift = shift_of(studio, member, turn, topic=body.topic, asked=0)
        if shift.key in self._by_key:
            raise conflict("SHIFT_OVERLAPS", "a shift of that studio begins in that hour already")
        self._by_key[shift.key] = shift.row
        for roster in self._rosters_with(shift):
            roster.add(shift)
        return shift.row

    def _rosters_with(self, shift: Shift) -> list[Roster]:
        regions = [self._by_region[code] for code in _regions_of(shift.studio)]
        return [self._by_studio[shift.studio.key], self._by_member[shift.member], *regions]

    def _turn(self, starts_at: datetime, ends_at: datetime) -> Span:
        now = self._ground.now()
        if not now <= starts_at <= now + _AHEAD or not starts_at < ends_at <= starts_at + LONGEST:
            raise rejected("INVALID_RANGE", "a shift lies ahead, within a year, and lasts at most four hours")
        return Span(start=starts_at.astimezone(CHINA), end=ends_at.astimezone(CHINA))

    def _check_actor(self, actor: Actor, studio: StudioSeed, member: MemberSeed) -> None:
        """The member, the studio's convener or staff of the committee may; raises ``ProblemError``."""
        if actor.member_id is None and actor.employee_code in self._ground.officials:
            staff = self._ground.acting_staff(actor)
            if staff.work is None or staff.work.unit_code != studio.committee.code:
                raise not_allowed("staff of another committee")
        elif self._ground.acting_member(actor) not in (member, studio.members[0]):
            raise not_allowed("only the member, the convener or staff may")


def operations(ground: Ground) -> Sequence[Operation]:
    """Duty shifts; tens of thousands, so they are made when first asked for."""

    @cache
    def rosters() -> Rosters:
        return Rosters(ground)

    spans = ("ownerIds", "from", "to")
    return [
        ground.read("shifts", "/shifts", lambda asked: rosters().rows(asked)),
        ground.read("studios.shifts", "/studios/shifts", lambda asked: rosters().of_studios(asked), spans),
        ground.read("members.shifts", "/members/shifts", lambda asked: rosters().of_members(asked), spans),
        ground.read("regions.shifts", "/regions/shifts", lambda asked: rosters().of_regions(asked), spans),
        ground.write("shifts.schedule", "/shifts/schedule", ScheduleBody, lambda body: rosters().schedule(body)),
    ]


def _touching(rosters: dict[str, Roster], keys: Iterable[str], span: Span) -> Row:
    found = {key: rosters[key].touching(span) for key in keys if key in rosters}
    return short_of({key: [shift.row for shift in shifts] for key, shifts in found.items()})


def _place(shift: Shift) -> tuple[datetime, str]:
    return shift.starts_at, shift.key


def _regions_of(studio: StudioSeed) -> set[str]:
    """Its division, the city and the province: GB/T 2260 codes nest by their digits."""
    code = studio.committee.region_code
    return {code, f"{code[:4]}00", f"{code[:2]}0000"}
