"""The second level in a real Redis."""

from collections.abc import AsyncIterator, Iterator

import pytest
from redis.asyncio import Redis

from connectors.cache import Cache
from connectors.records.page import Page, Row
from connectors.records.studio import StudioRef
from gateway.caching import CacheSettings, opened_cache
from tests.connectors.kept import Upstream, begun, long, minute
from tests.redis_server import RedisServer, redis_server

TAGGED = minute(tags=("thing:{key}",))


@pytest.fixture(scope="module")
def server() -> Iterator[RedisServer]:
    """A Redis of our own."""
    with redis_server() as running:
        yield running


@pytest.fixture
async def caches(server: RedisServer) -> AsyncIterator[tuple[Cache, Cache]]:
    """The caches of two gateways, over an empty Redis."""
    async with Redis.from_url(server.url) as client:
        await client.flushall()
    both = opened_cache(CacheSettings(redis_url=server.url)), opened_cache(CacheSettings(redis_url=server.url))
    yield both
    for cache in both:
        await cache.aclose()


class Pages(Upstream):
    """Answers pages of records."""

    async def load(self, keys: list[str]) -> dict[str, Page[StudioRef]]:
        """One of one row each, with how often was asked."""
        self.loads.append(keys)
        number = len(self.loads)
        return {
            key: Page(edges=(Row(cursor="c", node=StudioRef(key=key)),), has_next=False, total=number) for key in keys
        }


async def settled(cache: Cache) -> None:
    """Let everything under way come to its end."""
    while cache._flights._tasks:
        await begun()


async def test_records_go_from_one_gateway_to_another(caches: tuple[Cache, Cache], server: RedisServer) -> None:
    """The platform is asked once; Redis forgets by itself; nothing of a key can be read there."""
    upstream, (first, second) = Pages(), caches

    await first.read(upstream.reading(TAGGED), ["a", "b"], long())
    await settled(first)
    found = await second.read(upstream.reading(TAGGED), ["a", "b"], long())
    async with Redis.from_url(server.url) as client:
        names = await client.keys("*")
        times = [await client.pttl(name) for name in names]

    assert [found.values[key].nodes for key in "ab"] == [(StudioRef(key="a"),), (StudioRef(key="b"),)]
    assert upstream.loads == [["a", "b"]]
    assert all(0 < each <= 60_000 for each in times)
    assert not any(b"here" in name or b"thing" in name for name in names)


async def test_a_drop_reaches_another_gateway(caches: tuple[Cache, Cache]) -> None:
    """What one dropped the other does not find there."""
    upstream, (first, second) = Pages(), caches
    await first.read(upstream.reading(TAGGED), ["a", "b"], long())
    await settled(first)

    first.drop({"thing:a"})
    await settled(first)
    found = await second.read(upstream.reading(TAGGED), ["a", "b"], long())

    assert [found.values[key].total for key in "ab"] == [2, 1]


async def test_a_redis_that_hangs_costs_a_moment(caches: tuple[Cache, Cache], server: RedisServer) -> None:
    """The platform is asked, the failure counted, and the next reads do not even try."""
    upstream, (first, _) = Pages(), caches

    with server.hanging():
        found = [await first.read(upstream.reading(TAGGED), [key], long()) for key in "abc"]

    assert [len(each.values) for each in found] == [1, 1, 1]
    assert first.stats().shared_failures == 1


async def test_a_redis_that_is_not_there_costs_nothing(server: RedisServer) -> None:
    """Nothing listens at its address: reads go on."""
    del server  # its port is another
    cache, upstream = opened_cache(CacheSettings(redis_url="redis://127.0.0.1:1")), Pages()

    found = await cache.read(upstream.reading(TAGGED), ["a"], long())
    await cache.aclose()

    assert found.values["a"].total == 1
    assert cache.stats().shared_failures == 1
