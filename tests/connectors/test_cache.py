"""Kept entries and flights: one load however many ask, and nobody's leave or lateness costs another."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from connectors.cache import Cache
from connectors.deadline import Deadline
from connectors.memory import BoundedMemoryCache


class Clock:
    """Moved by hand."""

    now = 1000.0

    def __call__(self) -> float:
        """What time it is."""
        return self.now


class Upstream:
    """Loads what it is asked for, once it is let go; notes what that was."""

    def __init__(self) -> None:
        self.loads: list[list[str]] = []
        self.go = asyncio.Event()

    async def load(self, names: list[str]) -> Mapping[str, Any]:
        """Every name in upper case."""
        self.loads.append(names)
        await self.go.wait()
        return {name: name.upper() for name in names}


@pytest.fixture
def clock() -> Clock:
    """The cache's clock."""
    return Clock()


@pytest.fixture
def cache(clock: Clock) -> Cache:
    """An empty cache."""
    return Cache(BoundedMemoryCache(100), clock)


@pytest.fixture
async def upstream() -> Upstream:
    """An upstream that waits to be let go."""
    return Upstream()


def minute(_: Any) -> float:
    """Keep everything for a minute."""
    return 60.0


def long() -> Deadline:
    """Time enough."""
    return Deadline.after(30)


async def begun() -> None:
    """Let everything that can run do so."""
    for _ in range(10):
        await asyncio.sleep(0)


async def test_a_hundred_misses_are_one_load(cache: Cache, upstream: Upstream) -> None:
    """A hundred readers that miss the same entry at once cause a single load, and all have it."""
    readers = [asyncio.create_task(cache.read(["a"], upstream.load, minute, long())) for _ in range(100)]
    await begun()
    upstream.go.set()

    answers = await asyncio.gather(*readers)

    assert answers == [{"a": "A"}] * 100
    assert upstream.loads == [["a"]]


async def test_what_is_on_the_way_is_joined(cache: Cache, upstream: Upstream) -> None:
    """A reader loads only what nobody loads already; doubles count once."""
    first = asyncio.create_task(cache.read(["a", "b", "a"], upstream.load, minute, long()))
    await begun()
    second = asyncio.create_task(cache.read(["b", "c"], upstream.load, minute, long()))
    await begun()
    upstream.go.set()

    assert await first == {"a": "A", "b": "B"}
    assert await second == {"b": "B", "c": "C"}
    assert upstream.loads == [["a", "b"], ["c"]]


async def test_a_cancelled_reader_ends_nothing(cache: Cache, upstream: Upstream) -> None:
    """The one who began the load may go away: the others get it, and it is kept."""
    first = asyncio.create_task(cache.read(["a"], upstream.load, minute, long()))
    await begun()
    second = asyncio.create_task(cache.read(["a"], upstream.load, minute, long()))
    await begun()

    first.cancel()
    await begun()
    upstream.go.set()

    assert await second == {"a": "A"}
    assert await cache.read(["a"], upstream.load, minute, long()) == {"a": "A"}
    assert upstream.loads == [["a"]]


async def test_a_late_reader_goes_without(cache: Cache, upstream: Upstream) -> None:
    """Whose deadline passes gets what is kept and not what is on the way; the flight goes on for the others."""
    patient = asyncio.create_task(cache.read(["a"], upstream.load, minute, long()))
    await begun()

    hasty = await cache.read(["a"], upstream.load, minute, Deadline.after(0))
    upstream.go.set()

    assert hasty == {}
    assert await patient == {"a": "A"}
    assert upstream.loads == [["a"]]


async def test_entries_expire(cache: Cache, upstream: Upstream, clock: Clock) -> None:
    """An entry holds until its lifetime is over, and not an instant longer."""
    upstream.go.set()
    await cache.read(["a"], upstream.load, minute, long())

    clock.now += 59.9
    await cache.read(["a"], upstream.load, minute, long())
    before = len(upstream.loads)
    clock.now += 0.1
    await cache.read(["a"], upstream.load, minute, long())

    assert (before, len(upstream.loads)) == (1, 2)


async def test_a_lifetime_a_value(cache: Cache, upstream: Upstream) -> None:
    """The rule sees each value; what it gives no time is for those alone who wait."""
    upstream.go.set()

    for _ in range(2):
        await cache.read(["keep", "drop"], upstream.load, lambda value: 60.0 if value == "KEEP" else 0.0, long())

    assert upstream.loads == [["keep", "drop"], ["drop"]]


async def test_nothing_is_lost_when_the_store_is_full(upstream: Upstream) -> None:
    """A load larger than the store answers whole: the bound is on what is kept."""
    cache = Cache(BoundedMemoryCache(2))
    upstream.go.set()
    names = [f"n{number}" for number in range(5)]

    assert await cache.read(names, upstream.load, minute, long()) == {name: name.upper() for name in names}
    assert await cache.read(["n4"], upstream.load, minute, long()) == {"n4": "N4"}
    assert await cache.read(["n0"], upstream.load, minute, long()) == {"n0": "N0"}
    assert upstream.loads == [names, ["n0"]]


async def test_a_load_that_breaks_leaves_nobody_waiting(cache: Cache, upstream: Upstream) -> None:
    """A bug in a load reaches everybody who waits, and the next reader tries again."""

    async def broken(_: list[str]) -> Mapping[str, Any]:
        await upstream.go.wait()
        raise LookupError

    readers = [asyncio.create_task(cache.read(["a"], broken, minute, long())) for _ in range(3)]
    await begun()
    upstream.go.set()

    answers = await asyncio.gather(*readers, return_exceptions=True)

    assert [type(answer) for answer in answers] == [LookupError] * 3
    assert await cache.read(["a"], upstream.load, minute, long()) == {"a": "A"}


async def test_closing_ends_what_is_under_way(cache: Cache, upstream: Upstream) -> None:
    """A flight that is ended lets go of those who wait for it."""
    reader = asyncio.create_task(cache.read(["a"], upstream.load, minute, long()))
    await begun()

    await cache.aclose()
    [answer] = await asyncio.gather(reader, return_exceptions=True)

    assert isinstance(answer, RuntimeError)
