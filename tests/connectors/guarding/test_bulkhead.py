"""Places for the calls of one operation."""

import asyncio

import pytest

from connectors.deadline import Deadline
from connectors.errors import CrowdedError
from connectors.guarding.bulkhead import Bulkhead

SOON = 0.05


async def enter(bulkhead: Bulkhead, seconds: float = 5.0) -> None:
    """Take a place, waiting so long."""
    await bulkhead.enter("duty", "studios", Deadline.after(seconds))


async def test_who_comes_first_is_served_first() -> None:
    """Places are handed on in the order of coming."""
    bulkhead, served = Bulkhead(1, 10), []

    async def come(name: str) -> None:
        await enter(bulkhead)
        served.append(name)

    await enter(bulkhead)
    waiting = [asyncio.create_task(come(name)) for name in "abc"]
    await asyncio.sleep(0)
    assert bulkhead.waiting == 3

    for _ in waiting:
        bulkhead.leave()
        await asyncio.sleep(0)
        await asyncio.sleep(0)

    assert served == ["a", "b", "c"]
    assert bulkhead.inside == 1


async def test_too_many_who_wait_are_refused_at_once() -> None:
    """With an error that says so."""
    bulkhead = Bulkhead(1, 0)
    await enter(bulkhead)

    with pytest.raises(CrowdedError):
        await enter(bulkhead)


async def test_who_waits_too_long_is_refused() -> None:
    """And leaves the queue."""
    bulkhead = Bulkhead(1, 10)
    await enter(bulkhead)

    with pytest.raises(CrowdedError):
        await enter(bulkhead, SOON)

    assert bulkhead.waiting == 0
    bulkhead.leave()
    assert bulkhead.inside == 0


async def test_a_place_given_to_who_just_left_goes_on() -> None:
    """No place is lost where a caller leaves at the same moment."""
    bulkhead = Bulkhead(1, 10)
    await enter(bulkhead)
    leaving, staying = asyncio.create_task(enter(bulkhead)), asyncio.create_task(enter(bulkhead))
    await asyncio.sleep(0)

    bulkhead.leave()
    leaving.cancel()
    await asyncio.wait({leaving, staying}, timeout=1)

    assert staying.done()
    assert not staying.cancelled()
    assert bulkhead.inside == 1
