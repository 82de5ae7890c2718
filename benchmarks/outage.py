"""What one hanging platform does to operations that do not need it, and to the gateway's memory.

    python -m benchmarks.outage [SECONDS] [REQUESTS A SECOND] [PLATFORM]

A gateway as ``make serve`` runs it, caches on, under an even stream of mixed operations: first while all is well, then
as long again while the platform takes every call and answers none. Operations in whose first line the platform does not
stand are those that do not need it. Requests are sent when they are due, however late others are, and timed from then.
"""

import asyncio
import json
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from benchmarks.live import token_of
from benchmarks.processes import LOAD_CORE, cpu_seconds, rss_mb, share_core
from benchmarks.servers import ROOT, Bench
from gateway.platforms import PLATFORMS
from schema.identifiers import global_id

_CALLED = {"zhezhengding": "work", "zheliban": "citizen", "duty": "duty", "command": "command"}
"""What the operations' first lines call the platforms."""
_MEMBERS = "openid graph:read duty:read"


@dataclass(frozen=True)
class Mixed:
    """One operation of the stream; ``who`` asks, nobody without a token."""

    number: str
    variables: dict[str, Any]
    who: str = ""
    scope: str = ""

    @property
    def text(self) -> str:
        """Its document."""
        (path,) = (ROOT / "tests/operations").glob(f"{self.number}-*.graphql")
        return path.read_text()

    def needs(self, platform: str) -> bool:
        """Whether that platform stands in its first line."""
        told = re.search(r"platforms: ([a-z, ]+?)  ", self.text)
        return told is not None and _CALLED[platform] in told[1].split(", ")


def stream() -> Sequence[Mixed]:
    """Pages for everybody, a citizen's, a member's."""
    today = datetime.now(UTC)
    days = {"from": (today - timedelta(days=7)).isoformat(), "to": (today + timedelta(days=7)).isoformat()}
    return (
        Mixed("01", {"first": 20, "regionCode": "331000"}),
        Mixed("23", {"regionCode": "331000"} | days),
        Mixed("19", {"text": "学区怎么划分", "first": 5}),
        Mixed("22", {"first": 10}, "member", _MEMBERS),
        Mixed("02", {"id": global_id("Studio", "S3310020002")} | days, "citizen", "openid graph:read"),
        Mixed("03", {"year": today.year}, "member", _MEMBERS),
        Mixed("20", {"text": "义务教育", "first": 10}),
    )


@dataclass
class Phase:
    """What one part of the run showed."""

    ms: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    failed: int = 0
    rss: list[float] = field(default_factory=list)
    cpu: float = 0.0

    def quantile(self, numbers: Sequence[str], share: float) -> float:
        """Milliseconds within which that share of those operations answered."""
        all_of = sorted(ms for number in numbers for ms in self.ms[number])
        return all_of[min(len(all_of) - 1, int(len(all_of) * share))]


class Run:
    """One gateway under the stream."""

    def __init__(self, pid: int, base: str, environment: dict[str, str]) -> None:
        self._pid = pid
        self._mixed = [
            (one.number, json.dumps({"query": one.text, "variables": one.variables}), self._headers(one, environment))
            for one in stream()
        ]
        self._client = httpx.AsyncClient(base_url=base, trust_env=False, timeout=30)

    @staticmethod
    def _headers(one: Mixed, environment: dict[str, str]) -> dict[str, str]:
        told = {"authorization": f"Bearer {token_of(environment, one.who, one.scope)}"} if one.who else {}
        return told | {"content-type": "application/json"}

    async def phase(self, rate: float, seconds: float) -> Phase:
        """Send so many a second for so long."""
        found, loop = Phase(), asyncio.get_running_loop()
        start, cpu, sent = loop.time(), cpu_seconds(self._pid), list[asyncio.Task[None]]()
        for number in range(round(rate * seconds)):
            due = start + number / rate
            await asyncio.sleep(max(0.0, due - loop.time()))
            sent.append(asyncio.create_task(self._ask(number, due, found)))
            if number % round(rate) == 0:
                found.rss.append(rss_mb(self._pid))
                sent = [one for one in sent if not one.done()]
        await asyncio.gather(*sent)
        found.cpu = (cpu_seconds(self._pid) - cpu) / (rate * seconds) * 1000
        return found

    async def _ask(self, number: int, due: float, found: Phase) -> None:
        name, body, headers = self._mixed[number % len(self._mixed)]
        try:
            answer = await self._client.post("/graphql", content=body, headers=headers)
            found.failed += answer.status_code != httpx.codes.OK
        except httpx.HTTPError:
            found.failed += 1
        found.ms[name].append((asyncio.get_running_loop().time() - due) * 1000)

    async def measured(self, rate: float, seconds: float, sandbox: str) -> tuple[Phase, Phase]:
        """All well, then that sandbox hanging."""
        async with self._client, httpx.AsyncClient(trust_env=False) as steering:
            await self.phase(rate, 5)  # caches warm, code run once
            well = await self.phase(rate, seconds)
            (await steering.put(f"{sandbox}/sandbox/faults", json={"fault": "hang"})).raise_for_status()
            hanging = await self.phase(rate, seconds)
            (await steering.delete(f"{sandbox}/sandbox/faults")).raise_for_status()
        return well, hanging


def main(seconds: float = 20, rate: float = 200, platform: str = "zhezhengding") -> None:
    """Print both phases, and how they differ."""
    others = [one.number for one in stream() if not one.needs(platform)]
    needing = [one.number for one in stream() if one.needs(platform)]
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        bench.environment["TONGXIN_OPS__PROBE_INTERVAL_S"] = "15"
        sandbox = bench.sandboxes[[one.name for one in PLATFORMS].index(platform)]
        with bench.gateway() as server:
            share_core(LOAD_CORE)
            phases = asyncio.run(Run(server.pid, server.base, bench.environment).measured(rate, seconds, sandbox))
    print(f"{rate:.0f} requests a second, {seconds:.0f} s each; {platform} hangs in the second part")
    for name, found in zip(("all well", "hanging"), phases, strict=True):
        late = [found.quantile(numbers, share) for numbers in (others, needing) for share in (0.5, 0.99)]
        print(
            f"{name:<10}{', '.join(others)}: p50 {late[0]:6.1f} ms, p99 {late[1]:6.1f} ms   "
            f"{', '.join(needing)}: p50 {late[2]:6.1f} ms, p99 {late[3]:7.1f} ms   "
            f"{found.cpu:.2f} CPU-ms a request, {found.failed} failed, "
            f"{found.rss[0]:.0f} to {found.rss[-1]:.0f} MB (most {max(found.rss):.0f})"
        )
    well, hanging = phases
    print(f"p99 of the others: {hanging.quantile(others, 0.99) / well.quantile(others, 0.99):.2f} times")


if __name__ == "__main__":
    main(*(kind(text) for kind, text in zip((float, float, str), sys.argv[1:], strict=False)))
