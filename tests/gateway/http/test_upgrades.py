"""Offers of another protocol, over a real socket."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from starlette.types import Receive, Scope, Send

from connectors.sandbox.server import serving
from gateway.http.upgrades import PlainProtocol, without_offers

JAVA = (
    b"POST /oauth/token HTTP/1.1\r\nConnection: Upgrade, HTTP2-Settings\r\nContent-Length: 5\r\nHost: gateway\r\n"
    b"HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA\r\nUpgrade: h2c\r\n\r\n"
)


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer the body."""
    body, more = b"", True
    while more and scope["type"] == "http":
        message = await receive()
        body, more = body + message.get("body", b""), message.get("more_body", False)
    headers = [(b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


@asynccontextmanager
async def connection() -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A bare connection to a server as the gateway starts it."""
    async with serving([(echo, 0)], http=PlainProtocol) as (port,):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        yield reader, writer
        writer.close()


async def answered(reader: asyncio.StreamReader) -> bytes:
    """The body of one answer."""
    head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)
    length = next(line.split(b":")[1] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    return await asyncio.wait_for(reader.readexactly(int(length)), 10)


@pytest.mark.parametrize("cut", [len(JAVA), len(JAVA) + 2])
async def test_a_body_behind_an_offer_of_http2_arrives(cut: int) -> None:
    """As Java's client sends it, and goes on on the same connection."""
    whole = JAVA + b"hello"
    async with connection() as (reader, writer):
        writer.write(whole[:cut])
        await asyncio.sleep(0.05)
        writer.write(whole[cut:])
        first = await answered(reader)
        writer.write(JAVA + b"again")
        second = await answered(reader)

    assert [first, second] == [b"hello", b"again"]


async def test_what_looks_like_an_offer_in_a_body_stays() -> None:
    """A body is not shortened: its end would take the beginning of the next request along."""
    body = json.dumps({"a": 1}).encode() + b"\r\nGET / HTTP/1.1\r\nUpgrade: h2c\r\n\r\n"
    head = b"POST / HTTP/1.1\r\nHost: gateway\r\nContent-Length: %d\r\n\r\n" % len(body)
    async with connection() as (reader, writer):
        writer.write(head)
        await asyncio.sleep(0.05)
        writer.write(body)
        answer = await answered(reader)

    assert answer == body


@pytest.mark.parametrize(
    ("sent", "left"),
    [
        (b"GET / HTTP/1.1\r\nUpgrade: h2c\r\nHost: a\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
        (b"GET / HTTP/1.1\r\nHost: a\r\nupgrade:TLS/1.0\r\n\r\nx", b"GET / HTTP/1.1\r\nHost: a\r\n\r\nx"),
        (b"GET / HTTP/1.1\r\nUpgrade: WebSocket\r\n\r\n", b"GET / HTTP/1.1\r\nUpgrade: WebSocket\r\n\r\n"),
        (b"GET / HTTP/1.1\r\nX-Upgrade: h2c\r\n\r\n", b"GET / HTTP/1.1\r\nX-Upgrade: h2c\r\n\r\n"),
        (b"GET / HTTP/1.1\r\nUpgrade: h2c\r\n", b"GET / HTTP/1.1\r\nUpgrade: h2c\r\n"),
    ],
)
def test_only_offers_of_other_protocols_than_websocket_go(sent: bytes, left: bytes) -> None:
    """And only out of a whole head."""
    assert without_offers(sent) == left
