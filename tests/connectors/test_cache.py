"""What is kept answers, what is stale answers while it is fetched again, and what is dropped does not come back."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from connectors.cache import Cache
from connectors.deadline import Deadline
from connectors.errors import NotAllowedError, PlatformError, UnreachableError
from connectors.flights import Reading
from connectors.freshness import ReadRule
from connectors.provenance import CacheState
from tests.connectors.kept import Clock, Upstream, begun, long, made, minute

SLACK = minute(stale_for=30.0, stale_if_error=300.0)
TAGGED = minute(tags=("thing:{key}", "things"))


@pytest.fixture
def clock() -> Clock:
    """The cache's clock."""
    return Clock()


@pytest.fixture
def cache(clock: Clock) -> Cache:
    """An empty cache."""
    return made(clock)


@pytest.fixture
async def upstream() -> Upstream:
    """What is read from."""
    return Upstream()


async def values(cache: Cache, upstream: Upstream, rule: ReadRule, *keys: str) -> dict[str, Any]:
    """What a read answers."""
    return (await cache.read(upstream.reading(rule), keys, long())).values


async def test_a_hundred_misses_are_one_load(cache: Cache, upstream: Upstream) -> None:
    """A hundred readers that miss the same entry at once cause a single load, and all have it."""
    upstream.go.clear()
    readers = [asyncio.create_task(values(cache, upstream, minute(), "a")) for _ in range(100)]
    await begun()
    upstream.go.set()

    answers = await asyncio.gather(*readers)

    assert answers == [{"a": "A1"}] * 100
    assert upstream.loads == [["a"]]


async def test_what_is_on_the_way_is_joined(cache: Cache, upstream: Upstream) -> None:
    """A reader loads only what nobody loads already; doubles count once."""
    upstream.go.clear()
    first = asyncio.create_task(values(cache, upstream, minute(), "a", "b", "a"))
    await begun()
    second = asyncio.create_task(values(cache, upstream, minute(), "b", "c"))
    await begun()
    upstream.go.set()

    assert await first == {"a": "A1", "b": "B1"}
    assert await second == {"b": "B1", "c": "C2"}
    assert upstream.loads == [["a", "b"], ["c"]]


async def test_unshared_readers_load_for_themselves(clock: Clock, upstream: Upstream) -> None:
    """With sharing off nobody waits for another's call; what was loaded is kept all the same."""
    cache = made(clock, share=False)
    upstream.go.clear()
    readers = [asyncio.create_task(values(cache, upstream, minute(), "a")) for _ in range(3)]
    await begun()
    upstream.go.set()

    answers = await asyncio.gather(*readers)
    later = await values(cache, upstream, minute(), "a")

    assert [answer["a"] for answer in answers] == ["A1", "A2", "A3"]
    assert upstream.loads == [["a"]] * 3
    assert later["a"] in {"A1", "A2", "A3"}


async def test_a_cancelled_reader_ends_nothing(cache: Cache, upstream: Upstream) -> None:
    """The one who began the load may go away: the others get it, and it is kept."""
    upstream.go.clear()
    first = asyncio.create_task(values(cache, upstream, minute(), "a"))
    await begun()
    second = asyncio.create_task(values(cache, upstream, minute(), "a"))
    await begun()

    first.cancel()
    await begun()
    upstream.go.set()

    assert await second == {"a": "A1"}
    assert await values(cache, upstream, minute(), "a") == {"a": "A1"}
    assert upstream.loads == [["a"]]


async def test_a_late_reader_goes_without(cache: Cache, upstream: Upstream) -> None:
    """Whose deadline passes gets what is kept and not what is on the way; the flight goes on for the others."""
    upstream.go.clear()
    patient = asyncio.create_task(values(cache, upstream, minute(), "a"))
    await begun()

    hasty = await cache.read(upstream.reading(minute()), ["a"], Deadline.after(0))
    upstream.go.set()

    assert hasty.values == {}
    assert hasty.until == 0.0
    assert await patient == {"a": "A1"}
    assert upstream.loads == [["a"]]


async def test_entries_expire(cache: Cache, upstream: Upstream, clock: Clock) -> None:
    """An entry holds until its time is over, and not an instant longer."""
    await values(cache, upstream, minute(), "a")

    clock.now += 59.9
    held = await values(cache, upstream, minute(), "a")
    clock.now += 0.1
    gone = await values(cache, upstream, minute(), "a")

    assert (held, gone) == ({"a": "A1"}, {"a": "A2"})


async def test_loads_end_apart_but_each_as_a_whole(clock: Clock, upstream: Upstream) -> None:
    """What was loaded together ends together, a little before the rule's time; another load ends at another."""
    spreads = iter([0.1, 0.05])
    cache = made(clock)
    cache._flights._spread = lambda: next(spreads)

    first = await cache.read(upstream.reading(minute()), ["a", "b"], long())
    second = await cache.read(upstream.reading(minute()), ["c"], long())

    assert (first.until, second.until) == (1054.0, 1057.0)
    assert cache.memory.fresh("here:", ["a", "b"], 1053.9) is not None
    assert cache.memory.get("here:b") is not None


async def test_stale_is_answered_at_once_and_fetched_again(cache: Cache, upstream: Upstream, clock: Clock) -> None:
    """Behind its time an entry still answers, without waiting; one call renews it for those who come later."""
    await values(cache, upstream, SLACK, "a")
    clock.now += 75
    upstream.go.clear()

    stale = [await cache.read(upstream.reading(SLACK), ["a"], long()) for _ in range(5)]
    await begun()
    upstream.go.set()
    await begun()
    fresh = await cache.read(upstream.reading(SLACK), ["a"], long())

    assert [(found.values, found.state) for found in stale] == [({"a": "A1"}, CacheState.STALE)] * 5
    assert (fresh.values, fresh.state) == ({"a": "A2"}, CacheState.KEPT)
    assert upstream.loads == [["a"]] * 2
    assert (cache.stats().stale, cache.stats().refreshes) == (5, 1)


async def test_refreshing_is_bounded(clock: Clock, upstream: Upstream) -> None:
    """No more loads than allowed run behind the askers' backs; stale is answered all the same."""
    cache = made(clock, refreshes=2)
    for key in "abcd":
        await values(cache, upstream, SLACK, key)
    clock.now += 75
    upstream.go.clear()

    answers = [await values(cache, upstream, SLACK, key) for key in "abcd"]
    await begun()
    under_way = len(upstream.loads) - 4
    upstream.go.set()
    await begun()
    await values(cache, upstream, SLACK, "d")
    await begun()

    assert answers == [{"a": "A1"}, {"b": "B2"}, {"c": "C3"}, {"d": "D4"}]
    assert under_way == 2
    assert upstream.loads[4:] == [["a"], ["b"], ["d"]]


async def test_an_ill_platform_is_stood_in_for(cache: Cache, upstream: Upstream, clock: Clock) -> None:
    """Long after its time an entry still answers where the platform fails; where nothing is kept the error does."""
    await values(cache, upstream, SLACK, "a")
    clock.now += 200
    upstream.answer = UnreachableError("here", "things")

    found = await cache.read(upstream.reading(SLACK), ["a", "b"], long())
    clock.now += 160
    over = await values(cache, upstream, SLACK, "a")

    assert found.values["a"] == "A1"
    assert isinstance(found.values["b"], UnreachableError)
    assert (found.state, found.stale, found.until) == (CacheState.STALE, 1, 0.0)
    assert isinstance(over["a"], UnreachableError)


async def test_who_may_no_longer_is_told_so(cache: Cache, upstream: Upstream, clock: Clock) -> None:
    """An error that is no illness is the answer; nothing stale hides it, then or later."""
    await values(cache, upstream, SLACK, "a")
    clock.now += 75
    upstream.answer = NotAllowedError("here", "things")

    await values(cache, upstream, SLACK, "a")  # stale, refreshed behind
    await begun()
    refused = await values(cache, upstream, SLACK, "a")
    upstream.answer = UnreachableError("here", "things")
    ill = await values(cache, upstream, SLACK, "a")

    assert isinstance(refused["a"], NotAllowedError)
    assert isinstance(ill["a"], UnreachableError)


async def test_a_slow_platform_is_stood_in_for(clock: Clock, upstream: Upstream) -> None:
    """Who could be answered with something stale waits a moment only; the call goes on and renews the entry."""
    cache = made(clock, patience=0.0)
    await values(cache, upstream, SLACK, "a")
    clock.now += 200
    upstream.go.clear()

    stale = await cache.read(upstream.reading(SLACK), ["a"], long())
    upstream.go.set()
    await begun()
    fresh = await values(cache, upstream, SLACK, "a")

    assert (stale.values, stale.state) == ({"a": "A1"}, CacheState.STALE)
    assert fresh == {"a": "A2"}
    assert len(upstream.loads) == 2


async def test_absence_is_never_stale(cache: Cache, upstream: Upstream, clock: Clock) -> None:
    """That there is no such thing is believed for five seconds, whatever the rule and however ill the platform."""

    async def nothing(keys: list[str]) -> Mapping[str, Any]:
        return dict.fromkeys(keys)

    unknown = await cache.read(Reading(SLACK, "here:", nothing), ["a"], long())
    clock.now += 4.9
    still = await values(cache, upstream, SLACK, "a")
    clock.now += 0.1
    upstream.answer = UnreachableError("here", "things")
    ill = await values(cache, upstream, SLACK, "a")

    assert (unknown.values, still) == ({"a": None}, {"a": None})
    assert isinstance(ill["a"], PlatformError)


async def test_a_tag_drops_all_that_carries_it(cache: Cache, upstream: Upstream) -> None:
    """One thing by its own tag, all by the common one; others stay, and listeners hear of it."""
    told: list[Any] = []
    cache.on_drop.append(told.append)
    await values(cache, upstream, TAGGED, "a", "b")
    await cache.read(upstream.reading(minute(), "other:"), ["a"], long())

    cache.drop({"thing:a"})
    one = await values(cache, upstream, TAGGED, "a", "b")
    cache.drop({"things", "unheard of"})
    both = await values(cache, upstream, TAGGED, "a", "b")
    other = await cache.read(upstream.reading(minute(), "other:"), ["a"], long())

    assert one == {"a": "A3", "b": "B1"}
    assert both == {"a": "A4", "b": "B4"}
    assert other.values == {"a": "A2"}
    assert told == [{"thing:a"}, {"things", "unheard of"}]
    assert cache.stats().dropped == 3


async def test_what_was_on_the_way_when_dropped_is_not_kept(cache: Cache, upstream: Upstream) -> None:
    """It may have been read before the change: it answers those who waited already, and nobody who comes later."""
    upstream.go.clear()
    before = asyncio.create_task(values(cache, upstream, TAGGED, "a", "b"))
    await begun()

    cache.drop({"thing:a"})
    after = asyncio.create_task(values(cache, upstream, TAGGED, "a", "b"))
    await begun()
    upstream.go.set()

    assert await before == {"a": "A1", "b": "B1"}
    assert await after == {"a": "A2", "b": "B1"}
    assert await values(cache, upstream, TAGGED, "a", "b") == {"a": "A2", "b": "B1"}


async def test_a_refresh_under_way_when_dropped_is_not_kept(cache: Cache, upstream: Upstream, clock: Clock) -> None:
    """The same for what is fetched behind somebody's back; nor does the stale entry come back."""
    rule = minute(stale_for=30.0, stale_if_error=300.0, tags=("thing:{key}",))
    await values(cache, upstream, rule, "a")
    clock.now += 75
    upstream.go.clear()
    await values(cache, upstream, rule, "a")
    await begun()

    cache.drop({"thing:a"})
    upstream.go.set()
    await begun()
    upstream.answer = UnreachableError("here", "things")
    found = await values(cache, upstream, rule, "a")

    assert len(upstream.loads) == 3
    assert isinstance(found["a"], UnreachableError)


async def test_nothing_is_lost_when_the_memory_is_full(clock: Clock, upstream: Upstream) -> None:
    """A load larger than the memory answers whole: the bound is on what is kept."""
    cache = made(clock, entries=2)
    keys = [f"n{number}" for number in range(5)]

    assert await values(cache, upstream, minute(), *keys) == {key: f"{key.upper()}1" for key in keys}
    assert await values(cache, upstream, minute(), "n4") == {"n4": "N41"}
    assert await values(cache, upstream, minute(), "n0") == {"n0": "N02"}
    assert (cache.stats().entries, cache.stats().evictions) == (2, 4)


async def test_a_load_that_breaks_leaves_nobody_waiting(cache: Cache, upstream: Upstream) -> None:
    """A bug in a load reaches everybody who waits, and the next reader tries again."""
    upstream.go.clear()
    upstream.broken = LookupError()
    readers = [asyncio.create_task(values(cache, upstream, minute(), "a")) for _ in range(3)]
    await begun()
    upstream.go.set()

    answers = await asyncio.gather(*readers, return_exceptions=True)
    upstream.broken = None

    assert [type(answer) for answer in answers] == [LookupError] * 3
    assert await values(cache, upstream, minute(), "a") == {"a": "A2"}


async def test_closing_ends_what_is_under_way(cache: Cache, upstream: Upstream) -> None:
    """A flight that is ended lets go of those who wait for it."""
    upstream.go.clear()
    reader = asyncio.create_task(values(cache, upstream, minute(), "a"))
    await begun()

    await cache.aclose()
    [answer] = await asyncio.gather(reader, return_exceptions=True)

    assert isinstance(answer, RuntimeError)
