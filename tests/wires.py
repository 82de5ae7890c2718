"""Live answers over real sockets: a gateway that listens, a WebSocket and an event stream to it, and things to hear of."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
import uvicorn
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from connectors.deadline import Deadline
from connectors.duty.sandbox.forum.agenda import key_of
from connectors.ports import StatementDesk
from connectors.records.statement import Statement, StatementDraft
from connectors.viewer import Ask, Role, Viewer
from gateway.http.patience import listening as patiently
from gateway.live.streams import Message
from gateway.live.transports.messages import SUBPROTOCOL
from gateway.live.transports.transports import Transports
from schema.identifiers import global_id
from tests.stack import Gateway, Sandbox, operation

LIVE = operation("13")
QUIET = {"poll_s": 0}
"""Nothing is looked for: what is told was published."""
BUSIEST = 5
PATIENCE = 20


@asynccontextmanager
async def listening(gateway: Gateway, stalled_s: float = 30) -> AsyncIterator[int]:
    """Serve a gateway that is open already as ``tongxin serve`` does; answers the port."""
    app: Any = gateway.client._transport.app  # type: ignore[attr-defined]  # httpx has no other word for it
    config = uvicorn.Config(
        app,
        port=0,
        lifespan="off",
        log_config=None,
        access_log=False,
        loop="none",
        **patiently(app.state.doors, stalled_s),
        ws=app.state.transports.websockets.protocol,
        timeout_graceful_shutdown=2,
    )
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - the server tells it in no other way
        await asyncio.sleep(0.01)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        await task


@dataclass
class Socket:
    """A client's end of a WebSocket, speaking JSON."""

    connection: ClientConnection

    async def say(self, kind: str, identifier: str | None = None, **more: Any) -> None:
        """Send a message."""
        given = {"type": kind} | ({} if identifier is None else {"id": identifier}) | more
        await self.connection.send(json.dumps(given))

    async def hear(self) -> dict[str, Any]:
        """The next message."""
        async with asyncio.timeout(PATIENCE):
            told: dict[str, Any] = json.loads(await self.connection.recv())
        return told

    async def closing(self) -> tuple[int, str]:
        """Code and reason it is closed with; what comes before is passed over."""
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    await self.connection.recv()
        except ConnectionClosed:
            return self.connection.close_code or 0, self.connection.close_reason or ""

    async def ready(self, **payload: Any) -> "Socket":
        """Introduce oneself."""
        await self.say("connection_init", payload=payload)
        assert await self.hear() == {"type": "connection_ack"}
        return self

    async def subscribe(self, identifier: str, query: str, variables: dict[str, Any] | None = None) -> None:
        """Begin an operation."""
        await self.say("subscribe", identifier, payload={"query": query, "variables": variables or {}})


@asynccontextmanager
async def socket_to(port: int, *protocols: str, **more: Any) -> AsyncIterator[Socket]:
    """Open a WebSocket; of our subprotocol unless told."""
    offered = [Subprotocol(name) for name in protocols or (SUBPROTOCOL,)]
    address = f"ws://127.0.0.1:{port}/graphql"
    async with connect(address, subprotocols=offered, compression=None, proxy=None, close_timeout=2, **more) as made:
        yield Socket(made)


@dataclass
class Events:
    """A reader of server-sent events."""

    response: httpx.Response
    lines: AsyncIterator[str]

    async def hear(self) -> dict[str, str]:
        """The next event's fields; comments stand under the empty name. Empty where the stream ended."""
        fields: dict[str, str] = {}
        async with asyncio.timeout(PATIENCE):
            async for line in self.lines:
                if not line:
                    return fields
                name, _, value = line.partition(":")
                fields[name] = value.removeprefix(" ")
        return fields

    async def next(self) -> dict[str, str]:
        """The next event that is one."""
        while True:
            fields = await self.hear()
            if not fields or "event" in fields:
                return fields


@asynccontextmanager
async def events_of(
    port: int, query: str, variables: dict[str, Any], token: str | None = None, **headers: str
) -> AsyncIterator[Events]:
    """POST an operation whose answers are to come as events."""
    asked = {"accept": "text/event-stream"} | ({"authorization": f"Bearer {token}"} if token else {}) | headers
    body = {"query": query, "variables": variables}
    address = f"http://127.0.0.1:{port}/graphql"
    async with (
        httpx.AsyncClient(trust_env=False, timeout=PATIENCE) as client,
        client.stream("POST", address, json=body, headers=asked) as response,
    ):
        yield Events(response, response.aiter_lines())


def room(sandbox: Sandbox) -> str:
    """The key of an open online deliberation."""
    return key_of(sandbox.world.committees[0], BUSIEST)


def in_room(sandbox: Sandbox) -> dict[str, Any]:
    """Variables of operation 13."""
    return {"deliberationId": global_id("Deliberation", room(sandbox))}


async def said(gateway: Gateway, sandbox: Sandbox, body: str) -> Statement:
    """Let a member say something in that room, and those who listen be told."""
    speaker = next(one for one in sandbox.world.members if one.committee == sandbox.world.committees[0])
    viewer = Viewer("p", roles=frozenset({Role.ANYONE, Role.MEMBER}), member_key=speaker.key)
    draft = StatementDraft(deliberation_key=room(sandbox), body=body)
    post = gateway.parts.engine.sources[StatementDesk.post_statement]
    posted: Statement = await post(draft, uuid4().hex, Ask(viewer, Deadline.after(PATIENCE)))
    gateway.parts.bus.publish(f"statements:{room(sandbox)}", posted.key)
    return posted


async def heard_of(gateway: Gateway, count: int) -> None:
    """Wait until so many listen."""
    async with asyncio.timeout(PATIENCE):
        while len(gateway.parts.subscriptions) != count:  # noqa: ASYNC110 - told in no other way
            await asyncio.sleep(0.005)


def transports_of(gateway: Gateway) -> Transports:
    """What the gateway's connections are kept by."""
    app: Any = gateway.client._transport.app  # type: ignore[attr-defined]  # httpx has no other word for it
    transports: Transports = app.state.transports
    return transports


async def flooded(gateway: Gateway) -> None:
    """Put large messages before the only one who listens, until too many wait."""
    subscriptions = gateway.parts.subscriptions
    [stream] = subscriptions._open
    message = Message("1-0", b'{"data":{"long":"%b"}}' % (b"x" * 500_000))
    while stream.put(message):  # noqa: ASYNC110 - the wire takes its part between two
        await asyncio.sleep(0)
    subscriptions._end(stream, "SLOW_READER")
