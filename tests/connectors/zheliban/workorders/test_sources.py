"""Work orders: who sees them, how they move along the chain, and what their owner does about them."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from connectors.errors import (
    ForbiddenMoveError,
    NotAllowedError,
    NotFoundError,
    RejectedInputError,
    UnexpectedAnswerError,
)
from connectors.records.page import PageArgs
from connectors.records.question import QuestionKind
from connectors.records.question_writes import Upload
from connectors.records.work_order import (
    Location,
    NewFollowUp,
    NewSupplement,
    NewWorkOrder,
    WorkOrderQuery,
    WorkOrderStatus,
)
from connectors.sandbox.faults import Fault, FaultKind
from connectors.sandbox.world import World
from connectors.viewer import Ask, Role

Asking = Callable[..., Ask]
S = WorkOrderStatus
PLACE = Location(latitude=28.656, longitude=121.428, address="中山西路12号")
ALL = PageArgs(first=100, with_total=True)
HOUR, DAY = 3600.0, 86_400.0


def report(**changed: Any) -> NewWorkOrder:
    """Something to report."""
    facts = {
        "kind": QuestionKind.COMPLAINT,
        "title": "夜间施工扰民",
        "body": "十二点还在打桩",
        "region_key": "331002",
        "location": PLACE,
    }
    return NewWorkOrder(**(facts | changed))


def handlers_code(world: World, unit: str) -> str:
    """The employee code of somebody who works in a unit."""
    people = (*world.officials, *(member.person for member in world.members))
    return next(p.work.employee_code for p in people if p.work and p.work.unit_code == unit)


async def test_an_order_is_created(fresh: SimpleNamespace, world: World, asking: Asking) -> None:
    """Operation 18: it has a number, stands at the chain's beginning, is due, and its owner sees the exact place."""
    ask = asking(world.citizens[0].user_id)

    order = await fresh.order_desk.create_work_order(report(), "test-order-000001", ask)
    again = await fresh.order_desk.create_work_order(report(), "test-order-000001", ask)

    assert again == order
    assert order.number.startswith("12345-20261122-")
    assert (order.status, order.title, order.location, order.handler) == (S.ACCEPTED, "夜间施工扰民", PLACE, None)
    assert [(step.status, step.by) for step in order.history] == [(S.ACCEPTED, "12345热线")]
    assert order.due_at - order.accepted_at > timedelta(days=13)
    assert (order.follow_up, order.overdue, order.closed_at) == (None, False, None)
    (own,) = await fresh.orders.list_own_work_orders([world.citizens[0].user_id], WorkOrderQuery(), ALL, ask)
    assert own.nodes[0].key == order.key


async def test_an_order_moves_along_the_chain(fresh: SimpleNamespace, world: World, asking: Asking, clock: Any) -> None:
    """Domain-terms section 6: accepted, dispatched, signed for, in progress, call back, closed, as time passes."""
    ask = asking(world.citizens[0].user_id)
    order = await fresh.order_desk.create_work_order(report(), "test-order-000002", ask)
    seen = []
    for hours in (0, 1, 4, 8, 24 * 30):
        clock.at += hours * HOUR
        (now,) = await fresh.again().orders.load_work_orders([order.key], ask)
        seen.append(now.status)

    assert seen == [S.ACCEPTED, S.DISPATCHED, S.SIGNED_FOR, S.IN_PROGRESS, S.CLOSED]
    assert now.handler.key.startswith("GO_bu331002")
    assert [step.status for step in now.history] == [*seen[:4], S.CALLBACK, S.CLOSED]
    assert now.closed_at == now.history[-1].at
    assert not now.overdue


async def test_a_matter_of_the_cppcc_is_not_the_hotlines(
    fresh: SimpleNamespace, world: World, asking: Asking, clock: Any
) -> None:
    """Such a hand-over is refused, and the order ends."""
    ask = asking(world.citizens[0].user_id)
    order = await fresh.order_desk.create_work_order(report(title="对政协提案的意见"), "test-order-000003", ask)
    clock.at += DAY

    (now,) = await fresh.again().orders.load_work_orders([order.key], ask)

    assert now.status is S.TRANSFER_REFUSED
    assert now.closed_at is not None


async def test_exact_places_are_for_owner_and_handler(
    fresh: SimpleNamespace, world: World, asking: Asking, clock: Any
) -> None:
    """Staff see the region, the handling unit and the owner the place; everybody else does not see the order."""
    owner = asking(world.citizens[0].user_id)
    order = await fresh.order_desk.create_work_order(report(), "test-order-000004", owner)
    clock.at += 2 * HOUR
    (order,) = await fresh.again().orders.load_work_orders([order.key], owner)
    asks = {
        "owner": owner,
        "handler": asking(employee_code=handlers_code(world, order.handler.key), roles=frozenset({Role.OFFICIAL})),
        "staff": asking(roles=frozenset({Role.STAFF})),
        "anyone": asking(),
        "another": asking(world.citizens[1].user_id),
        "member": asking(member_key=world.members[0].key),
        "official": asking(employee_code="GE_elsewhere", roles=frozenset({Role.OFFICIAL})),
    }

    seen = {who: (await fresh.orders.load_work_orders([order.key], ask))[0] for who, ask in asks.items()}
    pages = {who: (await fresh.orders.list_work_orders([WorkOrderQuery()], ALL, ask))[0] for who, ask in asks.items()}

    assert [seen[who].location for who in ("owner", "handler", "staff")] == [PLACE, PLACE, None]
    assert {seen[who].region_key for who in ("owner", "handler", "staff")} == {"331002"}
    assert [seen[who] for who in ("anyone", "another", "member", "official")] == [None] * 4
    assert all(order.key in {row.key for row in pages[who].nodes} for who in ("owner", "handler", "staff"))
    assert all(order.key not in {row.key for row in pages[who].nodes} for who in ("anyone", "another", "official"))
    assert {row.handler.key for row in pages["handler"].nodes if row.handler} == {order.handler.key}
    assert all(row.location is None for row in pages["staff"].nodes)


async def test_supplements_and_follow_ups_are_the_owners(
    fresh: SimpleNamespace, world: World, asking: Asking, clock: Any
) -> None:
    """The owner adds while it is open, with files; content closes it, discontent reopens it and it goes on."""
    ask, other = asking(world.citizens[0].user_id), asking(world.citizens[1].user_id)
    desk = fresh.order_desk
    order = await desk.create_work_order(report(), "test-order-000005", ask)
    upload = Upload(name="a.png", content_type="image/png", content=b"png")
    kept = await fresh.attachments.keep_attachment(upload, "test-order-000006", ask)

    more = NewSupplement(key=order.key, body="昨晚又有", attachment_keys=(kept.key,))
    added = await desk.supplement_work_order(more, "test-order-000007", ask)
    with pytest.raises(ForbiddenMoveError) as early:
        await desk.follow_up_work_order(NewFollowUp(key=order.key, satisfied=True), "test-order-000008", ask)
    with pytest.raises(NotAllowedError):
        await desk.supplement_work_order(NewSupplement(key=order.key, body="x"), "test-order-000009", other)
    clock.at += 30 * DAY
    with pytest.raises(ForbiddenMoveError):
        await desk.supplement_work_order(NewSupplement(key=order.key, body="x"), "test-order-000010", ask)
    verdict = NewFollowUp(key=order.key, satisfied=False, comment="又开始了")
    reopened = await desk.follow_up_work_order(verdict, "test-order-000011", ask)
    clock.at += 30 * DAY
    (again,) = await fresh.again().orders.load_work_orders([order.key], ask)
    content = NewFollowUp(key=order.key, satisfied=True)
    closed = await desk.follow_up_work_order(content, "test-order-000012", ask)

    assert [(each.body, each.attachments) for each in added.supplements] == [("昨晚又有", (kept,))]
    assert early.value.allowed == ("DISPATCHED",)
    assert (reopened.status, reopened.follow_up.satisfied, reopened.follow_up.comment) == (
        S.REOPENED,
        False,
        "又开始了",
    )
    assert (again.status, [step.status for step in again.history][-4:]) == (
        S.CLOSED,
        [S.REOPENED, S.IN_PROGRESS, S.CALLBACK, S.CLOSED],
    )
    assert (closed.status, closed.follow_up.satisfied) == (S.CLOSED, True)
    assert await fresh.attachments.open_attachment(kept.key, asking(roles=frozenset({Role.STAFF})))
    with pytest.raises(NotFoundError):
        await fresh.attachments.open_attachment(kept.key, other)


@pytest.mark.parametrize(
    "changed",
    [
        {"title": ""},
        {"region_key": "330100"},
        {"region_key": "33"},
        {"location": Location(latitude=91, longitude=0, address="a")},
        {"attachment_keys": ("A-none",)},
    ],
)
async def test_what_cannot_be_reported_is_the_callers_to_mend(
    fresh: SimpleNamespace, world: World, asking: Asking, changed: Any
) -> None:
    """Empty texts, regions nobody serves here, places off the earth, files of others."""
    with pytest.raises(RejectedInputError):
        await fresh.order_desk.create_work_order(
            report(**changed), "test-order-000013", asking(world.citizens[0].user_id)
        )


async def test_a_write_whose_answer_does_not_tell_the_owner_is_known(
    fresh: SimpleNamespace, world: World, asking: Asking
) -> None:
    """Schema drift costs what hangs on whose it is, not the write: the service takes it of the owner alone."""
    ask = asking(world.citizens[0].user_id)
    fresh.app.faults.put(Fault(FaultKind.SCHEMA_DRIFT, "orders.create"))
    drifted = await fresh.order_desk.create_work_order(report(), "test-order-drift-01", ask)
    fresh.app.faults.clear()

    again = await fresh.order_desk.create_work_order(report(), "test-order-drift-01", ask)

    assert (drifted.key, again.location) == (again.key, PLACE)
    assert {type(drifted.owner_id), type(drifted.location)} == {UnexpectedAnswerError}
