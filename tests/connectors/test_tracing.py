"""What platforms are told of a trace."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from connectors.deadline import Deadline
from connectors.tracing import CURRENT, Kind, Span, Trace
from connectors.transport import Call, Transport

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


@asynccontextmanager
async def peer(heads: list[str]) -> AsyncIterator[str]:
    """A platform that keeps what it was sent."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heads.append((await reader.readuntil(b"\r\n\r\n")).decode().lower())
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"


async def head_under(trace: Trace | Span | None, how: str) -> str:
    """What a platform is sent under that trace, by either way out."""
    heads: list[str] = []
    way = Transport("here")
    before = CURRENT.set(trace)
    try:
        async with peer(heads) as address:
            if how == "call":
                await way.call("read", Call("GET", address), Deadline.after(30))
            else:
                await way.send("read", httpx.Request("GET", address), Deadline.after(30))
    finally:
        CURRENT.reset(before)
        await way.aclose()
    return heads[0]


@pytest.mark.parametrize("how", ["call", "send"])
async def test_a_platform_is_told_where_that_is_set(how: str) -> None:
    """The span that asks, sampled, with the caller's state."""
    trace = Trace(TRACE, lambda _: None, hands_on=True, state="vendor=1")
    span = Span(trace, "POST", Kind.SERVER, None)

    head = await head_under(span, how)

    assert f"traceparent: 00-{TRACE}-{span.span_id:016x}-01\r\n" in head
    assert "tracestate: vendor=1\r\n" in head


@pytest.mark.parametrize("how", ["call", "send"])
async def test_a_platform_is_told_what_is_not_recorded(how: str) -> None:
    """Under the same trace, not sampled: its logs can be found by it all the same."""
    head = await head_under(Trace(TRACE, hands_on=True), how)

    assert f"traceparent: 00-{TRACE}-" in head
    assert "-00\r\n" in head


@pytest.mark.parametrize("how", ["call", "send"])
async def test_otherwise_it_is_told_nothing(how: str) -> None:
    """Neither recorded nor not, unless it is to be handed on."""
    recorded = Span(Trace(TRACE, lambda _: None), "POST", Kind.SERVER, None)

    for trace in (recorded, Trace(TRACE), None):
        assert "trace" not in await head_under(trace, how)
