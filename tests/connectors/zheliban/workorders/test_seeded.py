"""The seeded work orders: at every point of the chain, listed and counted."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest

from connectors.records.page import PageArgs
from connectors.records.question_statistics import Days
from connectors.records.work_order import (
    WorkOrderQuery,
    WorkOrderStatus,
)
from connectors.sandbox.world import World
from connectors.viewer import Ask, Role
from connectors.zheliban.sandbox.studios.asked import moment_of
from connectors.zheliban.sandbox.workorders.store import OrderStore
from connectors.zheliban.sandbox.world_time import WorldTime

Asking = Callable[..., Ask]
S = WorkOrderStatus
ALL = PageArgs(first=100, with_total=True)
HOUR, DAY = 3600.0, 86_400.0


@pytest.fixture(scope="session")
def orders(world: World) -> OrderStore:
    """What the sandbox begins with."""
    return OrderStore(world, WorldTime(world))


def test_seeded_orders_are_at_every_point_of_the_chain(orders: OrderStore) -> None:
    """Some are overdue, supervised, returned, extended, refused; some owners were not content, and are served again."""
    now = orders.time.now()
    statuses = Counter(order.status(now) for order in orders.orders.values())
    passed = {step.status for order in orders.orders.values() for step in order.steps(now)}
    told = [verdict for order in orders.orders.values() if (verdict := order.told(now))]

    assert passed == set(S)
    assert statuses[S.CLOSED] > len(orders.orders) / 2
    assert any(order.overdue(now) and order.closed_at(now) is None for order in orders.orders.values())
    assert 0.05 < sum(not verdict.satisfied for verdict in told) / len(told) < 0.35
    for order in orders.orders.values():
        times = [step.at for step in order.plan]
        assert times == sorted(times)
        assert order.plan[0].status is S.ACCEPTED


@pytest.mark.parametrize(
    "query",
    [
        WorkOrderQuery(),
        WorkOrderQuery(region_key="331002"),
        WorkOrderQuery(region_key="331000", statuses=(S.CLOSED, S.CALLBACK)),
        WorkOrderQuery(overdue=True),
        WorkOrderQuery(satisfied=False),
        WorkOrderQuery(overdue=False, statuses=(S.IN_PROGRESS,)),
    ],
)
async def test_staff_list_by_region_and_state(
    platform: SimpleNamespace, orders: OrderStore, asking: Asking, query: WorkOrderQuery
) -> None:
    """Newest first, page by page, counted."""
    ask, now = asking(roles=frozenset({Role.STAFF})), orders.time.now()
    found: list[str] = []
    after = None
    while True:
        (page,) = await platform.orders.list_work_orders([query], PageArgs(first=30, after=after, with_total=True), ask)
        found += [order.key for order in page.nodes]
        after = page.end
        if not page.has_next:
            break

    expected = [
        order
        for order in orders.orders.values()
        if (query.region_key is None or order.region.startswith(query.region_key.rstrip("0")))
        and (query.statuses is None or order.status(now) in query.statuses)
        and (query.satisfied is None or ((told := order.told(now)) and told.satisfied) is query.satisfied)
        and (query.overdue is None or order.overdue(now) == query.overdue)
    ]
    assert found == [order.id for order in sorted(expected, key=lambda order: (-order.accepted, order.id))]
    assert page.total == len(found)


async def test_own_orders_are_the_owners(platform: SimpleNamespace, world: World, asking: Asking) -> None:
    """Another's list is empty, and not asked for."""
    one, other = (person.user_id or "" for person in world.citizens[:2])

    mine, theirs = await platform.orders.list_own_work_orders([one, other], WorkOrderQuery(), ALL, asking(one))

    assert {order.owner_id for order in mine.nodes} == {one}
    assert (theirs.nodes, theirs.total) == ((), 0)
    assert other not in str(platform.requests[-1].url)


async def test_regions_are_counted(platform: SimpleNamespace, orders: OrderStore, asking: Asking) -> None:
    """Operation 08: accepted, closed, overdue and satisfaction of a period, as they stand now."""
    days, now = Days(start=date(2026, 9, 1), end=date(2026, 10, 31)), orders.time.now()

    city, county, nowhere = await platform.orders.load_region_work_orders(
        ["331000", "331002", "330100"], days, asking()
    )

    mine = [
        order
        for order in orders.orders.values()
        if date(2026, 9, 1) <= moment_of(order.accepted).date() <= date(2026, 10, 31)
    ]
    told = [verdict.satisfied for order in mine if (verdict := order.told(now))]
    assert (city.accepted, city.overdue) == (len(mine), sum(order.overdue(now) for order in mine))
    assert city.closed == sum(order.status(now) is S.CLOSED for order in mine)
    assert city.satisfaction == round(sum(told) / len(told), 4)
    assert county.accepted == sum(order.region == "331002" for order in mine)
    assert (nowhere.accepted, nowhere.satisfaction) == (0, None)
