"""The clients that front ends listen with, which nobody here wrote: graphql-ws and graphql-sse, under load."""

import asyncio
import json
import re
import shutil
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from benchmarks.live import LIMITS, LIVE, OPEN, POST, token_of
from benchmarks.processes import rss_mb
from benchmarks.servers import Bench, Server

pytestmark = pytest.mark.verify
OWN = Path(__file__).parent / "live-clients"
PAGE = Path(__file__).parents[2] / "docs/live.md"
FILE = re.compile(r"^```js ([\w.]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
READERS, RATE, SECONDS = 500, 50, 6
TRIES = 5
LATE_MS = 200
STOPPED = 50


@dataclass
class Stage:
    """A gateway as it is served, a folder with the clients, and a deliberation."""

    server: Server
    folder: Path
    listener: str
    speaker: str
    room: str

    async def say(self, client: httpx.AsyncClient, body: str) -> None:
        """Post a statement."""
        asked = {"query": POST, "variables": {"input": {"deliberationId": self.room, "body": body}}}
        headers = {"authorization": f"Bearer {self.speaker}"}
        answer = (await client.post(f"{self.server.base}/graphql", json=asked, headers=headers)).json()
        assert "errors" not in answer
        assert answer["data"]["postStatement"]["userErrors"] == []

    async def say_all(self, count: int, words: str = "") -> None:
        """Post so many, fifty a second, whether the ones before were answered or not."""
        async with httpx.AsyncClient(trust_env=False, timeout=60) as client, asyncio.TaskGroup() as posting:
            start = time.monotonic()
            for number in range(count):
                await asyncio.sleep(max(0.0, start + number / RATE - time.monotonic()))
                posting.create_task(self.say(client, f"said@{time.time() * 1000:.0f}@{number}@{words}"))

    @asynccontextmanager
    async def listening(
        self, transport: str, readers: int, expected: int, stopped: int = 0
    ) -> AsyncIterator[asyncio.subprocess.Process]:
        """Clients that all listen by now."""
        variables = json.dumps({"deliberationId": self.room})
        numbers = map(str, (readers, stopped, expected))
        process = await asyncio.create_subprocess_exec(
            *("node", "listen.mjs", self.server.base, self.listener, transport, *numbers, LIVE, variables),
            cwd=self.folder,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        told = asyncio.create_task(line_of(process))
        async with httpx.AsyncClient(trust_env=False, timeout=60) as client:
            while not told.done():
                await self.say(client, "warm")
                await asyncio.wait({told}, timeout=1)
        assert told.result() == "warm"
        yield process
        if process.returncode is None:
            process.kill()
        await process.wait()

    async def first_heard(self, script: str, *more: str) -> str:
        """What an example prints, while statements are made."""
        process = await asyncio.create_subprocess_exec(
            *("node", script, self.server.base, self.listener, self.room, *more),
            cwd=self.folder,
            stdout=asyncio.subprocess.PIPE,
        )
        told = asyncio.create_task(line_of(process))
        async with httpx.AsyncClient(trust_env=False, timeout=60) as client:
            while not told.done():
                await self.say(client, "example")
                await asyncio.wait({told}, timeout=1)
        assert await process.wait() == 0
        return told.result()


async def line_of(process: asyncio.subprocess.Process) -> str:
    """The next line it prints."""
    assert process.stdout is not None
    return (await asyncio.wait_for(process.stdout.readline(), 120)).decode().strip()


async def order(process: asyncio.subprocess.Process, word: str) -> dict[str, Any]:
    """Tell it something; answers what it says to that."""
    assert process.stdin is not None
    process.stdin.write(f"{word}\n".encode())
    told: dict[str, Any] = json.loads(await line_of(process))
    return told


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory, require: Callable[[object, str], None]) -> Iterator[Stage]:
    """One gateway for all; nothing is looked for, so that each statement is told once because it was said."""
    require(shutil.which("npm"), "npm is not here")
    folder = Path(shutil.copytree(OWN, tmp_path_factory.mktemp("live") / "clients"))
    bench = Bench(tmp_path_factory.mktemp("gateway"))
    bench.environment.update(LIMITS)

    async def prepared(server: Server) -> Stage:
        npm = await asyncio.create_subprocess_exec("npm", "ci", "--silent", "--no-fund", "--no-audit", cwd=folder)
        assert await npm.wait() == 0
        listener = token_of(bench.environment, "citizen", "openid graph:read")
        speaker = token_of(bench.environment, "member", "openid graph:read duty:write")
        headers = {"authorization": f"Bearer {listener}"}
        async with httpx.AsyncClient(trust_env=False, headers=headers, timeout=60) as client:
            found = (await client.post(f"{server.base}/graphql", json={"query": OPEN})).json()
        return Stage(server, folder, listener, speaker, found["data"]["deliberations"]["nodes"][0]["id"])

    with bench.gateway() as server:
        yield asyncio.run(prepared(server))


@pytest.mark.parametrize("transport", ["ws", "sse"])
async def test_all_hear_everything_once_and_soon(transport: str, stage: Stage) -> None:
    """500 subscribers, 50 statements a second: none lost, none doubled; 95 % within 200 ms, in the best of a few."""
    delays = []
    while not delays or (min(delays) > LATE_MS and len(delays) < TRIES):
        async with stage.listening(transport, READERS, RATE * SECONDS) as process:
            await stage.say_all(RATE * SECONDS)
            told = json.loads(await line_of(process))

        assert (told["lost"], told["doubled"]) == (0, 0)
        assert told["heard"] == READERS * RATE * SECONDS
        delays.append(told["p95"])

    assert min(delays) <= LATE_MS, delays


async def test_readers_that_stop_cost_little(stage: Stage) -> None:
    """Fifty that read nothing while 3 MB a reader are said: the others hear all, memory stays, and they are told."""
    async with stage.listening("ws", STOPPED + 10, RATE * 10, stopped=STOPPED) as process:
        before = rss_mb(stage.server.pid)
        await stage.say_all(RATE * 10, "言" * 1900)
        told = json.loads(await line_of(process))
        grown = rss_mb(stage.server.pid) - before
        ended = await order(process, "resume")

    assert (told["lost"], told["doubled"]) == (0, 0)
    assert grown < 40
    assert set(ended["errors"]) <= {"SLOW_READER", "4413"}


@pytest.mark.parametrize("script", ["ws.mjs", "sse.mjs", "resume.mjs"])
async def test_examples_of_the_documentation_run(script: str, stage: Stage) -> None:
    """Each prints the first statement it hears; the last one, what came behind the id it is given."""
    text = dict(FILE.findall(PAGE.read_text()))[script]
    (stage.folder / script).write_text(text)

    first = await stage.first_heard(script)
    again = await stage.first_heard(script, first.split()[0]) if script == "resume.mjs" else first

    assert first.endswith("example")
    assert again.endswith("example")
