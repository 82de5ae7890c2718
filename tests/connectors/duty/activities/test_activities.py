"""Activities: a member's next ones, what is arranged for whom, and signing in at the door."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from connectors.errors import ForbiddenMoveError, NotAllowedError, NotFoundError, RejectedInputError
from connectors.records.activity import ActivityQuery, AttendanceStatus, CheckInMethod
from connectors.records.duty_record import DutyRecordQuery, DutyRecordSource
from connectors.records.page import PageArgs
from connectors.rejections import CodeEndedError, CodeUnknownError
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.building import CHINA
from connectors.sandbox.world import MemberSeed, World
from connectors.viewer import Ask
from tests.connectors.duty.people import as_member, as_staff

PAGE = PageArgs(first=100, with_total=True)
WRITE = "write-of-a-test-0001"


def on_now(world: World, member: MemberSeed) -> str:
    """The key of the member's committee's activity that is on when the world begins."""
    start = world.today.astimezone(CHINA) - timedelta(minutes=10)
    return f"A{member.committee.region_code}-{start:%Y%m%d}N"


async def test_upcoming_and_past(duty: SimpleNamespace, sandbox: SandboxApp, world: World) -> None:
    """What has not ended, the next first; what has, the latest first; one call for many members."""
    me = world.members[0]
    keys = [member.key for member in world.members[:20]]
    staff = as_staff(world, me.committee)

    pages = await duty.activities.list_member_activities(keys, ActivityQuery(upcoming=True), PAGE, staff)
    [past] = await duty.activities.list_member_activities([me.key], ActivityQuery(upcoming=False), PAGE, as_member(me))

    ahead, behind = pages[0].nodes, past.nodes
    assert [a.starts_at for a in ahead] == sorted(a.starts_at for a in ahead)
    assert [a.starts_at for a in behind] == sorted((a.starts_at for a in behind), reverse=True)
    assert all(a.ends_at > world.today for a in ahead)
    assert all(a.ends_at <= world.today for a in behind)
    assert ahead[0].key == on_now(world, me)
    assert sandbox.calls["members.activities"] == 2


async def test_pages_walk_all_of_a_committees_activities(duty: SimpleNamespace, world: World, ask: Ask) -> None:
    """Page by page, each once, by their start."""
    code, seen, after, more = world.committees[0].code, [], None, True

    while more:
        args = PageArgs(first=7, after=after, with_total=True)
        [page] = await duty.activities.list_committee_activities([code], ActivityQuery(), args, ask)
        seen += [activity.key for activity in page.nodes]
        after, more = page.end, page.has_next

    assert len(seen) == len(set(seen)) == page.total == 36


async def test_seat_and_bed_are_the_askers_own(duty: SimpleNamespace, world: World, ask: Ask) -> None:
    """Who is invited sees their own; another member theirs; nobody else any; agenda and count are everybody's."""
    me, key = world.members[0], on_now(world, world.members[0])
    colleague = next(m for m in world.members[1:] if m.committee is me.committee)

    [mine] = await duty.activities.load_activities([key], as_member(me))
    [theirs] = await duty.activities.load_activities([key], as_member(colleague))
    [nobodys] = await duty.activities.load_activities([key], ask)
    [strangers] = await duty.activities.load_activities([key], as_member(world.members[1]))

    assert mine.logistics.seat
    assert mine.logistics.seat != theirs.logistics.seat
    assert (mine.own.status, nobodys.logistics, nobodys.own) == (AttendanceStatus.INVITED, None, None)
    assert (strangers.logistics, strangers.own) == (None, None)
    assert len(nobodys.agenda) == 5
    assert nobodys.venue
    assert nobodys.invited_count == sum(m.committee is me.committee for m in world.members)


async def test_others_activities_are_not_told(duty: SimpleNamespace, sandbox: SandboxApp, world: World) -> None:
    """What a member is invited to is theirs and the offices', who came is the offices'; nothing is even asked."""
    me, other = world.members[0], world.members[1]
    key = on_now(world, other)

    [page] = await duty.activities.list_member_activities([other.key], ActivityQuery(), PAGE, as_member(me))
    [came] = await duty.attendances.list_activity_attendances([key], PAGE, as_member(me))
    [code] = await duty.attendances.load_check_in_codes([key], as_member(me))

    assert {type(page), type(came), type(code)} == {NotAllowedError}
    assert sandbox.calls.total() == 0
    assert await duty.attendances.load_attendances([f"{key}-{other.key}"], as_member(me)) == [None]


async def test_signing_in_by_the_code(duty: SimpleNamespace, sandbox: SandboxApp, world: World) -> None:
    """One call signs in and answers the activity whole; it counts, and it is in the duty file."""
    me, key = world.members[0], on_now(world, world.members[0])
    asker, staff = as_member(me), as_staff(world, me.committee)
    [shown] = await duty.attendances.load_check_in_codes([key], staff)
    sandbox.calls.clear()

    mine = await duty.attendances.check_in(shown.code, WRITE, asker)
    again = await duty.attendances.check_in(shown.code, WRITE, asker)

    assert sandbox.calls == {"attendances.checkIn": 2}
    assert mine == again
    assert (mine.status, mine.method) == (AttendanceStatus.CHECKED_IN, CheckInMethod.QR_CODE)
    assert mine.checked_in_at is not None
    assert (mine.activity.key, mine.activity.attendance_count) == (key, 1)
    assert mine.activity.logistics.seat
    with pytest.raises(ForbiddenMoveError):
        await duty.attendances.check_in(shown.code, f"{WRITE}-2", asker)
    query = DutyRecordQuery(kind="PLENARY_ATTENDANCE", year=world.today.year)
    [file] = await duty.records.list_member_duty_records([me.key], query, PAGE, asker)
    assert [r.reference for r in file.nodes if r.source is DutyRecordSource.ATTENDANCE and r.reference] == [key]


async def test_a_code_ends_within_a_minute(duty: SimpleNamespace, world: World, clock: Any) -> None:
    """It turns over every half minute, is taken for a minute at most, and is nobody's to make up."""
    me, key = world.members[0], on_now(world, world.members[0])
    staff = as_staff(world, me.committee)
    [first] = await duty.attendances.load_check_in_codes([key], staff)
    clock.now += 31
    [second] = await duty.attendances.load_check_in_codes([key], staff)
    clock.now += 30

    with pytest.raises(CodeEndedError):
        await duty.attendances.check_in(first.code, WRITE, as_member(me))
    for code in (second.code[:-1] + ("A" if second.code[-1] != "A" else "B"), "x", key):
        with pytest.raises(CodeUnknownError):
            await duty.attendances.check_in(code, WRITE, as_member(me))

    assert first.code != second.code
    assert timedelta() < second.ends_at - first.ends_at <= timedelta(minutes=1)


async def test_signing_in_by_hand_and_leave(duty: SimpleNamespace, world: World) -> None:
    """The committee's office signs a member in; who excuses themselves does so before it starts."""
    me, key = world.members[0], on_now(world, world.members[0])
    staff, stranger = as_staff(world, me.committee), as_staff(world, world.members[1].committee)
    [page] = await duty.activities.list_member_activities([me.key], ActivityQuery(upcoming=True), PAGE, as_member(me))
    later = page.nodes[-1].key

    by_hand = await duty.attendances.check_in_member(key, me.key, WRITE, staff)
    away = await duty.attendances.ask_leave(later, "出差", f"{WRITE}-1", as_member(me))

    assert (by_hand.method, away.status) == (CheckInMethod.MANUAL, AttendanceStatus.ON_LEAVE)
    with pytest.raises(NotAllowedError):
        await duty.attendances.check_in_member(key, me.key, f"{WRITE}-2", stranger)
    with pytest.raises(NotAllowedError):
        await duty.attendances.check_in_member(key, world.members[1].key, f"{WRITE}-3", staff)
    with pytest.raises(RejectedInputError):
        await duty.attendances.ask_leave(key, "迟到", f"{WRITE}-4", as_member(world.members[10]))
    with pytest.raises(RejectedInputError):
        await duty.attendances.check_in_member(later, me.key, f"{WRITE}-5", staff)
    with pytest.raises(NotFoundError):
        await duty.attendances.ask_leave("A000000-20200101", "不", f"{WRITE}-6", as_member(me))


async def test_who_came_to_what_is_over(duty: SimpleNamespace, world: World) -> None:
    """Staff see everybody who was invited; most signed in; the activity counts those who did."""
    me = world.members[0]
    staff = as_staff(world, me.committee)
    [past] = await duty.activities.list_member_activities([me.key], ActivityQuery(upcoming=False), PAGE, staff)
    activity = past.nodes[0]

    [page] = await duty.attendances.list_activity_attendances([activity.key], PAGE, staff)

    came = [each for each in page.nodes if each.status is AttendanceStatus.CHECKED_IN]
    assert (page.total, len(came)) == (activity.invited_count, activity.attendance_count)
    assert all(each.checked_in_at and each.method for each in came)
    assert AttendanceStatus.INVITED not in {each.status for each in page.nodes}
