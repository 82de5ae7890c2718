"""The picture as events: at once, when something changed, and as long as one may look."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.types import Message

from connectors.sandbox.faults import FaultKind
from tests.operators import operator_at
from tests.stack import Gateway, Sandbox, SignInDesk


class Listener:
    """Reads the stream as a browser does; httpx would wait for its end."""

    def __init__(self) -> None:
        self.status = 0
        self.pictures: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.over = asyncio.Event()

    async def send(self, message: Message) -> None:
        """What the gateway sends."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
        elif message.get("body"):
            name, _, data = message["body"].decode().strip().partition("\ndata: ")
            assert name == "event: picture"
            self.pictures.put_nowait(json.loads(data))

    async def receive(self) -> Message:
        """What the browser says: nothing, until it leaves."""
        await self.over.wait()
        return {"type": "http.disconnect"}

    async def next(self) -> dict[str, Any]:
        """The next picture."""
        return await asyncio.wait_for(self.pictures.get(), 5)


@asynccontextmanager
async def listening(gateway: Gateway) -> AsyncIterator[Listener]:
    """Listen at ``/ops/events`` of a gateway, with its client's cookies."""
    listener = Listener()
    cookie = "; ".join(f"{name}={value}" for name, value in gateway.client.cookies.items())
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "path": "/ops/events",
        "query_string": b"",
        "headers": [(b"cookie", cookie.encode()), (b"host", b"gateway")],
        "client": ("127.0.0.1", 1),
        "server": ("gateway", 80),
        "scheme": "http",
    }
    app: Any = gateway.client._transport.app  # type: ignore[attr-defined]  # the gateway behind the client
    task = asyncio.create_task(app(scope, listener.receive, listener.send))
    yield listener
    listener.over.set()
    await asyncio.wait_for(task, 5)


async def test_a_change_is_told_to_who_listens(gateway: Gateway, desk: SignInDesk, sandbox: Sandbox) -> None:
    """The first picture comes at once, the next with what happened."""
    await operator_at(desk)
    watch = next(one for one in gateway.parts.watches.all if one.platform == "duty")

    async with listening(gateway) as listener:
        first = await listener.next()
        sandbox.break_("duty", FaultKind.HTTP500)
        await watch.probe(5)
        gateway.parts.station.look()
        told = await listener.next()
        while told["headline"]["level"] == "ok":
            told = await listener.next()

    assert listener.status == 200
    assert first["headline"]["level"] == "ok"
    assert "5xx" in told["headline"]["en"]


async def test_who_drains_sends_its_listeners_elsewhere(gateway: Gateway, desk: SignInDesk) -> None:
    """The stream ends, and a browser comes again by itself; readiness says no meanwhile."""
    await operator_at(desk)

    async with listening(gateway) as listener:
        await listener.next()
        gateway.parts.process.draining = True
        ready = await gateway.client.get("/health/ready")

    assert ready.status_code == 503
