"""Connections held open by who sends or takes nothing, over real sockets."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send

from connectors.sandbox.server import serving
from gateway.http.addresses import Addresses
from gateway.http.patience import Doors, PatientProtocol
from gateway.http.settings import EdgeSettings
from gateway.limits.over_time import OverTimeSettings
from gateway.limits.rates import Rates

HEAD = b"GET / HTTP/1.1\r\nhost: edge\r\n\r\n"
PATIENCE = 20
QUICK: dict[str, Any] = {"head_timeout_ms": 100}


async def hello(_scope: Scope, _receive: Receive, send: Send) -> None:
    """Answer, without a look at the body."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"5")]})
    await send({"type": "http.response.body", "body": b"hello"})


async def last_words(_scope: Scope, _receive: Receive, send: Send) -> None:
    """Answer, and close the connection behind it."""
    headers = [(b"content-length", b"60000"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"x" * 60_000})


class Endless:
    """Answers for as long as somebody is there."""

    def __init__(self) -> None:
        self.over = asyncio.Event()

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        """Serve as ASGI."""
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"x" * 10_000_000, "more_body": True})
        while (await receive())["type"] != "http.disconnect":
            pass
        self.over.set()


class Held:
    """Answers once it is let."""

    def __init__(self) -> None:
        self.let = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve as ASGI."""
        await self.let.wait()
        await hello(scope, receive, send)


class SmallBuffer(PatientProtocol):
    """The system takes little of what is written."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Say so to the system."""
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1)
        super().connection_made(transport)


def doors_of(**edge: Any) -> Doors:
    """What connections share, without a proxy of ours."""
    return Doors(EdgeSettings(**edge), Addresses(), Rates(OverTimeSettings()))


@asynccontextmanager
async def served(app: Any, doors: Doors, protocol: type[PatientProtocol] = PatientProtocol) -> AsyncIterator[int]:
    """A server as the gateway starts it; its port."""
    async with serving([(app, 0)], http=protocol.behind(doors, stalled_s=0.2)) as (port,):
        yield port


@asynccontextmanager
async def deaf_to(port: int) -> AsyncIterator[None]:
    """A caller that asks and takes nothing of the answer."""
    with socket.socket() as caller:
        caller.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
        caller.setblocking(False)
        await asyncio.get_running_loop().sock_connect(caller, ("127.0.0.1", port))
        caller.send(HEAD)
        yield


def counting(doors: Doors) -> Doors:
    """The same, which count this machine's connections as anybody's."""
    doors.addresses.caller = lambda peer, _headers: peer  # type: ignore[method-assign]  # loopback is apart else
    return doors


async def ended(reader: asyncio.StreamReader) -> bytes:
    """All that comes until the connection is closed."""
    async with asyncio.timeout(PATIENCE):
        try:
            return await reader.read()
        except ConnectionResetError:
            return b""


async def drips(writer: asyncio.StreamWriter, pieces: bytes) -> None:
    """Send byte by byte, for as long as somebody takes it."""
    for at in range(len(pieces)):
        writer.write(pieces[at : at + 1])
        await asyncio.sleep(0.02)


async def test_whoever_sends_nothing_is_let_go() -> None:
    """Without an answer: nothing was asked."""
    async with served(hello, doors_of(**QUICK)) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)

        assert await ended(reader) == b""

        writer.close()


@pytest.mark.parametrize("before", [b"", HEAD], ids=["at first", "after a request"])
async def test_a_head_that_never_ends_is_not_waited_for(before: bytes) -> None:
    """Slowloris: a header now and then, for ever. It is told once and closed, however often a byte comes."""
    async with served(hello, doors_of(**QUICK)) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(before)
        if before:
            await asyncio.wait_for(reader.readuntil(b"hello"), PATIENCE)
        dripping = asyncio.create_task(drips(writer, b"GET / HTTP/1.1\r\n" + b"x-a: b\r\n" * 1000))

        told = await ended(reader)

        dripping.cancel()
        writer.close()
    assert told.startswith(b"HTTP/1.1 408 ")
    assert told.count(b"HTTP/1.1") == 1


async def test_empty_lines_are_no_request() -> None:
    """They may stand before one (RFC 9112 section 2.2), but not for ever."""
    async with served(hello, doors_of(**QUICK)) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        dripping = asyncio.create_task(drips(writer, b"\r\n" * 1000))

        assert await ended(reader) == b""

        dripping.cancel()
        writer.close()


async def test_a_body_nobody_reads_is_not_waited_for() -> None:
    """Its request was answered; what drips in behind holds the connection no longer, and gets no second answer."""
    async with served(hello, doors_of(**QUICK)) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"POST / HTTP/1.1\r\nhost: edge\r\ncontent-length: 100000\r\n\r\n")
        dripping = asyncio.create_task(drips(writer, b"x" * 2000))

        told = await ended(reader)

        dripping.cancel()
        writer.close()
    assert told.startswith(b"HTTP/1.1 200 ")
    assert told.count(b"HTTP/1.1") == 1


async def test_a_head_in_two_pieces_arrives() -> None:
    """As it does over bad connections; the next request on the connection, too."""
    async with served(hello, doors_of()) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(2):
            writer.write(HEAD[:20])
            await asyncio.sleep(0.02)
            writer.write(HEAD[20:])

            assert b"200 OK" in await asyncio.wait_for(reader.readuntil(b"hello"), PATIENCE)

        writer.close()


async def test_a_request_that_is_answered_slowly_is_not_cut_off() -> None:
    """Only heads are waited for so short a time."""
    app = Held()
    async with served(app, doors_of(head_timeout_ms=10)) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(HEAD)
        await asyncio.sleep(0.1)
        app.let.set()

        assert b"200 OK" in await asyncio.wait_for(reader.readuntil(b"hello"), PATIENCE)

        writer.close()


async def test_an_answer_nobody_takes_is_given_up() -> None:
    """What waits for its reader is let go with the connection."""
    app = Endless()
    async with served(app, doors_of()) as port, deaf_to(port):
        async with asyncio.timeout(PATIENCE):
            await app.over.wait()


async def test_the_end_of_an_answer_nobody_takes_is_given_up() -> None:
    """Also where so little waits that nobody lags behind, and the connection is to be closed."""
    doors = counting(doors_of())
    async with served(last_words, doors, protocol=SmallBuffer) as port, deaf_to(port):
        async with asyncio.timeout(PATIENCE):
            while not doors.open:  # noqa: ASYNC110 - told in no other way
                await asyncio.sleep(0.005)
            while doors.open:  # noqa: ASYNC110 - as above
                await asyncio.sleep(0.005)


async def test_one_address_has_so_many_connections() -> None:
    """The next is closed at once and counted; a place that is left is given again."""
    doors = counting(doors_of(connections_per_address=2))
    async with served(hello, doors) as port:
        first, second = [await asyncio.open_connection("127.0.0.1", port) for _ in range(2)]
        third, to_third = await asyncio.open_connection("127.0.0.1", port)
        refused = await ended(third)
        to_third.close()
        first[1].close()
        while doors.open["127.0.0.1"] == 2:  # noqa: ASYNC110 - told in no other way
            await asyncio.sleep(0.005)
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(HEAD)
        let_in = await asyncio.wait_for(reader.readuntil(b"hello"), PATIENCE)
        writer.close()
        second[1].close()

    assert refused == b""
    assert b"200 OK" in let_in
    assert doors.rates.limited == {("connection", "address"): 1}


async def test_our_own_proxies_and_this_machine_have_as_many_as_they_like() -> None:
    """All callers come through them."""
    doors = Doors(EdgeSettings(connections_per_address=1), Addresses(["10.0.0.0/8"]), Rates(OverTimeSettings()))

    taken = [doors.take(peer) for peer in ("10.0.0.1", "10.0.0.1", "127.0.0.1", "127.0.0.1", "192.0.2.7", "192.0.2.7")]

    assert taken == ["", "", "", "", "192.0.2.7", None]
