"""Duty files: who sees them, how they are added to, and what may become of a record."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import httpx
import pytest

from connectors.errors import (
    ForbiddenMoveError,
    NotAllowedError,
    NotFoundError,
    OutcomeUnknownError,
    RejectedInputError,
    UnexpectedAnswerError,
    WriteIdReusedError,
)
from connectors.records.duty_record import DutyRecordQuery, DutyRecordSource, DutyRecordStatus, NewDutyRecord
from connectors.records.page import PageArgs
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.faults import Fault, FaultKind
from connectors.sandbox.world import MemberSeed, World
from connectors.viewer import Ask
from tests.connectors.duty.people import as_member, as_staff

PAGE = PageArgs(first=100, with_total=True)
WRITE = "write-of-a-test-0001"


def record(world: World, member: MemberSeed, source: DutyRecordSource, *, draft: bool = False) -> NewDutyRecord:
    """Something done an hour ago."""
    return NewDutyRecord(
        member_key=member.key,
        kind="PUBLIC_WELFARE",
        title="六送下乡",
        occurred_at=world.today - timedelta(hours=1),
        source=source,
        reference="Q1",
        draft=draft,
    )


async def test_a_file_is_the_members_own_and_the_offices(duty: SimpleNamespace, world: World, ask: Ask) -> None:
    """The newest first, page by page; nobody else is told, neither by member nor by key."""
    me, other = world.members[0], world.members[1]

    [mine, theirs] = await duty.records.list_member_duty_records(
        [me.key, other.key], DutyRecordQuery(), PAGE, as_member(me)
    )
    keys = [entry.key for entry in mine.nodes]
    [own] = await duty.records.load_duty_records(keys[:1], as_member(me))
    [hidden] = await duty.records.load_duty_records(keys[:1], as_member(other))
    [nobody] = await duty.records.load_duty_records(keys[:1], ask)

    moments = [entry.occurred_at for entry in mine.nodes]
    assert moments == sorted(moments, reverse=True)
    assert mine.total == len(keys) == len(set(keys)) > 10
    assert isinstance(theirs, NotAllowedError)
    assert own.key == keys[0]
    assert (hidden, nobody) == (None, None)


async def test_a_platform_that_tells_too_much_is_not_passed_on(
    answering: Callable[..., SimpleNamespace], world: World
) -> None:
    """A record that is somebody else's is left out; where it does not say whose it is, the error stands there."""
    theirs = {"id": "R1", "member": {"id": "M2", "name": "", "sectorCode": "", "sectorName": ""}}
    rows = [theirs, {"id": "R2", "title": "whose?"}]
    duty = answering(lambda _: httpx.Response(200, json={"items": rows}))

    hidden, unclear = await duty.records.load_duty_records(["R1", "R2"], as_member(world.members[0]))

    assert hidden is None
    assert isinstance(unclear, UnexpectedAnswerError)


async def test_filters(duty: SimpleNamespace, world: World) -> None:
    """By year, by category and by state."""
    me = next(member for member in world.members if int(member.key[-5:]) % 3 == 0)
    query = DutyRecordQuery(year=2025, kind="PUBLIC_CONTACT")
    waiting = DutyRecordQuery(status=DutyRecordStatus.SUBMITTED)

    [contacts] = await duty.records.list_member_duty_records([me.key], query, PAGE, as_member(me))
    [waits] = await duty.records.list_member_duty_records([me.key], waiting, PAGE, as_member(me))

    assert {(entry.kind.code, entry.occurred_at.year) for entry in contacts.nodes} == {("PUBLIC_CONTACT", 2025)}
    assert [entry.status for entry in waits.nodes] == [DutyRecordStatus.SUBMITTED]
    assert waits.nodes[0].evidence[0].name


async def test_a_record_of_a_system_counts_at_once(duty: SimpleNamespace, world: World) -> None:
    """It is verified; the same write id answers the same record, with another body it is refused."""
    me = world.members[0]
    asker = as_member(me)
    [before] = await duty.scores.load_duty_scores([me.key], 2026, as_staff(world, me.committee))
    new = record(world, me, DutyRecordSource.STUDIO_REPLY)

    made = await duty.records.add_duty_record(new, WRITE, asker)
    again = await duty.records.add_duty_record(new, WRITE, asker)
    with pytest.raises(WriteIdReusedError):
        await duty.records.add_duty_record(record(world, me, DutyRecordSource.SHIFT), WRITE, asker)

    [after] = await duty.scores.load_duty_scores([me.key], 2026, asker)
    [written, never] = await duty.writes.load_writes([WRITE, "write-of-a-test-9999"], asker)
    count = {item.kind.code: item.count for item in after.items}["PUBLIC_WELFARE"]
    assert made == again
    assert (made.status, made.reference, made.verified_by) == (DutyRecordStatus.VERIFIED, "Q1", None)
    assert count == 1 + {item.kind.code: item.count for item in before.items}.get("PUBLIC_WELFARE", 0)
    assert (written.operation, written.entity_key, never) == ("dutyRecords.add", made.key, None)


async def test_what_a_member_tells_waits_for_staff(duty: SimpleNamespace, world: World) -> None:
    """``DRAFT`` → ``SUBMITTED`` → ``REJECTED`` → ``SUBMITTED`` → ``VERIFIED``, and then no further."""
    me = world.members[0]
    asker, staff = as_member(me), as_staff(world, me.committee)
    made = await duty.records.add_duty_record(record(world, me, DutyRecordSource.SELF, draft=True), WRITE, asker)
    moves = [
        (DutyRecordStatus.SUBMITTED, None, asker),
        (DutyRecordStatus.REJECTED, "缺少证明", staff),
        (DutyRecordStatus.SUBMITTED, None, asker),
        (DutyRecordStatus.VERIFIED, None, staff),
    ]

    for at, (status, reason, who) in enumerate(moves):
        moved = await duty.records.move_duty_record(made.key, status, reason, f"{WRITE}-{at}", who)
        assert (moved.status, moved.reason) == (status, reason)
    with pytest.raises(ForbiddenMoveError) as ended:
        await duty.records.move_duty_record(made.key, DutyRecordStatus.REJECTED, "不", f"{WRITE}-x", staff)

    assert made.status is DutyRecordStatus.DRAFT
    assert moved.verified_by
    assert (ended.value.upstream_code, ended.value.allowed) == ("FORBIDDEN_TRANSITION", ())


async def test_a_forbidden_move_names_the_allowed_ones(duty: SimpleNamespace, world: World) -> None:
    """A draft can only be submitted."""
    me = world.members[0]
    made = await duty.records.add_duty_record(
        record(world, me, DutyRecordSource.SELF, draft=True), WRITE, as_member(me)
    )

    staff = as_staff(world, me.committee)
    with pytest.raises(ForbiddenMoveError) as refused:
        await duty.records.move_duty_record(made.key, DutyRecordStatus.VERIFIED, None, f"{WRITE}-1", staff)

    assert refused.value.allowed == ("SUBMITTED",)


async def test_who_may_not(duty: SimpleNamespace, sandbox: SandboxApp, world: World, ask: Ask) -> None:
    """Another member, another committee's staff, somebody unknown; and what is still to come is refused."""
    me, other = world.members[0], world.members[1]
    own = record(world, me, DutyRecordSource.SELF)
    office = record(world, me, DutyRecordSource.OFFICE)

    for new, who in ((own, as_member(other)), (office, as_staff(world, other.committee))):
        with pytest.raises(NotAllowedError):
            await duty.records.add_duty_record(new, WRITE, who)
    calls = sandbox.calls["dutyRecords.add"]
    with pytest.raises(NotAllowedError):
        await duty.records.add_duty_record(own, WRITE, ask)
    late = NewDutyRecord(
        member_key=me.key,
        kind="TRAINING",
        title="明年",
        occurred_at=world.today + timedelta(days=9),
        source=DutyRecordSource.SELF,
    )
    with pytest.raises(RejectedInputError):
        await duty.records.add_duty_record(late, WRITE, as_member(me))
    with pytest.raises(NotFoundError):
        await duty.records.move_duty_record("R1", DutyRecordStatus.SUBMITTED, None, WRITE, as_member(me))

    assert sandbox.calls["dutyRecords.add"] == calls + 1


@pytest.mark.parametrize("kind", [FaultKind.REFUSE, FaultKind.HTTP500, FaultKind.GARBAGE, FaultKind.TRUNCATED])
async def test_a_write_without_an_answer_is_unknown_until_asked_for(
    kind: FaultKind, duty: SimpleNamespace, sandbox: SandboxApp, world: World
) -> None:
    """Sent and not answered: it may have happened, and the write id tells."""
    me = world.members[0]
    new = record(world, me, DutyRecordSource.STUDIO_REPLY)
    sandbox.faults.put(Fault(kind, "dutyRecords.add"))

    with pytest.raises(OutcomeUnknownError):
        await duty.records.add_duty_record(new, WRITE, as_member(me))

    sandbox.faults.clear()
    [written] = await duty.writes.load_writes([WRITE], as_member(me))
    again = await duty.records.add_duty_record(new, WRITE, as_member(me))
    assert (written is not None) is (kind is FaultKind.TRUNCATED)
    assert written is None or written.entity_key == again.key
