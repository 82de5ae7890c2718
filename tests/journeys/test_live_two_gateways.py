"""Two gateways behind one address share a Redis: who listens at either hears everything once."""

from collections.abc import Iterator

import pytest

from gateway.live.streams import Stream
from schema.identifiers import global_id
from tests.journeys.test_deliberation_live_core import LIVE, room, said, variables
from tests.listening import data_of, next_of, opened, stream_of
from tests.redis_server import RedisServer, redis_server
from tests.stack import OpenGateway, Sandbox, desk_at


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    """One for all tests here."""
    with redis_server() as server:
        yield server


async def test_either_tells_what_one_of_them_found(
    sandbox: Sandbox, open_gateway: OpenGateway, redis: RedisServer
) -> None:
    """Found by looking, which one of them does for both, and told by an act of the other: nothing comes twice."""
    live = {"redis_url": redis.url, "poll_s": 0.02}
    async with open_gateway(live=live) as here, open_gateway(live=live) as there:
        desk = await desk_at(sandbox, here)
        token = await desk.token("citizen-0001")
        streams = [await stream_of(gateway, LIVE, variables(sandbox), token) for gateway in (here, there)]

        keys = []
        for number in range(5):
            statement = await said(here, sandbox, f"第 {number} 条")
            there.parts.bus.publish(f"statements:{room(sandbox)}", statement.key)
            keys.append(global_id("Statement", statement.key))
        heard = [await next_of(stream, 5) for stream in streams]

        assert [[data_of(message)["id"] for message in messages] for messages in heard] == [keys, keys]
        for stream in streams:
            stream.close()


async def test_a_reader_goes_on_at_the_other(sandbox: Sandbox, open_gateway: OpenGateway, redis: RedisServer) -> None:
    """A gateway is stopped; its reader resumes at the other behind the last message, and misses nothing."""
    live = {"redis_url": redis.url, "poll_s": 0}
    async with open_gateway(live=live) as there:
        token = await (await desk_at(sandbox, there)).token("citizen-0001")
        async with open_gateway(live=live) as here:
            stream = await stream_of(here, LIVE, variables(sandbox), token)
            first = await said(here, sandbox, "停机之前")
            here.parts.bus.publish(f"statements:{room(sandbox)}", first.key)
            [last] = await next_of(stream)
        assert stream.end is not None
        assert stream.end.code == "GATEWAY_STOPPING"
        second = await said(there, sandbox, "停机之后")
        there.parts.bus.publish(f"statements:{room(sandbox)}", second.key)

        again = await opened(there, LIVE, variables(sandbox), token, behind=last.id)
        assert isinstance(again, Stream)
        [message] = await next_of(again)

        assert data_of(message)["id"] == global_id("Statement", second.key)
        again.close()
