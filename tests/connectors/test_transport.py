"""One call over real sockets, by the pool and by httpx: what comes back, and every way in which it can go wrong."""

import asyncio
import gzip
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from email.utils import formatdate
from pathlib import Path

import httpx
import msgspec
import pytest

from connectors.deadline import Deadline
from connectors.errors import PlatformError, RejectedInputError, TooSlowError, UnexpectedAnswerError, UnreachableError
from connectors.http1.dialing import Resolver
from connectors.http1.hosts import Bounds
from connectors.probing import PROBE_AGENT, probing
from connectors.transport import MAX_ANSWER_BYTES, Answer, Call, Transport, never_sent
from tests.connectors.http1.certificates import Authority
from tests.connectors.http1.peers import answering, serving

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


Sent = Callable[..., Awaitable[Answer]]


@pytest.fixture
async def transport() -> AsyncIterator[Transport]:
    """The way to one platform."""
    way = Transport("here")
    yield way
    await way.aclose()


@pytest.fixture(params=["call", "send", "call by a client handed in"])
async def get(request: pytest.FixtureRequest, transport: Transport) -> AsyncIterator[Sent]:
    """Reads an address, each way there is."""
    client = httpx.AsyncClient(trust_env=False, timeout=None)  # noqa: S113 - the deadline bounds it
    handed = Transport("here", client=client)

    async def got(address: str, seconds: float = 30.0) -> Answer:
        deadline = Deadline.after(seconds)
        if request.param == "send":
            return await transport.send("things", httpx.Request("GET", address), deadline)
        way = transport if request.param == "call" else handed
        return await way.call("things", Call("GET", address, idempotent=True), deadline)

    yield got
    await handed.aclose()


@pytest.fixture
def sent(get: Sent) -> Sent:
    """Sends one request to such a peer."""

    async def asked(talk: Talk, seconds: float = 30.0) -> Answer:
        async with peer(talk) as address:
            return await get(address, seconds)

    return asked


async def test_an_answer_is_read_whole(sent: Sent) -> None:
    """Status, lower-case header names and the body; the caller decides what a 404 means."""
    words = b'HTTP/1.1 404 Not Found\r\nX-Odd: Yes\r\nContent-Length: 8\r\n\r\n{"a": 1}'

    answer = await sent(saying(words))

    assert (answer.status, answer.headers["x-odd"], answer.json()) == (404, "Yes", {"a": 1})
    assert (answer.platform, answer.operation) == ("here", "things")
    assert "{" not in repr(answer)


async def test_gzip_is_undone(sent: Sent) -> None:
    """A compressed body arrives as it was."""
    body = gzip.compress(b'{"a": "' + b"x" * 1000 + b'"}')
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(body)}\r\n\r\n".encode()

    answer = await sent(saying(head + body))

    assert answer.json() == {"a": "x" * 1000}


async def test_a_redirect_is_not_followed(sent: Sent) -> None:
    """A platform that points elsewhere does not make the gateway go there."""
    words = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"

    assert (await sent(saying(words))).status == 302


async def test_the_environments_proxy_is_not_used(monkeypatch: pytest.MonkeyPatch, sent: Sent) -> None:
    """Where calls go is a setting, not a variable somebody left behind."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")

    answer = await sent(saying(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"))

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
async def test_a_deadline_bounds_the_whole_call(talk: Talk, sent: Sent) -> None:
    """A peer that says nothing, or a little every now and then, is too slow."""
    with pytest.raises(TooSlowError):
        await sent(talk, seconds=0.2)


async def test_a_deadline_that_has_passed(sent: Sent) -> None:
    """With no time left nothing is waited for."""
    with pytest.raises(TooSlowError):
        await sent(saying(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), seconds=0)


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
async def test_a_broken_answer_has_its_error(how: str, sent: Sent) -> None:
    """One that breaks off is unreachable, one that is nonsense unexpected; neither tells where it was."""
    talk, kind = BROKEN[how]

    with pytest.raises(PlatformError) as raised:
        await sent(talk)

    assert type(raised.value) is kind
    assert (raised.value.platform, raised.value.operation, raised.value.retryable) == ("here", "things", True)
    assert "127.0.0.1" not in f"{raised.value} {raised.value.detail}"


async def test_nobody_listens(get: Sent) -> None:
    """A refused connection is an unreachable platform."""
    with socket.create_server(("127.0.0.1", 0)) as once:
        port = once.getsockname()[1]

    with pytest.raises(UnreachableError) as raised:
        await get(f"http://127.0.0.1:{port}/")
    assert never_sent(raised.value)


async def gone(_: str) -> Sequence[str]:
    """Know no name."""
    raise OSError


async def hanging(_: str) -> Sequence[str]:
    """Look a name up for ever."""
    await asyncio.Event().wait()
    return ()


@pytest.mark.parametrize(("resolver", "kind"), [(gone, UnreachableError), (hanging, TooSlowError)])
async def test_without_names_nothing_is_sent(resolver: Resolver, kind: type[PlatformError]) -> None:
    """A write that never left has surely not happened."""
    transport = Transport("here", bounds=Bounds(connect_timeout=0.1), resolver=resolver)

    with pytest.raises(kind) as raised:
        await transport.call("things", Call("POST", "http://platform.example/", {}, b"{}"), Deadline.after(30))

    assert never_sent(raised.value)
    assert "example" not in f"{raised.value}"
    await transport.aclose()


async def test_a_lost_write_may_have_happened(transport: Transport) -> None:
    """It went out, and nobody said what became of it."""
    async with peer(saying(b"")) as address:
        with pytest.raises(UnreachableError) as raised:
            await transport.call("things", Call("POST", address, {}, b"{}"), Deadline.after(30))

    assert not never_sent(raised.value)


async def test_what_cannot_be_sent_is_refused_here(transport: Transport) -> None:
    """A line break in a header or an address is no second request, and no illness of the platform."""
    for call in (
        Call("GET", "http://127.0.0.1:1/", {"Authorization": "Bearer x\r\nHost: y"}),
        Call("GET", "http://127.0.0.1:1/ HTTP/1.1\r\n\r\nGET /"),
    ):
        with pytest.raises(RejectedInputError) as raised:
            await transport.call("things", call, Deadline.after(30))

        assert (raised.value.illness, raised.value.detail) == (False, "value cannot be sent")


QUERIES = ["", "?a=b%20c&d=%E5%BC%A0'()*!~", "?a=b+c&a=&d=e%2Ff"]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("body", [None, b"", b'{"a": 1}'])
async def test_both_ways_send_the_same_bytes(query: str, body: bytes | None, transport: Transport) -> None:
    """Line, headers and body, so that a signature holds whichever way is taken; only the headers' order may differ."""
    headers = {"apiKey": "k-1", "X-BG-DATE-TIME": "Tue, 04 Mar 2025 02:03:04 GMT", "Content-Type": "application/json"}
    deadline = Deadline.after(30)
    async with serving(answering) as server:
        address = f"{server.address}a/b{query}"
        for method in ("GET", "POST") if body is None else ("POST",):
            await transport.call("things", Call(method, address, headers, body), deadline)
            request = httpx.Request(method, address, headers=headers, content=body)
            await transport.send("things", request, deadline)

            ours, theirs = (each.partition(b"\r\n\r\n") for each in server.asked[-2:])
            assert (sorted(ours[0].split(b"\r\n")), ours[2]) == (sorted(theirs[0].split(b"\r\n")), theirs[2])


async def test_a_probe_names_itself(transport: Transport) -> None:
    """By the pool too."""
    async with serving(answering) as server:
        with probing():
            await transport.call("things", Call("GET", server.address), Deadline.after(30))
        await transport.call("things", Call("GET", server.address), Deadline.after(30))

    assert [PROBE_AGENT.encode() in each for each in server.asked] == [True, False]


async def test_an_answers_date_sets_the_clock(transport: Transport) -> None:
    """Whichever way it came."""
    deadline = Deadline.after(30)
    for ahead, way in ((500, "call"), (900, "send")):
        date = formatdate(time.time() + ahead, usegmt=True)
        words = f"HTTP/1.1 200 OK\r\nDate: {date}\r\nContent-Length: 0\r\n\r\n".encode()
        async with peer(saying(words)) as address:
            if way == "call":
                await transport.call("things", Call("GET", address), deadline)
            else:
                await transport.send("things", httpx.Request("GET", address), deadline)

        assert transport.clock.difference == pytest.approx(ahead, abs=3)


async def test_connections_are_counted_at_the_meter(transport: Transport) -> None:
    """Where metrics find them."""
    async with peer(saying(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) as address:
        await transport.call("things", Call("GET", address), Deadline.after(30))

    assert transport.meter.connections.opened == 1


async def test_a_custom_authority_is_trusted_beside_the_public_ones(tmp_path: Path) -> None:
    """By both ways out."""
    authority = Authority(tmp_path)
    trusting, doubting = Transport("here", ca_file=str(authority.file)), Transport("here")
    async with serving(answering, tls=authority.context("127.0.0.1")) as server:
        address = server.address
        deadline = Deadline.after(30)
        assert (await trusting.call("things", Call("GET", address), deadline)).body == b"ok"
        assert (await trusting.send("things", httpx.Request("GET", address), deadline)).body == b"ok"
        with pytest.raises(UnreachableError) as called:
            await doubting.call("things", Call("GET", address), deadline)
        with pytest.raises(UnreachableError) as sent:
            await doubting.send("things", httpx.Request("GET", address), deadline)
        for way in (trusting, doubting):
            await way.aclose()

    assert never_sent(called.value)
    assert never_sent(sent.value)
    assert len(trusting._tls().get_ca_certs()) > 10


def test_a_call_is_shown_without_what_it_holds() -> None:
    """An address may name a person, a header a secret."""
    assert repr(Call("GET", "http://h/?id=1", {"a": "b"})) == "Call(GET)"


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
