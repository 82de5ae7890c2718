"""What every query page costs at the size of a province: 102 organisations, 27,000 people, 200,000 questions.

    python -m benchmarks.province [--runs 100] [--rounds 3] [--only 08,16] [--without-topics] [--write]

A gateway with warm caches, which executes every request (no kept answers), and one that keeps nothing, before the same
sandbox. Requests come one after the other; of every figure the least of the rounds is told, as others may use the
machine too: CPU milliseconds are what to compare. Topics are read first, which takes some minutes: without them
the cockpit has none.
"""

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import astuple, dataclass
from pathlib import Path

import httpx

from benchmarks.cases import token_of
from benchmarks.processes import LOAD_CORE, children, cpu_seconds, share_core, wait_idle
from benchmarks.province_pages import Page, pages
from benchmarks.servers import ROOT, Bench, Server
from connectors.sandbox.building import build_world
from connectors.sandbox.world import Scale

WRITTEN = ROOT / "benchmarks/results/province.md"
WITHIN_MS = 250
"""What 95 of a hundred requests may take, caches warm, without the sandbox's own time."""
_COLD_RUNS = 5
_PAUSE_SECONDS = 5
_HEAD = """# Pages at the size of a province

Made by `python -m benchmarks.province`: {runs} requests one after the other in each of {rounds} rounds, caches warm, no
answer kept as a whole; beside it a gateway that keeps nothing, {cold} requests in each. Of every figure the least of
the rounds. CPU is of one request. **late** marks a page whose p95 is above {within} ms.

| page | kB | warm: p50 ms | p95 ms | gateway CPU ms | sandbox CPU ms | cold: calls (at most) | ms | gateway CPU ms \
| sandbox CPU ms |
|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"""


@dataclass(frozen=True)
class Round:
    """A page asked some times: milliseconds and calls of one request, and the size of its answer in bytes."""

    p50: float
    p95: float
    gateway: float
    sandbox: float
    calls: float
    size: int

    @staticmethod
    def least(rounds: list["Round"]) -> "Round":
        """Of each figure the least, but the most of calls."""
        p50, p95, gateway, sandbox, _, size = (min(figures) for figures in zip(*map(astuple, rounds), strict=True))
        return Round(p50, p95, gateway, sandbox, max(one.calls for one in rounds), size)


class Runs:
    """Asks pages, and looks at what that costs the two processes."""

    def __init__(self, bench: Bench, sandbox: int) -> None:
        self._bench = bench
        self._sandbox = sandbox
        self._http = httpx.Client(timeout=60, trust_env=False)

    def answer(self, server: Server, page: Page, token: str | None) -> int:
        """Ask for a page, which must be whole; answers its size."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        got = self._http.post(server.url(""), json=page.case.body, headers=headers).raise_for_status()
        if "errors" in got.json():
            raise SystemExit(f"{page.case.name}: {json.dumps(got.json()['errors'], ensure_ascii=False)}")
        return len(got.content)

    def round(self, server: Server, page: Page, token: str | None, runs: int) -> Round:
        """Ask it so many times, one after the other."""
        size = self.answer(server, page, token)
        wait_idle(server.pid)
        self._bench.reset_calls()
        before = cpu_seconds(server.pid), cpu_seconds(self._sandbox)
        taken = [self._timed(lambda: self.answer(server, page, token)) for _ in range(runs)]
        after = cpu_seconds(server.pid), cpu_seconds(self._sandbox)
        gateway, sandbox = ((b - a) * 1e3 / runs for a, b in zip(before, after, strict=True))
        at = statistics.quantiles(taken, n=100, method="inclusive")
        return Round(at[49], at[94], gateway, sandbox, self._bench.calls() / runs, size)

    @staticmethod
    def _timed(do: Callable[[], object]) -> float:
        began = time.perf_counter()
        do()
        return (time.perf_counter() - began) * 1e3


def main() -> None:
    """Serve, read the topics, ask every page in turn, round by round; print the table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--runs", type=int, default=100, help="requests of a page in a round, caches warm")
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--only", default="", help="numbers of operations, by commas")
    asked.add_argument("--without-topics", action="store_true", help="do not read the questions' topics first")
    asked.add_argument("--write", action="store_true", help=f"write {WRITTEN.name} beside the other results")
    options = asked.parse_args()
    share_core(LOAD_CORE)
    with tempfile.TemporaryDirectory() as folder:
        told = measured(Bench(Path(folder)), options)
    print(told)
    if options.write:
        WRITTEN.write_text(told)


def measured(bench: Bench, options: argparse.Namespace) -> str:
    """The table."""
    topics, never = "TONGXIN_COCKPIT__TOPICS_INTERVAL_S", "0"
    bench.environment |= {"TONGXIN_ANSWERS__KEEP_ANSWERS_S": never, topics: never if options.without_topics else "3600"}
    world = build_world(scale=Scale.PROVINCE)
    chosen = [page for page in pages(world) if not options.only or page.case.name[:2] in options.only.split(",")]
    with bench.gateway(Scale.PROVINCE) as warm:
        bench.environment[topics] = never  # who keeps nothing reads none, and looks them up each time
        with bench.cold_gateway() as cold:
            if not options.without_topics:
                _topics_read(bench)
            [sandbox] = children(warm.pid)
            runs = Runs(bench, sandbox)
            found: dict[str, tuple[list[Round], list[Round]]] = {page.case.name: ([], []) for page in chosen}
            for _ in range(options.rounds):
                for page in chosen:
                    token = token_of(page.case, bench.environment)
                    found[page.case.name][0].append(runs.round(warm, page, token, options.runs))
                    found[page.case.name][1].append(runs.round(cold, page, token, _COLD_RUNS))
            rows = [row(page, *found[page.case.name]) for page in chosen]
    head = _HEAD.format(runs=options.runs, rounds=options.rounds, cold=_COLD_RUNS, within=WITHIN_MS)
    return "\n".join([head, *rows, ""])


def _topics_read(bench: Bench) -> None:
    """Wait until the sandbox was asked, and is asked no more."""
    calls = 0
    while not calls or calls != bench.calls():
        calls = bench.calls()
        time.sleep(_PAUSE_SECONDS)


def row(page: Page, warm: list[Round], cold: list[Round]) -> str:
    """A page's line of the table."""
    at, first = Round.least(warm), Round.least(cold)
    late = " **late**" if at.p95 > WITHIN_MS else ""
    figures = (at.size / 1024, at.p50, at.p95, at.gateway, at.sandbox)
    cold_figures = (first.p50, first.gateway, first.sandbox)
    return (
        f"| {page.case.name}{late} | {' | '.join(f'{each:.1f}' for each in figures)} "
        f"| {first.calls:.0f} ({page.most_calls}) | {' | '.join(f'{each:.1f}' for each in cold_figures)} |"
    )


if __name__ == "__main__":
    main()
