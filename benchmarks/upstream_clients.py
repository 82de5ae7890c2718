"""What one small read of a platform costs in CPU, by HTTP client: the figures of docs/adr/0004-upstream-transport.md.

    python -m benchmarks.upstream_clients [--url http://127.0.0.1:4190/users/1] [--rounds 5] [--loop asyncio]

Without ``--url`` the floor's server answers 400 bytes. Every round asks every client in turn; the least CPU time of
this process, user and kernel, is given per call. Clients that are not installed are left out and named.
"""

import argparse
import asyncio
import json
import os
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from pathlib import Path

import httpx
import uvloop

from benchmarks.processes import LOAD_CORE, SERVER_CORE, free_port, listening, running, share_core
from connectors.deadline import Deadline
from connectors.transport import Call, Transport

CALLS = 4000
CONNECTIONS = (1, 50)
HEADERS = {"Authorization": "Bearer invented"}

Get = Callable[[str], Awaitable[bytes]]


@asynccontextmanager
async def with_httpx() -> AsyncIterator[Get]:
    """The client of httpx as it is, its limits raised to ours."""
    async with httpx.AsyncClient(trust_env=False, limits=httpx.Limits(max_connections=64)) as client:

        async def get(url: str) -> bytes:
            return (await client.get(url, headers=HEADERS)).content

        yield get


@asynccontextmanager
async def with_aiohttp() -> AsyncIterator[Get]:
    """aiohttp, which is no dependency of ours."""
    import aiohttp  # noqa: PLC0415 - it may not be installed

    async with aiohttp.ClientSession() as client:

        async def get(url: str) -> bytes:
            async with client.get(url, headers=HEADERS) as answer:
                body: bytes = await answer.read()
                return body

        yield get


@asynccontextmanager
async def with_pyreqwest() -> AsyncIterator[Get]:
    """Rust's reqwest, which is no dependency of ours."""
    from pyreqwest.client import ClientBuilder  # noqa: PLC0415 - it may not be installed

    async with ClientBuilder().build() as client:

        async def get(url: str) -> bytes:
            answer = await client.get(url).headers(HEADERS).build().send()
            return bytes(await answer.bytes())

        yield get


@asynccontextmanager
async def with_ours() -> AsyncIterator[Get]:
    """Our transport whole: signing apart, all that a platform's client pays, meter and clock included."""
    transport = Transport("here")

    async def get(url: str) -> bytes:
        with transport.guard.call("read"):
            call = Call("GET", url, HEADERS, None, idempotent=True)
            return (await transport.call("read", call, Deadline.after(10))).body

    yield get
    await transport.aclose()


CLIENTS: Mapping[str, Callable[[], object]] = {
    "httpx": with_httpx,
    "aiohttp": with_aiohttp,
    "pyreqwest": with_pyreqwest,
    "ours (Transport.call)": with_ours,
}


async def measured(url: str, rounds: int) -> tuple[dict[tuple[str, int], float], list[str]]:
    """Microseconds a call by client and connections, and the clients that are not here."""
    best: dict[tuple[str, int], float] = {}
    missing: list[str] = []
    async with AsyncExitStack() as stack:
        gets: dict[str, Get] = {}
        for name, client in CLIENTS.items():
            try:
                gets[name] = await stack.enter_async_context(client())  # type: ignore[arg-type]  # one of those above
            except ImportError:
                missing.append(name)
        await asyncio.gather(*(_many(get, url, 200) for get in gets.values()))
        for _ in range(rounds):
            for at_once in CONNECTIONS:
                for name, get in gets.items():
                    took = await _timed(get, url, at_once)
                    best[name, at_once] = min(took, best.get((name, at_once), took))
    return best, missing


async def _timed(get: Get, url: str, at_once: int) -> float:
    await asyncio.gather(*(_many(get, url, 2) for _ in range(at_once)))  # opens the connections
    began = time.process_time()
    await asyncio.gather(*(_many(get, url, CALLS // at_once) for _ in range(at_once)))
    return (time.process_time() - began) / CALLS * 1e6


async def _many(get: Get, url: str, times: int) -> None:
    for _ in range(times):
        await get(url)


def serving(stack: ExitStack) -> str:
    """Start a server that answers 400 bytes of JSON; gives its address."""
    folder, port = Path(stack.enter_context(tempfile.TemporaryDirectory())), free_port()
    answers = folder / "answers.json"
    answers.write_text(json.dumps({"small": json.dumps({"name": "x" * 388})}))
    environment = {**os.environ, "FLOOR_ANSWERS": str(answers)}
    floor = str(Path(__file__).with_name("floor.py"))
    stack.enter_context(running([floor, str(port)], environment, listening(port), folder / "log", LOAD_CORE))
    return f"http://127.0.0.1:{port}/small"


def main() -> None:
    """Measure, and print a table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--url", default="", help="what to read, instead of a server of our own")
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--loop", choices=("uvloop", "asyncio"), default="uvloop")
    options = asked.parse_args()
    share_core(SERVER_CORE)
    with ExitStack() as stack:
        url = options.url or serving(stack)
        run = uvloop.run if options.loop == "uvloop" else asyncio.run
        best, missing = run(measured(url, options.rounds))
    print(f"| CPU-µs a call, {options.loop} | " + " | ".join(f"c={at_once}" for at_once in CONNECTIONS) + " |")
    print("|---" * (len(CONNECTIONS) + 1) + "|")
    for name in CLIENTS:
        if name not in missing:
            print(f"| {name} | " + " | ".join(f"{best[name, at_once]:.0f}" for at_once in CONNECTIONS) + " |")
    if missing:
        print("Not installed here: " + ", ".join(missing))


if __name__ == "__main__":
    main()
