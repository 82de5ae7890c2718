"""``make bench``: the gateway beside the stack most teams would write and beside the floor, in one interleaved run.

Every round asks every case of every server in turn, so that a noisy minute hits all of them. CPU milliseconds of the
serving process per request (the least of the rounds) and ratios are what to compare; requests a second and times
belong to the machine. Writes ``benchmarks/results/latest.json`` and ``table.md``, and ``docs/images/bench.svg``.
"""

import argparse
import json
import tempfile
from contextlib import ExitStack
from pathlib import Path

from benchmarks.answers import answer, differing
from benchmarks.cases import Signed, cases, signed_in
from benchmarks.chart import chart
from benchmarks.growth import growth
from benchmarks.late import lateness
from benchmarks.load import Asked, Point, loaded
from benchmarks.processes import LOAD_CORE, rss_mb, share_core
from benchmarks.results import Measured, Results, Row
from benchmarks.servers import ROOT, Bench, Server
from benchmarks.table import table

CONNECTIONS = 10
RESULTS = ROOT / "benchmarks/results"
CHART = ROOT / "docs/images/bench.svg"


def main() -> None:
    """Start the servers, check their answers, run the rounds, check again, write it all down."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--seconds", type=float, default=4, help="length of one point")
    asked.add_argument("--only", default="", help="numbers of operations, by commas")
    asked.add_argument("--dry", action="store_true", help="print, write nothing")
    options = asked.parse_args()
    share_core(LOAD_CORE)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        results = measured(Bench(Path(folder)), stack, options)
    print(table(results))
    if not options.dry:
        RESULTS.mkdir(exist_ok=True)
        CHART.parent.mkdir(parents=True, exist_ok=True)
        (RESULTS / "latest.json").write_text(results.json())
        (RESULTS / "table.md").write_text(table(results))
        CHART.write_text(chart(results))


def measured(bench: Bench, stack: ExitStack, options: argparse.Namespace) -> Results:
    """Everything, in order."""
    gateway = stack.enter_context(bench.gateway())
    chosen = [case for case in cases() if not options.only or case.name[:2] in options.only.split(",")]
    signed = [signed_in(case, bench.environment, gateway.url(case.name)) for case in chosen]
    cold = stack.enter_context(bench.cold_gateway())
    naive = stack.enter_context(bench.naive(signed))
    floor = stack.enter_context(bench.floor({one.case.name: answer(cold, one) for one in signed}))
    servers = [gateway, cold, naive, floor]
    differences = {f"{one.case.name} before": differing(servers, one) for one in signed}
    calls = {(server.name, one.case.name): calls_of(bench, server, one) for server in servers for one in signed}
    points = rounds_of(servers, signed, options.rounds, options.seconds)
    late = lateness(bench, cold, signed)
    differences |= {f"{one.case.name} after": differing(servers, one) for one in signed}
    memory = {server.name: rss_mb(server.pid) for server in servers}
    return Results(
        rows=[
            Row(
                one.case.name,
                server.name,
                calls[server.name, one.case.name],
                Measured.of(points[server.name, one.case.name]),
            )
            for one in signed
            for server in servers
        ],
        servers={server.name: (server.started_s, server.idle_mb, memory[server.name]) for server in servers},
        kilobytes={one.case.name: len(answer(cold, one).encode()) / 1024 for one in signed},
        differences={name: told for name, told in differences.items() if told},
        late=late,
        growth=growth(bench, options.rounds, options.seconds),
        rounds=options.rounds,
        seconds=options.seconds,
    )


def calls_of(bench: Bench, server: Server, one: Signed) -> int:
    """Upstream calls of one request; what was kept before stays kept."""
    bench.reset_calls()
    answer(server, one)
    return bench.calls()


def rounds_of(
    servers: list[Server], signed: list[Signed], rounds: int, seconds: float
) -> dict[tuple[str, str], list[Point]]:
    """All rounds, server by server within each case; a first one, which warms up, is thrown away."""
    points: dict[tuple[str, str], list[Point]] = {}
    for number in range(rounds + 1):
        for one in signed:
            body = json.dumps(one.case.body).encode()
            for server in servers:
                asked = Asked(server.url(one.case.name), body, one.headers)
                point = loaded(asked, server.pid, CONNECTIONS, seconds if number else 1)
                if number:
                    points.setdefault((server.name, one.case.name), []).append(point)
    return points


if __name__ == "__main__":
    main()
