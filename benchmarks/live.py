"""What live answers cost: memory of an open subscription, CPU of a delivery, how late it comes.

    python -m benchmarks.live [READERS] [STATEMENTS A SECOND] [SECONDS]

A gateway as ``make serve`` runs it on one core; the sandbox and the readers on the other. Readers listen to one
deliberation, half of them over WebSocket and half over server-sent events or all over one; a member says something
there so many times a second by ``postStatement``. A delivery's CPU is what the same statements cost more with all
readers than with a tenth of them. Memory is the process' resident set, before the readers come and while they listen.
"""

import asyncio
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from benchmarks.processes import LOAD_CORE, cpu_seconds, rss_mb, share_core, wait_idle
from benchmarks.servers import ROOT, Bench

LIVE = (ROOT / "tests/operations/13-deliberation-live.graphql").read_text()
OPEN = "{ deliberations(first: 1, filter: {status: OPEN}) { nodes { id } } }"
POST = "mutation ($input: PostStatementInput!) { postStatement(input: $input) { userErrors { code } } }"
_SAID = re.compile(rb"@(\d+\.\d+)@")
LIMITS = {
    "TONGXIN_LIVE__MAX_CONNECTIONS_PER_PERSON": "100000",
    "TONGXIN_LIVE__MAX_CONNECTIONS_PER_CLIENT": "100000",
    "TONGXIN_LIVE__MAX_CONNECTIONS_PER_ADDRESS": "100000",
    "TONGXIN_LIVE__MAX_STREAMS_PER_PERSON": "100000",
    "TONGXIN_LIVE__POLL_S": "0",
}
_UPGRADE = (
    "GET /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Protocol: graphql-transport-ws\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101\r\n"
    "Accept-Language: zh-CN,zh;q=0.9\r\nCache-Control: no-cache\r\n\r\n"
)


class Reader(asyncio.Protocol):
    """One who listens: counts what comes and notes how late."""

    def __init__(self, opening: Sequence[bytes], delays: list[float]) -> None:
        self._opening = list(opening)
        self._delays = delays
        self._transport: asyncio.Transport
        self.begun = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Say the first thing."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - asyncio's word for it
        self._transport = transport
        transport.write(self._opening.pop(0))

    def data_received(self, data: bytes) -> None:
        """Say the next thing as long as there is one; then count."""
        if self._opening:
            self._transport.write(self._opening.pop(0))
        elif not self.begun.done():
            self.begun.set_result(None)
        now = time.time()
        self._delays += [now - float(said) for said in _SAID.findall(data)]

    def close(self) -> None:
        """Listen no more."""
        self._transport.abort()


def framed(message: dict[str, Any]) -> bytes:
    """A client's frame, masked with nothing."""
    text = json.dumps(message).encode()
    size = bytes((0x80 | len(text),)) if len(text) < 126 else b"\xfe" + len(text).to_bytes(2, "big")  # noqa: PLR2004 - RFC 6455
    return b"\x81" + size + bytes(4) + text


def over_websocket(token: str, asked: dict[str, Any]) -> list[bytes]:
    """What a reader over WebSocket says; the ping's answer tells that the subscription was taken."""
    init = framed({"type": "connection_init", "payload": {"authorization": f"Bearer {token}"}})
    return [
        _UPGRADE.encode(),
        init,
        framed({"type": "subscribe", "id": "1", "payload": asked}) + framed({"type": "ping"}),
    ]


def over_sse(token: str, asked: dict[str, Any]) -> list[bytes]:
    """What a reader of events says."""
    body = json.dumps(asked)
    head = (
        "POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {token}\r\nContent-Length: {len(body)}\r\nAccept-Language: zh-CN,zh;q=0.9\r\n"
        "User-Agent: Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101\r\n\r\n"
    )
    return [(head + body).encode()]


TRANSPORTS = {"WebSocket": over_websocket, "SSE": over_sse}


@dataclass(frozen=True)
class Measured:
    """Of one transport: kB a subscription, us a delivery, ms a statement besides, ms late (half, 95 %), how many."""

    name: str
    memory: float
    delivery: float
    saying: float
    half: float
    late: float
    expected: int
    heard: int

    def __str__(self) -> str:
        return (
            f"{self.name:<10}{self.memory:8.1f} kB a subscription{self.delivery:8.1f} us a delivery"
            f"{self.saying:8.1f} ms a statement"
            f"{self.half:8.0f} ms p50{self.late:8.0f} ms p95   {self.heard} of {self.expected} heard"
        )


class Room:
    """A deliberation at a running gateway."""

    def __init__(self, pid: int, base: str, port: int, environment: dict[str, str]) -> None:
        self._pid, self._base, self._port = pid, base, port
        self._listener = token_of(environment, "citizen", "openid graph:read")
        self._speaker = token_of(environment, "member", "openid graph:read duty:write")
        self._room = ""

    async def measured(self, name: str, readers: int, rate: float, seconds: float) -> Measured:
        """One transport: memory, then the same statements with a tenth of the readers and with all of them."""
        async with httpx.AsyncClient(base_url=self._base, trust_env=False, timeout=30) as client:
            found = await self._ask(client, OPEN, {}, self._listener)
            self._room = found["data"]["deliberations"]["nodes"][0]["id"]
            count, told = round(rate * seconds), list[float]()
            some = await self._listening(name, max(1, readers // 10), told)
            wait_idle(self._pid)
            cheap = await self._spoken(client, rate, count, told, count * len(some))
            before = rss_mb(self._pid)
            rest = await self._listening(name, readers - len(some), told)
            wait_idle(self._pid)
            memory = (rss_mb(self._pid) - before) * 1024 / len(rest)
            dear = await self._spoken(client, rate, count, told, count * readers)
            for reader in (*some, *rest):
                reader.close()
        told.sort()
        half, late = (told[int(len(told) * part)] * 1000 for part in (0.5, 0.95))
        delivery = (dear - cheap) / (len(rest) * count)
        saying = (cheap - delivery * count * len(some)) / count
        return Measured(name, memory, delivery * 1e6, saying * 1e3, half, late, count * readers, len(told))

    async def _listening(self, name: str, readers: int, delays: list[float]) -> list[Reader]:
        asked = {"query": LIVE, "variables": {"deliberationId": self._room}}
        loop, opening, made = asyncio.get_running_loop(), TRANSPORTS[name](self._listener, asked), []
        for _ in range(readers):
            _, reader = await loop.create_connection(lambda: Reader(opening, delays), "127.0.0.1", self._port)
            await asyncio.wait_for(reader.begun, 30)
            made.append(reader)
        return made

    async def _spoken(
        self, client: httpx.AsyncClient, rate: float, count: int, told: list[float], expected: int
    ) -> float:
        """Say so much, evenly, and wait until all is told; answers the CPU seconds it took."""
        told.clear()
        began, loop = cpu_seconds(self._pid), asyncio.get_running_loop()
        start, posting = loop.time(), []
        for number in range(count):
            await asyncio.sleep(max(0.0, start + number / rate - loop.time()))
            said = {"deliberationId": self._room, "body": f"@{time.time():.6f}@ {'言' * 60} {number}"}
            posting.append(asyncio.create_task(self._ask(client, POST, {"input": said}, self._speaker)))
        answers = await asyncio.gather(*posting)
        wrong = [answer for answer in answers if answer.get("errors") or answer["data"]["postStatement"]["userErrors"]]
        if wrong:
            raise SystemExit(f"not said: {wrong[0]}")
        until = loop.time() + 30
        while len(told) < expected and loop.time() < until:  # noqa: ASYNC110 - looked at seldom, so that it costs nothing
            await asyncio.sleep(0.1)
        return cpu_seconds(self._pid) - began

    async def _ask(
        self, client: httpx.AsyncClient, query: str, variables: dict[str, Any], token: str
    ) -> dict[str, Any]:
        headers = {"authorization": f"Bearer {token}"}
        answer = await client.post("/graphql", json={"query": query, "variables": variables}, headers=headers)
        content: dict[str, Any] = answer.json()
        return content


def token_of(environment: dict[str, str], who: str, scope: str) -> str:
    """An access token of the first of those people."""
    asked = [sys.executable, "-m", "gateway.cli", "token", "--as", who, "--scope", scope]
    return subprocess.run(asked, env=environment, capture_output=True, text=True, check=True, cwd=ROOT).stdout.strip()


def main(readers: int = 500, rate: float = 50, seconds: float = 4) -> None:
    """Print a line for each transport, each of a gateway of its own."""
    for name in TRANSPORTS:
        with tempfile.TemporaryDirectory() as folder:
            bench = Bench(Path(folder))
            bench.environment.update(LIMITS)
            with bench.gateway() as server:
                share_core(LOAD_CORE)
                room = Room(server.pid, server.base, bench.port, bench.environment)
                print(asyncio.run(room.measured(name, readers, rate, seconds)))


if __name__ == "__main__":
    main(*(kind(text) for kind, text in zip((int, float, float), sys.argv[1:], strict=False)))
