"""One call over real sockets: what comes back, and what becomes of every way in which it can go wrong."""

import asyncio
import gzip
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import httpx
import msgspec
import pytest

from connectors.deadline import Deadline
from connectors.errors import PlatformError, TooSlowError, UnexpectedAnswerError, UnreachableError
from connectors.transport import MAX_ANSWER_BYTES, Answer, Transport

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def peer(talk: Talk) -> AsyncIterator[str]:
    """A server that reads one request and then talks as it is told; gives its address."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            await talk(reader, writer)
        finally:
            writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    finally:
        server.close()


def saying(words: bytes) -> Talk:
    """Says these bytes and closes."""

    async def talk(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(words)
        await writer.drain()

    return talk


@pytest.fixture
async def transport() -> AsyncIterator[Transport]:
    """The way to one platform."""
    way = Transport("here")
    yield way
    await way.aclose()


async def sent(transport: Transport, talk: Talk, seconds: float = 30.0) -> Answer:
    """Send one request to such a peer."""
    async with peer(talk) as address:
        return await transport.send("things", httpx.Request("GET", address), Deadline.after(seconds))


async def test_an_answer_is_read_whole(transport: Transport) -> None:
    """Status, lower-case header names and the body; the caller decides what a 404 means."""
    words = b'HTTP/1.1 404 Not Found\r\nX-Odd: Yes\r\nContent-Length: 8\r\n\r\n{"a": 1}'

    answer = await sent(transport, saying(words))

    assert (answer.status, answer.headers["x-odd"], answer.json()) == (404, "Yes", {"a": 1})
    assert (answer.platform, answer.operation) == ("here", "things")
    assert "{" not in repr(answer)


async def test_gzip_is_undone(transport: Transport) -> None:
    """A compressed body arrives as it was."""
    body = gzip.compress(b'{"a": "' + b"x" * 1000 + b'"}')
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(body)}\r\n\r\n".encode()

    answer = await sent(transport, saying(head + body))

    assert answer.json() == {"a": "x" * 1000}


async def test_a_redirect_is_not_followed(transport: Transport) -> None:
    """A platform that points elsewhere does not make the gateway go there."""
    words = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"

    assert (await sent(transport, saying(words))).status == 302


async def test_the_environments_proxy_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where calls go is a setting, not a variable somebody left behind."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")

    fresh = Transport("here")
    answer = await sent(fresh, saying(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"))
    await fresh.aclose()

    assert answer.body == b"ok"


async def silent(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    """Say nothing until the caller leaves."""
    await reader.read()


async def dripping(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Promise a body and never end it."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    while not reader.at_eof():
        writer.write(b"x")
        await asyncio.sleep(0.02)


@pytest.mark.parametrize("talk", [silent, dripping])
async def test_a_deadline_bounds_the_whole_call(talk: Talk, transport: Transport) -> None:
    """A peer that says nothing, or a little every now and then, is too slow."""
    with pytest.raises(TooSlowError):
        await sent(transport, talk, seconds=0.2)


async def test_a_deadline_that_has_passed(transport: Transport) -> None:
    """With no time left nothing is waited for."""
    with pytest.raises(TooSlowError):
        await sent(transport, saying(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), seconds=0)


async def aborting(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Reset the connection."""
    writer.transport.abort()


BOMB = gzip.compress(b"0" * (MAX_ANSWER_BYTES + 1))
BROKEN: dict[str, tuple[Talk, type[PlatformError]]] = {
    "no answer": (saying(b""), UnreachableError),
    "reset": (aborting, UnreachableError),
    "cut in its head": (saying(b"HTTP/1.1 200 OK\r\nContent-Le"), UnreachableError),
    "cut in its body": (saying(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"), UnreachableError),
    "cut in a chunk": (
        saying(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhalf"),
        UnreachableError,
    ),
    "no HTTP": (saying(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"), UnexpectedAnswerError),
    "a length that is none": (saying(b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nx"), UnexpectedAnswerError),
    "not the encoding it says": (
        saying(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope"),
        UnexpectedAnswerError,
    ),
    "too large": (
        saying(f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(BOMB)}\r\n\r\n".encode() + BOMB),
        UnexpectedAnswerError,
    ),
    "500": (saying(b"HTTP/1.1 500 Oops\r\nContent-Length: 2\r\n\r\nno"), UnexpectedAnswerError),
    "503": (saying(b"HTTP/1.1 503 Later\r\nContent-Length: 2\r\n\r\nno"), UnexpectedAnswerError),
}


@pytest.mark.parametrize("how", BROKEN)
async def test_a_broken_answer_has_its_error(how: str, transport: Transport) -> None:
    """One that breaks off is unreachable, one that is nonsense unexpected; neither tells where it was."""
    talk, kind = BROKEN[how]

    with pytest.raises(PlatformError) as raised:
        await sent(transport, talk)

    assert type(raised.value) is kind
    assert (raised.value.platform, raised.value.operation, raised.value.retryable) == ("here", "things", True)
    assert "127.0.0.1" not in f"{raised.value} {raised.value.detail}"


async def test_nobody_listens(transport: Transport) -> None:
    """A refused connection is an unreachable platform."""
    with socket.create_server(("127.0.0.1", 0)) as once:
        port = once.getsockname()[1]

    with pytest.raises(UnreachableError):
        await transport.send("things", httpx.Request("GET", f"http://127.0.0.1:{port}/"), Deadline.after(30))


class Thing(msgspec.Struct):
    """A shape to read."""

    size: int


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"<html>", b'{"size": 1', b'{"size": "x"}', b"[" * 100_000])
def test_a_body_that_is_not_the_form(body: bytes) -> None:
    """Bytes, HTML, cut or deeply nested JSON: unexpected, and the error shows nothing of it."""
    answer = Answer("here", "things", 200, {}, body)

    with pytest.raises(UnexpectedAnswerError) as raised:
        answer.decoded(Thing)

    assert raised.value.detail == "HTTP 200, not the form"


def test_a_number_in_quotes_is_a_number() -> None:
    """Platforms send ``"7200"`` where they mean 7200."""
    assert Answer("here", "things", 200, {}, b'{"size": "7200"}').decoded(Thing) == Thing(7200)
