"""A run as Markdown."""

from collections.abc import Iterator

from benchmarks.load import WRK
from benchmarks.results import Results
from benchmarks.servers import NAIVE

_HEAD = "| | CPU-ms | times less | requests/s | p50 ms | p99 ms | upstream calls |\n|---|---:|---:|---:|---:|---:|---:|"


def table(results: Results) -> str:
    """All of it."""
    parts = [_of_case(results, case) for case in results.cases]
    return "\n\n".join([*parts, *_servers(results), *_rest(results)]) + "\n"


def _of_case(results: Results, case: str) -> str:
    base = results.of(case, NAIVE).cpu_ms
    lines = [f"**{case}**, {results.kilobytes[case]:.1f} kB", "", _HEAD]
    for row in results.rows:
        if row.case == case:
            one = row.found
            bad = f" ({one.bad} bad)" if one.bad else ""
            lines.append(
                f"| {row.server} | {one.cpu_ms:.3f} | {base / one.cpu_ms:.1f} | {one.rps:,.0f}{bad} "
                f"| {one.p50:.2f} | {one.p99:.2f} | {row.calls} |"
            )
    return "\n".join(lines)


def _servers(results: Results) -> Iterator[str]:
    lines = ["| | starts in s | MB idle | MB after the load |", "|---|---:|---:|---:|"]
    for name, (seconds, idle, after) in results.servers.items():
        lines.append(f"| {name} | {seconds:.2f} | {idle:.0f} | {after:.0f} |")
    yield "\n".join(lines)


def _rest(results: Results) -> Iterator[str]:
    lines = ["| every upstream answer 20 ms late | p50 ms | usual p50 ms | answers waited for in a row |"]
    lines.append("|---|---:|---:|---:|")
    lines += [f"| {late.case} | {late.late:.1f} | {late.usual:.1f} | {late.waits:.1f} |" for late in results.late]
    yield "\n".join(lines)
    grown = results.growth
    yield f"80 studios cost {grown.ratio:.2f} times what 20 cost ({grown.eighty:.2f} to {grown.twenty:.2f} CPU-ms)."
    load = "wrk" if WRK else "our own load generator"
    yield (
        f"{results.rounds} rounds of {results.seconds:g} s, 10 connections by {load}; CPU: least of the rounds, "
        f"the rest: medians. “Times less” is the CPU of {NAIVE} divided by the row's."
    )
    if results.differences:
        told = [f"- {name}: {place}" for name, places in results.differences.items() for place in places]
        yield "\n".join(["Answers that differ:", "", *told])
    else:
        yield "All answers were equal, before and after the load."
