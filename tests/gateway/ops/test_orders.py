"""What is ordered stands in the store, and every replica follows it until its end."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from auth.store import Database, upgrade
from connectors.guarding.guard import Guard
from connectors.metering import Meter
from connectors.records.health import BreakerState
from gateway.ops.orders import BREAKER, STALE, Followed, OrderBook


@pytest.fixture
async def book(tmp_path: Path) -> AsyncIterator[OrderBook]:
    """A store of its own."""
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/tongxin.db")
    await upgrade(database)
    yield OrderBook(database)
    await database.aclose()


async def test_replicas_do_what_stands_and_stop_when_it_does_not(book: OrderBook) -> None:
    """A breaker held open, old data let stand in; both taken back."""
    guards = [Guard(Meter("duty")), Guard(Meter("duty"))]
    replicas = [Followed(book, [guard]) for guard in guards]
    await book.give("duty", BREAKER, "OPEN", "p1", 5)
    await book.give("duty", STALE, "", "p1", 5)

    for replica in replicas:
        await replica.follow()
    held = [(guard.state(), guard.extension.until > guard.meter.now()) for guard in guards]
    assert await book.take_back("duty", BREAKER)
    assert await book.take_back("duty", STALE)
    for replica in replicas:
        await replica.follow()

    assert held == [(BreakerState.OPEN, True)] * 2
    assert [(guard.state(), guard.extension.until) for guard in guards] == [(BreakerState.CLOSED, 0.0)] * 2


async def test_a_later_order_takes_the_place_of_an_earlier(book: OrderBook) -> None:
    """One of a kind for a platform; an order's end is bounded."""
    await book.give("duty", BREAKER, "OPEN", "p1", 5)
    await book.give("duty", BREAKER, "CLOSED", "p2", 1_000_000)

    [order] = await book.standing()

    assert (order.state, order.by) == ("CLOSED", "p2")
    assert (order.until - order.made_at).days == 1


async def test_an_order_ends_by_itself(book: OrderBook) -> None:
    """What is over stands no more."""
    await book.give("duty", BREAKER, "OPEN", "p1", 0)

    assert await book.standing() == []
