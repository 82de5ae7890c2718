"""How CPU grows with the page: 80 studios against 20, on the lab's graph and its stub (the sandbox has but 40)."""

import json
from dataclasses import dataclass

from benchmarks.load import Asked, loaded
from benchmarks.processes import LOAD_CORE, free_port, listening, running
from benchmarks.servers import ROOT, Bench

_QUERY = (
    "{ studios(first: %d) { id name members { id name employee { code orgName title } }"
    " questions(first: 10) { id title asker { id name } answeredBy { id name } } } }"
)
_CONNECTIONS = 10


@dataclass(frozen=True)
class Growth:
    """CPU-ms per request for a page of 20 and for one of 80."""

    twenty: float
    eighty: float

    @property
    def ratio(self) -> float:
        """What four times the page costs."""
        return self.eighty / self.twenty


def growth(bench: Bench, rounds: int, seconds: float) -> Growth:
    """Measure both, in turn; the least of the rounds counts."""
    stub, port = free_port(), free_port()
    ups = {f"UP_{name}": f"http://127.0.0.1:{stub}" for name in ("JSON", "DUTY", "CITIZEN", "WORK")}
    off = {"LAB_SHARING": "off", "LAB_KEPT_S": "0"}
    serving = ["-m", "uvicorn", "benchmarks.lab.app:served", "--factory", "--port", str(port), "--no-access-log"]
    stubbing = [str(ROOT / "benchmarks/lab/stub.py"), str(stub)]
    with (
        running(stubbing, bench.environment, listening(stub), bench.folder / "stub.log", LOAD_CORE),
        running(
            [*serving, "--loop", "uvloop", "--http", "httptools"],
            bench.environment | ups | off,
            listening(port),
            bench.folder / "lab.log",
        ) as pid,
    ):
        asked = [Asked(f"http://127.0.0.1:{port}/graphql", _body(size), {}) for size in (20, 80)]
        found = [[loaded(one, pid, _CONNECTIONS, seconds) for one in asked] for _ in range(rounds + 1)][1:]  # warm
    if any(point.bad for points in found for point in points):
        raise SystemExit("the page of studios was not answered")
    return Growth(*(min(point.cpu_ms for point in points) for points in zip(*found, strict=True)))


def _body(size: int) -> bytes:
    return json.dumps({"query": _QUERY % size}).encode()
