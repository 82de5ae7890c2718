"""What one gateway does, what two do, and what PostgreSQL and Redis have to do for it.

    python -m benchmarks.scaling [SECONDS]

Operations 01, 02, 03 and 16 one after the other, each as whoever asks it, on one PostgreSQL and one Redis of its own;
the first gateway on one core, the second, and what loads and answers them, on the other. CPU is that of the processes
themselves, so that it holds on a machine that others use as well; requests a second do not: read them as a ratio.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.cases import Signed, cases, signed_in
from benchmarks.load import Asked, Point, loaded
from benchmarks.processes import LOAD_CORE, children, cpu_seconds, free_port, listening, rss_mb, running, share_core
from benchmarks.servers import Bench
from tests.redis_server import redis_server
from tests.servers import postgresql

_CONNECTIONS = 10


@dataclass(frozen=True)
class Share:
    """CPU-ms a request, by who spends it; and memory in MB."""

    name: str
    gateway: float
    redis: float
    postgresql: float
    rps: float
    mb: float

    def __str__(self) -> str:
        spent = f"gateway {self.gateway:.2f}, Redis {self.redis:.3f}, PostgreSQL {self.postgresql:.3f} CPU-ms"
        return f"{self.name:<24} {spent}; {self.rps:.0f} a second; {self.mb:.0f} MB"


@dataclass(frozen=True)
class Stores:
    """The processes of both."""

    redis: int
    postmaster: int

    def cpu(self) -> tuple[float, float]:
        """CPU seconds of Redis and of all of PostgreSQL."""
        return cpu_seconds(self.redis), sum(map(cpu_seconds, [self.postmaster, *children(self.postmaster)]))


@contextmanager
def stored(bench: Bench) -> Iterator[Stores]:
    """Both stores, on the core of those that load; ``bench`` is told where they are."""
    share_core(LOAD_CORE)
    with postgresql() as cluster, redis_server() as redis:
        shared = {f"TONGXIN_{part}__REDIS_URL": redis.url for part in ("CACHE", "LIVE", "LIMITS")}
        bench.environment |= shared | {"TONGXIN_AUTH__DATABASE_URL": cluster.new_database()}
        postmaster = int((cluster.folder / "data" / "postmaster.pid").read_text().split()[0])
        yield Stores(redis.pid, postmaster)


def measured(one: Signed, urls: list[str], pids: list[int], stores: Stores, seconds: float) -> Share:
    """One operation, at one gateway or at several at once."""
    body = json.dumps(one.case.body).encode()
    asked = [Asked(url, body, one.headers) for url in urls]
    with ThreadPoolExecutor(len(urls)) as threads:

        def round_of(lasting: float) -> list[Point]:
            return list(
                threads.map(lambda at: loaded(at[0], at[1], _CONNECTIONS, lasting), zip(asked, pids, strict=True))
            )

        round_of(1)  # warm
        before = stores.cpu()
        points = round_of(seconds)
    if any(point.bad for point in points):
        raise SystemExit(f"{one.case.name} was not always answered")
    rps = sum(point.rps for point in points)
    redis, database = ((now - then) * 1e3 / (rps * seconds) for now, then in zip(stores.cpu(), before, strict=True))
    gateway = sum(point.cpu_ms for point in points) / len(points)
    return Share(one.case.name, gateway, redis, database, rps, rss_mb(pids[0]))


def main(seconds: float = 3) -> None:
    """Measure one gateway, then two."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        bench = Bench(Path(name))
        stores = stack.enter_context(stored(bench))
        first = stack.enter_context(bench.gateway())
        port = free_port()
        more = {"TONGXIN_PORT": str(port), "TONGXIN_AUTH__AUDIT__CHAIN": "second"}
        log = bench.folder / "second.log"
        serving = ["-m", "gateway.cli", "serve"]
        second = stack.enter_context(running(serving, bench.environment | more, listening(port), log, LOAD_CORE))
        signed = [signed_in(case, bench.environment, f"{first.base}/graphql") for case in cases()]
        urls, pids = [f"{first.base}/graphql", f"http://127.0.0.1:{port}/graphql"], [first.pid, second]
        for count in (1, 2):
            print(f"{count} at once")
            for one in signed:
                print(measured(one, urls[:count], pids[:count], stores, seconds))


if __name__ == "__main__":
    main(*map(float, sys.argv[1:]))
