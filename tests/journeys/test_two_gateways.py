"""Two gateways on one bus: what one writes the other does not go on telling as it was."""

import asyncio
import time

from tests.redis_server import redis_server
from tests.replying import desk_for, settled
from tests.stack import OpenGateway, Sandbox

REPLIES = "query ($id: ID!) { question(id: $id) { status replies { id } } }"
_PATIENCE_SECONDS = 10.0


async def test_what_one_writes_the_other_shows(sandbox: Sandbox, open_gateway: OpenGateway) -> None:
    """Though it had just read it, and would keep it for half a minute."""
    with redis_server() as redis:
        live = {"redis_url": redis.url}
        async with open_gateway(live=live) as one, open_gateway(live=live) as other:
            desk = await desk_for(sandbox, one)
            before = await other.query(REPLIES, {"id": desk.question}, desk.token)

            await desk.reply("已答复。")
            until, shown = time.monotonic() + _PATIENCE_SECONDS, before
            while shown == before and time.monotonic() < until:
                await asyncio.sleep(0.02)
                shown = await other.query(REPLIES, {"id": desk.question}, desk.token)
            await settled(one)

    assert before["data"]["question"]["status"] != "ANSWERED"
    assert shown["data"]["question"]["status"] == "ANSWERED"
    assert len(shown["data"]["question"]["replies"]) == len(before["data"]["question"]["replies"]) + 1
