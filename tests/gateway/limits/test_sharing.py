"""What was used up, shared by several gateways over a real Redis that goes and comes back."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from prometheus_client import CollectorRegistry, generate_latest
from redis.asyncio import Redis
from structlog.testing import capture_logs

from connectors.viewer import Viewer
from gateway.limits.over_time import OverTimeSettings
from gateway.limits.rates import Rates, TooOftenError
from gateway.limits.sharing import SharedUse
from gateway.metrics.limited import Limited
from tests.gateway.limits.clocks import Clock
from tests.redis_server import RedisServer, redis_server

CALLER = Viewer(person_id="张三", client_id="c1")
OTHER = Viewer(person_id="李四", client_id="c2")


@dataclass
class Replica:
    """One gateway's part of it."""

    rates: Rates
    shared: SharedUse

    def passed(self, times: int, viewer: Viewer = CALLER) -> int:
        """How many of so many requests pass."""
        passed = 0
        for _ in range(times):
            try:
                self.rates.request(viewer)
            except TooOftenError:
                continue
            passed += 1
        return passed


@pytest.fixture(scope="module")
def own_redis() -> Iterator[RedisServer]:
    """A Redis that these tests may end."""
    with redis_server() as server:
        yield server


@pytest.fixture
async def redis(own_redis: RedisServer) -> RedisServer:
    """It runs, and is empty."""
    async with Redis.from_url(own_redis.url) as client:
        await client.flushall()
    return own_redis


@asynccontextmanager
async def replica(redis: RedisServer, **given: Any) -> AsyncIterator[Replica]:
    """A gateway that shares when the test says so; time stands still, but for Redis, where six seconds are a request."""
    limits: dict[str, Any] = {"client_per_minute": 10, "person_per_minute": 0, "share_ms": 60_000}
    settings = OverTimeSettings(redis_url=redis.url, **limits | given)
    rates = Rates(settings, Clock())
    shared = SharedUse(settings, rates)
    async with shared.running():
        yield Replica(rates, shared)


async def test_gateways_know_what_went_out_of_each(redis: RedisServer) -> None:
    """A caller who goes to both gets as much as one who goes to one, and others are not touched."""
    async with replica(redis) as one, replica(redis) as two:
        assert one.passed(6) == 6
        await one.shared.share()
        assert two.passed(3) == 3
        await two.shared.share()
        await one.shared.share()

        assert one.passed(10) == 4  # what two let through it learns with the next thing it has to tell
        await one.shared.share()
        assert two.passed(1) == 1  # as above
        await two.shared.share()
        assert two.passed(1) == 0
        assert two.passed(20, OTHER) == 10


async def test_nothing_of_a_person_stands_in_redis(redis: RedisServer) -> None:
    """Names are digests; what is full again is forgotten there, too."""
    async with replica(redis, person_per_minute=100) as one:
        one.passed(10)
        await one.shared.share()

        async with Redis.from_url(redis.url) as client:
            names = await client.keys()
            lifetimes = [await client.pttl(name) for name in names]

    assert len(names) == 2
    assert all(name.startswith(b"tongxin:used:") and name.isascii() and b"c1" not in name for name in names)
    assert all(0 < lifetime <= 60_000 for lifetime in lifetimes)


async def test_points_that_come_back_come_back_to_all(redis: RedisServer) -> None:
    """An operation reckoned high elsewhere holds nobody up once it was settled and told."""
    async with replica(redis, points_per_hour=1000) as one, replica(redis, points_per_hour=1000) as two:
        reserved = one.rates.reserve(CALLER, 900)
        await one.shared.share()
        assert reserved is not None
        reserved.settle(10)
        await one.shared.share()
        two.rates.reserve(CALLER, 10)
        await two.shared.share()

        told = two.rates.told(CALLER)

    assert told is not None
    assert '"points";r=98' in told[1]


async def test_without_redis_each_counts_for_itself_and_says_so_once(redis: RedisServer) -> None:
    """Nothing that was used up is forgotten, nothing waits for Redis, and it is shared again by itself."""
    async with replica(redis) as one, replica(redis) as two:
        one.passed(5)
        await one.shared.share()
        redis.stop()
        with capture_logs() as away:
            one.passed(1)
            for _ in range(3):
                await one.shared.share()
            left_without = one.passed(4)
        assert one.passed(1) == 0
        redis.start()  # and it has forgotten everything
        with capture_logs() as back:
            for _ in range(2):
                await one.shared.share()
        two.passed(1)
        await two.shared.share()

        assert left_without == 4
        assert [(line["event"], line["log_level"]) for line in away] == [
            ("limits are counted by this gateway alone: Redis is away", "warning")
        ]
        assert [line["event"] for line in back] == ["limits are shared again"]
        assert one.shared.ok is True
        assert one.shared.failures == 3
        assert two.passed(1) == 0


async def test_a_redis_that_hangs_holds_up_no_request(redis: RedisServer) -> None:
    """Who shares gives up after a while; who asks is answered from memory all the time."""
    async with replica(redis, redis_timeout_ms=50) as one:
        one.passed(1)
        await one.shared.share()
        with redis.hanging():
            one.passed(1)
            await one.shared.share()
            assert one.shared.ok is False
            assert one.passed(10) == 8
        await one.shared.share()

        assert one.shared.ok is True


async def test_metrics_tell_whether_it_is_shared(redis: RedisServer) -> None:
    """And how many were refused, by what and by whom; without a Redis the two about sharing are not there."""
    registry, alone = CollectorRegistry(), CollectorRegistry()
    settings = OverTimeSettings(client_per_minute=5)
    alone.register(Limited(Rates(settings), SharedUse(settings, Rates(settings))))
    async with replica(redis, client_per_minute=5) as one:
        registry.register(Limited(one.rates, one.shared))
        one.passed(7)
        before = generate_latest(registry).decode()
        await one.shared.share()
        after = generate_latest(registry).decode()

    assert 'tongxin_limited_total{by="client",kind="request"} 2.0' in before
    assert "tongxin_limits_shared 0.0" in before
    assert "tongxin_limits_shared 1.0" in after
    assert "tongxin_limits_buckets 1.0" in after
    assert "shared" not in generate_latest(alone).decode()
