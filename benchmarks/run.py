"""``make bench``: what an operation costs the gateway, beside the floor, in one interleaved run.

Prints CPU milliseconds of the serving process per request (minimum of the rounds), requests a second, p50 and p99,
the ratio to the floor, and upstream calls. Absolute figures belong to the machine; ratios are what to compare.
"""

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from benchmarks.processes import cpu_seconds, free_port, running
from connectors.sandbox.building import build_world
from gateway.platforms import PLATFORMS
from schema.identifiers import global_id

ROOT = Path(__file__).parents[1]
ROUNDS, REQUESTS, CONNECTIONS = 5, 200, 10
TODAY = datetime.now(UTC).replace(microsecond=0)
SPAN = {"from": (TODAY - timedelta(days=7)).isoformat(), "to": (TODAY + timedelta(days=7)).isoformat()}


@dataclass(frozen=True)
class Case:
    """One operation as it is sent; ``scope`` is what the member's token is for, none where anyone asks."""

    name: str
    body: dict[str, Any]
    scope: str | None = None


@dataclass(frozen=True)
class Cost:
    """What one round of a case cost."""

    cpu_ms: float
    rps: float
    p50_ms: float
    p99_ms: float


def cases() -> list[Case]:
    """The operations front-end teams run, by now."""
    studio = global_id("Studio", build_world(today=TODAY).studios[1].key)
    variables = {
        "01": {"first": 20},
        "02": {"id": studio} | SPAN,
        "03": {"year": TODAY.year},
        "16": {"rootId": global_id("Organization", "GO_dir331000")},
        "19": {"text": "医保", "first": 10},
        "23": {"regionCode": "331000"} | SPAN,
    }
    scopes = {"03": "openid graph:read duty:read", "16": "openid graph:read directory:read"}
    return [
        Case(path.stem, {"query": path.read_text(), "variables": variables[path.name[:2]]}, scopes.get(path.name[:2]))
        for path in sorted((ROOT / "tests/operations").glob("*.graphql"))
        if path.name[:2] in variables
    ]


def headers_for(case: Case, environment: dict[str, str]) -> dict[str, str]:
    """The token of a member of the sandbox, where the case needs one."""
    if case.scope is None:
        return {}
    command = [sys.executable, "-m", "gateway.cli", "token", "--as", "member", "--scope", case.scope]
    token = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout.strip()
    return {"Authorization": f"Bearer {token}"}


async def measured(url: str, case: Case, pid: int, headers: dict[str, str]) -> Cost:
    """One round: so many requests over so many connections."""
    taken: list[float] = []
    async with httpx.AsyncClient(timeout=30, trust_env=False, headers=headers) as http:

        async def some() -> None:
            for _ in range(REQUESTS // CONNECTIONS):
                began = time.perf_counter()
                answer = await http.post(url, json=case.body)
                taken.append(time.perf_counter() - began)
                if answer.status_code != 200:  # noqa: PLR2004 - only whole answers count
                    raise SystemExit(f"{case.name}: HTTP {answer.status_code}")

        await some()  # warm up, not counted
        taken.clear()
        cpu, began = cpu_seconds(pid), time.perf_counter()
        await asyncio.gather(*(some() for _ in range(CONNECTIONS)))
        cpu, wall = cpu_seconds(pid) - cpu, time.perf_counter() - began
    percentiles = statistics.quantiles(taken, n=100)
    return Cost(cpu * 1e3 / len(taken), len(taken) / wall, percentiles[49] * 1e3, percentiles[98] * 1e3)


async def cold_calls(url: str, case: Case, sandboxes: list[str], headers: dict[str, str]) -> tuple[int, str]:
    """Upstream calls of the first run, and its answer, without the tokens the gateway holds anyway."""
    async with httpx.AsyncClient(timeout=30, trust_env=False) as http:
        for address in sandboxes:
            await http.delete(f"{address}/sandbox/calls")
        answer = await http.post(url, json=case.body, headers=headers)
        counts = [(await http.get(f"{address}/sandbox/calls")).json()["byOperation"] for address in sandboxes]
    calls = sum(n for count in counts for name, n in count.items() if name not in {"token", "gettoken"})
    return calls, answer.text


async def main(folder: Path) -> None:
    """Start the servers, run the rounds, print the table."""
    port, floor_port = free_port(), free_port()
    data = {"TONGXIN_DATA_DIR": str(folder), "TONGXIN_AUTH__DATABASE_URL": f"sqlite+aiosqlite:///{folder}/bench.db"}
    environment = (
        os.environ | data | {"TONGXIN_SANDBOX": "true", "TONGXIN_PORT": str(port), "TONGXIN_LOG_LEVEL": "ERROR"}
    )
    ports = {platform.prefix: free_port() for platform in PLATFORMS}
    sandboxes = [f"http://127.0.0.1:{own}" for own in ports.values()]
    environment |= {f"TONGXIN_{prefix.upper()}__BASE_URL": f"http://127.0.0.1:{own}" for prefix, own in ports.items()}
    url = f"http://127.0.0.1:{port}/graphql"
    environment["TONGXIN_OPS__PROBE_INTERVAL_S"] = "0"  # nothing but the operations costs
    with running(["-m", "gateway.cli", "serve", "--sandbox"], port, environment) as gateway:
        wait_for_clients(folder)
        asked = {case.name: headers_for(case, environment) for case in cases()}
        cold = {case.name: await cold_calls(url, case, sandboxes, asked[case.name]) for case in cases()}
        answers = folder / "answers.json"
        answers.write_text(json.dumps({name: text for name, (_, text) in cold.items()}))
        with running(
            [str(ROOT / "benchmarks/floor.py"), str(floor_port)],
            floor_port,
            environment | {"FLOOR_ANSWERS": str(answers)},
        ) as floor:
            for case in cases():
                rounds = [
                    (
                        await measured(url, case, gateway, asked[case.name]),
                        await measured(f"http://127.0.0.1:{floor_port}/{case.name}", case, floor, {}),
                    )
                    for _ in range(ROUNDS)
                ]
                report(case.name, rounds, *cold[case.name])


def wait_for_clients(folder: Path) -> None:
    """Wait until the gateway has made ready what one signs in with: its sandbox answers then."""
    while not (folder / "sandbox-clients.json").exists():
        time.sleep(0.05)


def report(name: str, rounds: list[tuple[Cost, Cost]], calls: int, text: str) -> None:
    """A row per server."""
    print(f"\n{name}: {len(text.encode()) / 1024:.1f} kB out, {calls} upstream calls cold, warm caches below")
    print(f"  {'server':<14}{'CPU-ms':>8}{'rps':>8}{'p50 ms':>8}{'p99 ms':>8}{'x floor':>9}")
    best = [min((pair[at] for pair in rounds), key=lambda cost: cost.cpu_ms) for at in (0, 1)]
    for label, cost in zip(("gateway", "bare ASGI"), best, strict=True):
        ratio = cost.cpu_ms / best[1].cpu_ms
        print(f"  {label:<14}{cost.cpu_ms:>8.2f}{cost.rps:>8.0f}{cost.p50_ms:>8.1f}{cost.p99_ms:>8.1f}{ratio:>9.1f}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        asyncio.run(main(Path(temporary)))
