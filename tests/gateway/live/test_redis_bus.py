"""Several gateways tell one another what happened, over a real Redis."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from uuid import uuid4

import pytest
from redis.asyncio import Redis

from connectors.refusals import RefusedError
from gateway.live.bus import Bus, MemoryBus
from gateway.live.log import Event
from gateway.live.redis_bus import STREAM, RedisBus
from tests.redis_server import RedisServer, redis_server

_PATIENCE_SECONDS = 20.0
_MANY = "for n = 1, 15000 do redis.call('xadd', KEYS[1], '*', 'topic', 'old', 'key', n) end"


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    """One for all tests here; each has topics of its own."""
    with redis_server() as server:
        yield server


@pytest.fixture
def topic() -> str:
    """A topic nobody used before."""
    return f"room:{uuid4().hex}"


class Gateways:
    """Opens buses as several gateways would."""

    def __init__(self, url: str, stack: AsyncExitStack) -> None:
        self._url = url
        self._stack = stack

    async def one(self, most: int = 100) -> tuple[RedisBus, "asyncio.Queue[Event]"]:
        """A bus, and what it tells."""
        bus, told = RedisBus(self._url, most, 300), asyncio.Queue[Event]()
        bus.on_event.append(told.put_nowait)
        await self._stack.enter_async_context(bus.running())
        return bus, told


@pytest.fixture
async def gateways(redis: RedisServer) -> AsyncIterator[Gateways]:
    """Closed in the end."""
    async with AsyncExitStack() as stack:
        yield Gateways(redis.url, stack)


async def keys_of(told: "asyncio.Queue[Event]", topic: str, count: int) -> list[str]:
    """The next keys of a topic."""
    found: list[str] = []
    async with asyncio.timeout(_PATIENCE_SECONDS):
        while len(found) < count:
            event = await told.get()
            found += [event.key] if event.topic == topic else []
    return found


async def test_what_one_publishes_all_hear_once_in_order(gateways: Gateways, topic: str) -> None:
    """The publisher too; a thousand at once."""
    (here, mine), (_, theirs) = await gateways.one(), await gateways.one()
    wanted = [str(number) for number in range(1000)]

    for key in wanted:
        here.publish(topic, key)

    assert await keys_of(mine, topic, 1000) == await keys_of(theirs, topic, 1000) == wanted
    assert mine.empty()
    assert theirs.empty()


async def test_another_gateway_resumes_what_one_told(gateways: Gateways, topic: str) -> None:
    """One that was started later knows what happened before, and where that ends."""
    here, mine = await gateways.one()
    for key in "abc":
        here.publish(topic, key)
    first = await mine.get()
    await keys_of(mine, topic, 2)

    late, theirs = await gateways.one()
    here.publish(topic, "d")
    await keys_of(theirs, topic, 1)

    assert [event.key for event in late.since(topic, first.id)] == ["b", "c", "d"]
    with pytest.raises(RefusedError):
        late.since(topic, "1-0")


async def test_what_happens_while_redis_hangs_is_told_afterwards(
    gateways: Gateways, redis: RedisServer, topic: str
) -> None:
    """Nothing is lost, nothing told twice."""
    here, mine = await gateways.one()
    here.publish(topic, "before")
    assert await keys_of(mine, topic, 1) == ["before"]

    with redis.hanging():
        here.publish(topic, "meanwhile")
        await asyncio.sleep(0.05)
        assert mine.empty()

    assert await keys_of(mine, topic, 1) == ["meanwhile"]


async def test_one_gateway_holds_a_lease(gateways: Gateways, topic: str) -> None:
    """It goes on as long as it asks; another has it once the time is over."""
    (here, _), (there, _) = await gateways.one(), await gateways.one()

    held = [await here.lease(topic, 60), await there.lease(topic, 60), await here.lease(topic, 0.05)]
    async with asyncio.timeout(_PATIENCE_SECONDS):
        while not await there.lease(topic, 60):  # noqa: ASYNC110 - nobody tells when Redis lets go of a key
            await asyncio.sleep(0.01)

    assert held == [True, False, True]
    assert not await here.lease(topic, 60)


async def test_the_stream_is_bounded(gateways: Gateways, redis: RedisServer, topic: str) -> None:
    """However much happens, Redis keeps the last ten thousand events or a few more."""
    async with Redis.from_url(redis.url) as client:
        await client.eval(_MANY, 1, STREAM)
        here, mine = await gateways.one(most=10)
        here.publish(topic, "last")
        assert await keys_of(mine, topic, 1) == ["last"]

        assert 10_000 <= await client.xlen(STREAM) < 12_000


@pytest.mark.parametrize("kind", ["memory", "redis"])
async def test_what_every_gateway_sees_for_itself_stays_here(gateways: Gateways, topic: str, kind: str) -> None:
    """It is told in this process, and can be resumed behind in it."""
    bus: Bus
    if kind == "redis":
        bus, _ = await gateways.one()
    else:
        bus = MemoryBus(10, 60)
    told: list[Event] = []
    bus.on_event.append(told.append)

    bus.publish_here(topic, "a")
    bus.publish_here(topic, "b")

    assert [event.key for event in told] == ["a", "b"]
    assert [event.key for event in bus.since(topic, told[0].id)] == ["b"]
