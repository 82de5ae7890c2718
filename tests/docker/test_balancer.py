"""HAProxy with our configuration, in front of two servers that the tests lead: what it sends where, and never twice."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import httpx
import pytest

from tests.docker.programs import FOLDER, program, started
from tests.servers import free_port

READY = "GET /health/ready "
UPGRADE = "Connection: Upgrade\r\nUpgrade: websocket\r\n"
KEY, ACCEPT = "dGhlIHNhbXBsZSBub25jZQ==", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="  # RFC 6455, 1.3
_SECONDS = 15.0


@dataclass
class Behind:
    """A server on a port of this machine: whether it says it is ready, and what was asked of it."""

    name: str
    port: int
    ready: bool = True
    hangs_up: bool = False
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    open: set[asyncio.StreamWriter] = field(default_factory=set)

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[asyncio.Server]:
        """Serve until left."""
        server = await asyncio.start_server(self.serve, "127.0.0.1", self.port)
        try:
            yield server
        finally:
            server.close()
            for writer in list(self.open):
                writer.close()
            while self.open:  # noqa: ASYNC110 - tests wait for an end that tells nobody
                await asyncio.sleep(0.01)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, request by request."""
        self.open.add(writer)
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            while head := (await reader.readuntil(b"\r\n\r\n")).decode():
                first, *lines = head.strip().split("\r\n")
                headers: dict[str, str] = {}
                for name, _, value in (line.partition(": ") for line in lines):
                    headers[name.lower()] = ", ".join(filter(None, (headers.get(name.lower()), value)))
                await reader.readexactly(int(headers.get("content-length", 0)))
                if not await self._answer(first, headers, writer):
                    break
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()
        self.open.discard(writer)

    async def _answer(self, first: str, headers: dict[str, str], writer: asyncio.StreamWriter) -> bool:
        if first.startswith(READY):
            status = "200 OK" if self.ready else "503 Service Unavailable"
            writer.write(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode())
            return True
        self.asked.append((first, headers))
        if self.hangs_up:
            return False
        if "upgrade" in headers:
            writer.write(
                f"HTTP/1.1 101 Switching Protocols\r\n{UPGRADE}Sec-WebSocket-Accept: {ACCEPT}\r\n\r\n".encode()
            )
            await asyncio.sleep(0.3)
            writer.write(b"after a while")
            await writer.drain()
            return False
        body = self.name.encode()
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
        return True


@dataclass
class Front:
    """The balancer with its two servers, and a client."""

    first: Behind
    second: Behind
    listening: asyncio.Server  # the first one's
    port: int
    client: httpx.AsyncClient

    async def until(self, seen: Callable[[], Awaitable[bool]]) -> None:
        """Wait until that is so."""
        ends = time.monotonic() + _SECONDS
        while not await seen():
            assert time.monotonic() < ends
            await asyncio.sleep(0.05)

    async def serves(self) -> set[str]:
        """Who answers, of ten requests."""
        answers = [await self.client.get("/who", headers={"Connection": "close"}) for _ in range(10)]
        return {answer.text if answer.status_code == 200 else str(answer.status_code) for answer in answers}


@asynccontextmanager
async def fronted() -> AsyncIterator[Front]:
    """Run the start command, as the container does."""
    port, told = free_port(), free_port()
    first, second = Behind("first", free_port()), Behind("second", free_port())
    environment = {
        "TONGXIN_GATEWAY_1": f"127.0.0.1:{first.port}",
        "TONGXIN_GATEWAY_2": f"127.0.0.1:{second.port}",
        "TONGXIN_BIND": f"127.0.0.1:{port}",
        "TONGXIN_METRICS_BIND": f"127.0.0.1:{told}",
        "TONGXIN_DRAIN": "1s",
    }
    program("haproxy")
    async with first.listening() as server, second.listening():
        with started([FOLDER / "start-haproxy"], port, environment):
            async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
                front = Front(first, second, server, port, client)
                await front.until(lambda: _both(front))
                yield front


async def _both(front: Front) -> bool:
    return await front.serves() == {"first", "second"}


async def test_a_replica_that_drains_gets_nothing_new() -> None:
    """And gets its share again when it is ready."""
    async with fronted() as front:
        front.first.ready = False
        await front.until(lambda: _only(front, "second"))

        front.first.ready = True
        await front.until(lambda: _both(front))


async def _only(front: Front, name: str) -> bool:
    return await front.serves() == {name}


async def test_a_write_is_not_sent_twice() -> None:
    """A gateway took it and hung up: the caller is told, nobody is asked again; a GET is asked elsewhere."""
    async with fronted() as front:
        front.first.hangs_up = True
        front.first.asked.clear()
        front.second.asked.clear()
        for _ in range(6):
            await front.client.post("/graphql", content=b"{}", headers={"Connection": "close"})

        posted = [first for one in (front.first, front.second) for first, _ in one.asked]
        assert len(posted) == 6
        assert await front.serves() == {"second"}


async def test_a_gateway_that_is_gone_costs_no_request() -> None:
    """Nothing listens there any more, and no check has noticed yet: what never reached it goes to the other."""
    async with fronted() as front:
        front.listening.close()
        answers = [await front.client.post("/graphql", content=b"{}") for _ in range(10)]

        assert {answer.status_code for answer in answers} == {200}


async def test_who_called_stands_at_the_end_of_the_list() -> None:
    """Behind whatever the caller claimed; and a Forwarded of theirs is taken out."""
    async with fronted() as front:
        await front.client.get("/who", headers={"X-Forwarded-For": "203.0.113.9", "Forwarded": "for=203.0.113.9"})

        every = [headers for _, headers in front.first.asked + front.second.asked]
        [asked] = [headers for headers in every if "203.0.113.9" in str(headers)]
        assert "forwarded" not in asked
        assert asked["x-forwarded-for"] == "203.0.113.9, 127.0.0.1"


@pytest.mark.parametrize("path", ["/metrics", "/sandbox/faults"])
async def test_what_is_not_for_the_world_is_not_found(path: str) -> None:
    """Neither the gateways' metrics nor what leads the sandbox."""
    async with fronted() as front:
        assert (await front.client.get(path)).status_code == 404
        assert all(first.split()[1] != path for one in (front.first, front.second) for first, _ in one.asked)


async def test_a_websocket_goes_through_as_it_is() -> None:
    """It is switched to, and what comes later arrives."""
    async with fronted() as front:
        reader, writer = await asyncio.open_connection("127.0.0.1", front.port)
        asked = f"Host: x\r\n{UPGRADE}Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {KEY}\r\n"
        writer.write(f"GET /graphql HTTP/1.1\r\n{asked}\r\n".encode())

        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        later = await reader.readexactly(len(b"after a while"))

        assert head.startswith("HTTP/1.1 101 ")
        assert later == b"after a while"
        writer.close()
        await writer.wait_closed()


async def test_an_address_as_long_as_the_gateway_takes_goes_through() -> None:
    """32 KiB behind the question mark, where HAProxy's own bound is half of that."""
    async with fronted() as front:
        assert (await front.client.get(f"/graphql?query={'x' * 32_000}")).status_code == 200
