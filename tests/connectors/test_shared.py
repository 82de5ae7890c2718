"""The second level: what one gateway read another need not; without the store reads go on."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiocache import SimpleMemoryCache
from aiocache.serializers import NullSerializer

from connectors.cache import Cache
from connectors.errors import UnreachableError
from connectors.freshness import ReadRule
from connectors.provenance import CacheState
from connectors.shared import SharedStore
from tests.connectors.kept import Clock, Upstream, begun, long, made, minute

TAGGED = minute(stale_if_error=600.0, tags=("thing:{key}",))


class Store(SimpleMemoryCache):  # type: ignore[misc]  # aiocache ships no types
    """A store that can break or hang, and tells how often it was asked."""

    def __init__(self) -> None:
        super().__init__(serializer=NullSerializer(encoding=None), timeout=0)
        self.asked = 0
        self.breaks = False
        self.hangs = False

    async def _multi_get(self, *args: Any, **more: Any) -> Any:
        await self._met()
        return await super()._multi_get(*args, **more)

    async def _multi_set(self, *args: Any, **more: Any) -> Any:
        await self._met()
        return await super()._multi_set(*args, **more)

    async def _met(self) -> None:
        self.asked += 1
        if self.hangs:
            await asyncio.Event().wait()
        if self.breaks:
            raise ConnectionError("redis://somewhere")


class Gateways:
    """Several, over one store, each with a cache of its own."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.store = Store()
        self.store._cache.clear()
        self.upstream = Upstream()
        self.first, self.second = self.gateway(), self.gateway()

    def gateway(self) -> Cache:
        """One more."""
        return made(self.clock, shared=SharedStore(self.store, timeout=0.02, clock=self.clock))

    async def read(self, cache: Cache, *keys: str, rule: ReadRule = TAGGED) -> dict[str, Any]:
        """What one of them answers, once everything has settled."""
        found = await cache.read(self.upstream.reading(rule), keys, long())
        await begun()
        return found.values


@pytest.fixture
async def them() -> AsyncIterator[Gateways]:
    """Two gateways; an own memory of aiocache's would be one of the class."""
    gateways = Gateways()
    gateways.store._cache = {}
    yield gateways
    for cache in (gateways.first, gateways.second):
        await cache.aclose()


async def test_what_one_read_the_other_has(them: Gateways) -> None:
    """The platform is asked once; the entry is as old for both; nothing of a key can be read in the store."""
    first = await them.read(them.first, "a", "b")
    them.clock.now += 20
    found = await them.second.read(them.upstream.reading(TAGGED), ["a", "c"], long())

    assert first == {"a": "A1", "b": "B1"}
    assert found.values == {"a": "A1", "c": "C2"}
    assert (found.fetched_at, found.until) == (1000.0, 1060.0)
    assert them.upstream.loads == [["a", "b"], ["c"]]
    assert them.second.stats().shared_hits == 1
    assert not any("here" in name or "thing" in name for name in them.store._cache)


async def test_a_hit_does_not_touch_the_store(them: Gateways) -> None:
    """What is in the memory is not looked for elsewhere."""
    await them.read(them.first, "a")
    asked = them.store.asked

    await them.read(them.first, "a")

    assert them.store.asked == asked


async def test_only_from_the_store_is_kept(them: Gateways) -> None:
    """An answer that another gateway fetched was kept, not fetched."""
    await them.read(them.first, "a")

    found = await them.second.read(them.upstream.reading(TAGGED), ["a"], long())

    assert (found.state, found.upstream_ms) == (CacheState.KEPT, None)


async def test_private_entries_stay_at_home(them: Gateways) -> None:
    """What is somebody's own never leaves the process, nor does what may not be kept."""
    own = minute(private=True)

    await them.read(them.first, "a", rule=own)
    await them.read(them.second, "a", rule=own)

    assert them.store.asked == 0
    assert them.upstream.loads == [["a"], ["a"]]


async def test_old_entries_stand_in_only_for_an_ill_platform(them: Gateways) -> None:
    """What is past its time in the store is read again; where that fails it still answers."""
    await them.read(them.first, "a")
    them.clock.now += 100
    them.upstream.answer = UnreachableError("here", "things")

    found = await them.second.read(them.upstream.reading(TAGGED), ["a"], long())

    assert (found.values, found.state) == ({"a": "A1"}, CacheState.STALE)
    assert them.upstream.loads == [["a"], ["a"]]


async def test_a_drop_reaches_all(them: Gateways) -> None:
    """What one gateway dropped a third does not find; other entries stay."""
    await them.read(them.first, "a", "b")

    them.first.drop({"thing:a"})
    await begun()
    answer = await them.read(them.second, "a", "b")

    assert answer == {"a": "A2", "b": "B1"}


async def test_what_was_on_the_way_when_dropped_is_not_shared(them: Gateways) -> None:
    """One gateway reads, another drops meanwhile: what the first brings is of no use to a third."""
    them.upstream.go.clear()
    reading = asyncio.create_task(them.read(them.first, "a"))
    await begun()

    them.second.drop({"thing:a"})
    await begun()
    them.upstream.go.set()
    await reading
    third = them.gateway()
    answer = await them.read(third, "a")
    await third.aclose()

    assert answer == {"a": "A2"}


@pytest.mark.parametrize("fault", ["breaks", "hangs"])
async def test_reads_go_on_without_the_store(them: Gateways, fault: str) -> None:
    """It fails or hangs: the platform is asked; it is counted, and for a while the store is left alone."""
    setattr(them.store, fault, True)

    answers = [await them.read(them.first, key) for key in "abc"]
    during = (them.store.asked, them.first.stats().shared_failures)
    setattr(them.store, fault, False)
    them.clock.now += 5
    await them.read(them.first, "d")
    shared = await them.read(them.second, "d")

    assert answers == [{"a": "A1"}, {"b": "B2"}, {"c": "C3"}]
    assert during == (1, 1)
    assert shared == {"d": "D4"}


async def test_a_drop_that_could_not_be_told_is_made_up_for(them: Gateways) -> None:
    """As long as the store was not told, it is not believed; it is told first when it is back."""
    await them.read(them.first, "a")
    them.store.breaks = True
    them.first.drop({"thing:a"})
    await begun()
    them.store.breaks = False

    resting = await them.read(them.first, "a")
    them.first.drop({"thing:a"})
    them.clock.now += 5
    back = await them.read(them.first, "a")
    other = await them.read(them.second, "a")

    assert (resting, back, other) == ({"a": "A2"}, {"a": "A3"}, {"a": "A3"})


async def test_bytes_that_are_none_of_ours_are_no_entry(them: Gateways) -> None:
    """Whatever somebody wrote under an entry's name, the platform is asked."""
    await them.read(them.first, "a")
    for name in them.store._cache:
        them.store._cache[name] = b"cos\nsystem\n(S'true'\ntR."

    assert await them.read(them.second, "a") == {"a": "A2"}
