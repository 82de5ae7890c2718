"""What only a real socket shows: bodies that come slowly, without end or not at all, and callers that hang up."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from connectors.sandbox.server import serving
from gateway.execution.operation import Caller, GraphQLRequest, Outcome
from gateway.http.upgrades import PlainProtocol

HEAD = b"POST /graphql HTTP/1.1\r\nhost: edge\r\ncontent-type: application/json\r\n"
HELLO = json.dumps({"query": "{ hello }"}).encode()


@asynccontextmanager
async def connection(app: Any) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A bare connection to the app, served."""
    async with serving([(app, 0)], http=PlainProtocol) as (port,):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            yield reader, writer
        finally:
            writer.close()


async def answered(reader: asyncio.StreamReader) -> tuple[int, str, str]:
    """Status, head and body of everything up to the end of the connection."""
    text = (await asyncio.wait_for(reader.read(), 30)).decode()
    head, _, body = text.partition("\r\n\r\n")
    return int(head.split()[1]), head, body


async def sends_on(writer: asyncio.StreamWriter, piece: bytes, pause: float) -> None:
    """Send for ever."""
    while True:
        await asyncio.sleep(pause)
        writer.write(piece)
        await writer.drain()


class Endless:
    """An executor that never comes to an end, and tells how it was left."""

    def __init__(self) -> None:
        self.started = asyncio.Event()
        self.cancelled = asyncio.Event()

    async def __call__(self, _request: GraphQLRequest, _caller: Caller) -> Outcome:
        """Run for ever."""
        self.started.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.cancelled.set()
        return Outcome(executed=True)


@pytest.fixture
async def endless() -> Endless:
    """An executor without end."""
    return Endless()


async def test_a_slow_body_is_given_up(edge: Callable[..., Any]) -> None:
    """A body that trickles is refused by the clock, not by its pauses, and the connection ends."""
    async with connection(edge(body_timeout_ms=200)) as (reader, writer):
        writer.write(HEAD + b"content-length: 100000\r\n\r\n")
        answer = asyncio.create_task(answered(reader))
        while not answer.done():
            writer.write(b" ")
            await asyncio.sleep(0.02)
        status, head, body = await answer

    assert status == 408
    assert "connection: close" in head.lower()
    assert '"code":"BODY_TOO_SLOW"' in body
    assert '"retryable":true' in body


async def test_a_chunked_body_is_measured_as_it_comes(edge: Callable[..., Any]) -> None:
    """Without a length, what came counts; the refusal reaches a caller that was still sending."""

    async def endlessly() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b" " * 10_000

    app = edge(max_body_bytes=50_000)
    async with serving([(app, 0)], http=PlainProtocol) as (port,), httpx.AsyncClient() as client:
        headers = {"content-type": "application/json"}
        response = await client.post(f"http://127.0.0.1:{port}/graphql", content=endlessly(), headers=headers)

    assert response.status_code == 413
    assert response.json()["errors"][0]["extensions"]["most"] == 50_000


async def test_an_announced_length_is_refused_before_it_is_sent(edge: Callable[..., Any]) -> None:
    """Who waits to be told to go on is told not to."""
    async with connection(edge()) as (reader, writer):
        writer.write(HEAD + b"content-length: 99999999\r\nexpect: 100-continue\r\n\r\n")
        status, _, body = await answered(reader)

    assert status == 413
    assert "BODY_TOO_LARGE" in body


async def test_a_body_in_small_pieces_is_one_body(edge: Callable[..., Any]) -> None:
    """How a body is cut on its way does not matter."""
    async with connection(edge()) as (reader, writer):
        writer.write(HEAD + b"connection: close\r\ntransfer-encoding: chunked\r\n\r\n")
        for at in range(0, len(HELLO), 5):
            piece = HELLO[at : at + 5]
            writer.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            await writer.drain()
        writer.write(b"0\r\n\r\n")
        status, _, body = await answered(reader)

    assert (status, json.loads(body)) == (200, {"data": {"hello": "hello all "}})


async def test_one_connection_carries_many_requests(edge: Callable[..., Any]) -> None:
    """Listening for a hang-up takes nothing of the next request, even of one sent ahead."""
    request = b"content-length: %d\r\n" % len(HELLO)

    async with connection(edge()) as (reader, writer):
        writer.write(HEAD + request + b"\r\n" + HELLO)
        writer.write(HEAD + request + b"connection: close\r\n\r\n" + HELLO)
        text = (await asyncio.wait_for(reader.read(), 30)).decode()

    assert text.count("HTTP/1.1 200") == text.count('{"data":{"hello":"hello all "}}') == 2


async def test_a_caller_that_hangs_up_ends_the_run(edge: Callable[..., Any], endless: Endless) -> None:
    """Nobody works on for a caller that is gone."""
    async with connection(edge(endless, request_timeout_ms=60_000)) as (_, writer):
        writer.write(HEAD + b"content-length: %d\r\n\r\n" % len(HELLO) + HELLO)
        await asyncio.wait_for(endless.started.wait(), 30)
        writer.close()

        await asyncio.wait_for(endless.cancelled.wait(), 30)


async def test_a_caller_that_hangs_up_midway_is_nobodys_error(edge: Callable[..., Any], endless: Endless) -> None:
    """A body that breaks off runs nothing, and the server goes on."""
    async with serving([(edge(endless), 0)], http=PlainProtocol) as (port,):
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(HEAD + b"content-length: 1000\r\n\r\n" + HELLO)
        await writer.drain()
        writer.close()
        async with httpx.AsyncClient() as client:
            response = await client.get(f"http://127.0.0.1:{port}/graphql")

    assert response.status_code == 400
    assert not endless.started.is_set()


async def test_a_run_without_end_is_answered_for(edge: Callable[..., Any], endless: Endless) -> None:
    """When the executor overruns its deadline and the grace, the edge answers in its place and ends it."""
    app = edge(endless, request_timeout_ms=100, grace_ms=50)

    async with serving([(app, 0)], http=PlainProtocol) as (port,), httpx.AsyncClient() as client:
        response = await client.post(f"http://127.0.0.1:{port}/graphql", json={"query": "{ hello }"})

    assert response.status_code == 504
    assert response.json()["errors"][0]["extensions"]["code"] == "DEADLINE_EXCEEDED"
    assert endless.cancelled.is_set()


async def test_an_answer_outlives_what_is_still_sent(edge: Callable[..., Any]) -> None:
    """The answer comes first, then the end: who sends on meanwhile is not reset, and what follows is not run."""
    async with connection(edge(max_body_bytes=50_000)) as (reader, writer):
        writer.write(HEAD + b"content-length: 400000\r\n\r\n")
        text = await asyncio.wait_for(reader.read(), 30)  # the end of what is sent to us, while we may still send
        writer.write(b" " * 400_000 + HEAD + b"content-length: %d\r\n\r\n" % len(HELLO) + HELLO)
        await writer.drain()
        rest = await asyncio.wait_for(reader.read(), 30)

    assert text.startswith(b"HTTP/1.1 413")
    assert text.count(b"HTTP/1.1") == 1
    assert rest == b""


async def test_who_never_stops_is_cut_off(edge: Callable[..., Any]) -> None:
    """After so many bytes the connection ends for good."""
    async with connection(edge(max_body_bytes=50_000)) as (reader, writer):
        writer.write(HEAD + b"content-length: 40000000\r\n\r\n")
        await asyncio.wait_for(reader.read(), 30)

        with pytest.raises(ConnectionError):
            await sends_on(writer, b" " * 40_000, 0)


async def test_who_is_silent_is_cut_off(edge: Callable[..., Any]) -> None:
    """After a while too: nothing of the connection is left at the server."""
    async with connection(edge(max_body_bytes=50_000)) as (reader, writer):
        writer.write(HEAD + b"content-length: 40000000\r\n\r\n")
        await asyncio.wait_for(reader.read(), 30)

        with pytest.raises(ConnectionError):
            await sends_on(writer, b" ", 0.1)


async def test_words_that_are_no_http_are_told_so(edge: Callable[..., Any]) -> None:
    """Also where more follows."""
    async with connection(edge()) as (reader, writer):
        writer.write(b"POST /graphql HTTP/1.1\r\nhost : edge\r\n\r\n")
        text = await asyncio.wait_for(reader.read(), 30)
        writer.write(b"more of it")
        await writer.drain()

    assert text.startswith(b"HTTP/1.1 400")
