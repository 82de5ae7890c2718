"""What observing costs: metrics and traces of one request, in CPU time, as a share of operation 02's.

    python -m benchmarks.observing [COUNT]

All of it timed alone and in process, with the very parts the gateway has: what a request of operation 02 notes is done
again without the request. Operation 02 is asked without a socket in between, so that its share is at most less.
"""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.cases import cases, signed_in
from benchmarks.observed import SCOPE, Work, cost, works
from benchmarks.processes import LOAD_CORE, free_port, listening, running
from benchmarks.servers import Bench
from connectors.guarding.guard import Guard
from connectors.metering import Meter
from connectors.tracing import CURRENT, note, spanned
from gateway.http.access import AccessEntry
from gateway.http.trace import new_trace_id
from gateway.metrics.served import Served
from gateway.observing.sending import Sending
from gateway.observing.settings import TraceSettings
from gateway.observing.tracing import Tracing

REACH = 0.05
_COLLECTOR = """
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()
    def log_message(self, *_):
        pass
HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""


@dataclass(frozen=True, slots=True)
class Costs:
    """CPU seconds a request: of metrics, of a trace that is not recorded, of one that is, all spans sent."""

    metrics: float
    unsampled: float
    sampled: float
    share: float

    @property
    def all(self) -> float:
        """On average over requests."""
        return self.metrics + (1 - self.share) * self.unsampled + self.share * self.sampled

    def table(self, work: Work) -> str:
        """The lines of one kind of request."""
        rows = [
            ("metrics", self.metrics),
            ("a trace that is not recorded", self.unsampled),
            ("a trace that is recorded, and sent", self.sampled),
            (f"all, {self.share:.0%} of the requests recorded", self.all),
        ]
        head = f"operation 02, {work.name}: {work.reads} reads, {work.calls} calls"
        lines = [f"{head:<52}{work.seconds * 1e6:10.1f} us"]
        lines += [f"   {what:<49}{cost * 1e6:10.1f} us {cost / work.seconds:8.2%}" for what, cost in rows]
        verdict = "" if self.all / work.seconds < REACH else "   ABOVE"
        return "\n".join(lines) + f"   reach {REACH:.0%}{verdict}"


def metrics_of(work: Work) -> Callable[[], Awaitable[None]]:
    """What is counted of such a request: itself, its calls, its reads."""
    served, meter = Served(), Meter("duty")

    async def noted() -> None:
        served.active += 1
        for _ in range(work.calls):
            meter.ended("studios", 0.004, None)
        for _ in range(work.reads - work.calls):
            meter.kept("studios", 3)
        served.active -= 1
        served.ended("/graphql", "POST", 200, 0.004)

    return noted


def traces_of(work: Work, tracing: Tracing) -> Callable[[], Awaitable[None]]:
    """What is done of its trace: by the edge, the engine, the loaders, the guard."""
    guard = Guard(Meter("duty"))

    async def noted() -> None:
        entry = AccessEntry(new_trace_id(), document="d" * 64, operation="StudioPage")
        at = tracing.of_request(SCOPE, entry)
        before = CURRENT.set(at)
        with spanned("graphql.plan"):
            pass
        with spanned("graphql.execute"):
            for _ in range(work.reads):
                with spanned("read") as span:
                    if span is not None:
                        span.attributes["tongxin.read.keys"] = 3
                        span.attributes["tongxin.cache.state"] = "fetched"
            for _ in range(work.calls):
                with guard.call("studios"):
                    note("http.response.status_code", value=200)
        CURRENT.reset(before)
        tracing.end(at, SCOPE, entry, "/graphql", 200)

    return noted


async def traced(work: Work, address: str, count: int) -> tuple[float, float]:
    """CPU seconds of a trace that is not recorded, and of one that is, made, encoded and sent.

    The guard's own work and counting are part of neither: what they cost without any trace is taken off.
    """
    settings = TraceSettings(endpoint=address, share=1, queue=1_000_000)
    guarded = await cost(guarded_calls(work), count)
    unsampled = await cost(traces_of(work, Tracing(settings.model_copy(update={"share": 0.0}), lambda _: None)), count)
    sending = Sending(settings)
    began = 0.0
    async with sending.running():
        noted = traces_of(work, Tracing(settings, sending.record))
        await noted()
        await asyncio.sleep(2)  # the library is read once
        began = time.process_time()
        for _ in range(count):
            await noted()
            await asyncio.sleep(0)
        while len(sending):  # noqa: ASYNC110 - another thread empties it, and tells nobody
            await asyncio.sleep(0.01)
    spent = (time.process_time() - began) / count
    if set(sending.counts) - {"sent", "stopped"} or sending.counts["stopped"]:
        raise RuntimeError(sending.counts)
    return max(unsampled - guarded, 0.0), spent - guarded


def guarded_calls(work: Work) -> Callable[[], Awaitable[None]]:
    """The calls' guard outside of any trace."""
    guard = Guard(Meter("duty"))

    async def noted() -> None:
        for _ in range(work.calls):
            with guard.call("studios"):
                pass

    return noted


async def costs(work: Work, address: str, count: int) -> Costs:
    """All of it."""
    unsampled, sampled = await traced(work, address, count)
    metrics = await cost(metrics_of(work), count)
    return Costs(metrics, unsampled, sampled, TraceSettings().share)


def main(count: int) -> None:
    """Start the sandbox and a collector, measure, print."""
    port = free_port()
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name))
        log = Path(name) / "collector.log"
        collector = running(["-c", _COLLECTOR, str(port)], os.environ, listening(port), log, LOAD_CORE)
        with bench.gateway() as gateway, collector:
            [case] = [case for case in cases() if case.name.startswith("02")]
            one = signed_in(case, bench.environment, gateway.url(case.name))
            os.environ.update(bench.environment)
            for work in asyncio.run(works(one, count)):
                print(asyncio.run(costs(work, f"http://127.0.0.1:{port}/v1/traces", count)).table(work))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
