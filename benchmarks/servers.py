"""The servers that are compared: the gateway warm and cold, the naive stack, the bare floor; and their sandbox."""

import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from benchmarks.cases import Signed
from benchmarks.processes import LOAD_CORE, free_port, listening, move_children, rss_mb, running
from connectors.sandbox.world import Scale
from gateway.platforms import PLATFORMS

ROOT = Path(__file__).parents[1]
WARM, COLD, NAIVE, FLOOR = "gateway", "gateway, nothing kept", "naive Strawberry + DataLoader + httpx", "bare ASGI"
NOTHING_KEPT = {
    "TONGXIN_CACHE__SHARE_IN_FLIGHT": "false",
    "TONGXIN_ANSWERS__SHARE_IN_FLIGHT": "false",
    "TONGXIN_ANSWERS__KEEP_ANSWERS_S": "0",
}
"""Settings under which no request shares another's reads or answers."""
_TOKENS = {"token", "gettoken"}


@dataclass(frozen=True)
class Server:
    """One that answers; ``path`` gives the path for a case where it is not always the same."""

    name: str
    pid: int
    base: str
    started_s: float
    idle_mb: float
    by_case: bool = False

    def url(self, case: str) -> str:
        """Where that case is asked."""
        return f"{self.base}/{case}" if self.by_case else f"{self.base}/graphql"


class Bench:
    """One run's folder, ports and environment."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        ports = {platform.prefix: free_port() for platform in PLATFORMS}
        self.sandboxes = [f"http://127.0.0.1:{port}" for port in ports.values()]
        self.environment: dict[str, str] = os.environ | {
            "PYTHONPATH": str(ROOT),
            "TONGXIN_DATA_DIR": str(folder),
            "TONGXIN_AUTH__DATABASE_URL": f"sqlite+aiosqlite:///{folder}/bench.db",
            "TONGXIN_AUTH__ISSUER": f"http://127.0.0.1:{self.port}",
            "TONGXIN_SANDBOX": "true",
            "TONGXIN_PORT": str(self.port),
            "TONGXIN_OPS__PROBE_INTERVAL_S": "0",  # nothing but the operations costs
            "TONGXIN_COCKPIT__TOPICS_INTERVAL_S": "0",
            "TONGXIN_LIMITS__CLIENT_PER_MINUTE": "1000000000",  # counted as ever, though nobody is held up
            "TONGXIN_LIMITS__PERSON_PER_MINUTE": "1000000000",
            "TONGXIN_LIMITS__POINTS_PER_HOUR": "1000000000000",
            **{
                f"TONGXIN_{prefix.upper()}__BASE_URL": address
                for prefix, address in zip(ports, self.sandboxes, strict=True)
            },
        }

    @contextmanager
    def gateway(self, scale: Scale = Scale.COUNTY) -> Iterator[Server]:
        """The gateway as ``make serve`` runs it, everything on; the sandbox beside it, on the other core."""
        clients = self.folder / "sandbox-clients.json"
        serving = ["-m", "gateway.cli", "serve", "--sandbox", "--scale", scale]
        with self._server(WARM, serving, self.port, {}, clients.exists) as server:
            move_children(server.pid, LOAD_CORE)
            yield server

    @contextmanager
    def cold_gateway(self) -> Iterator[Server]:
        """The same gateway in front of the same sandbox, which keeps and shares nothing."""
        port = free_port()
        changes = NOTHING_KEPT | {"TONGXIN_PORT": str(port)}
        with self._server(COLD, ["-m", "benchmarks.cold"], port, changes) as server:
            yield server

    @contextmanager
    def naive(self, signed: list[Signed]) -> Iterator[Server]:
        """The naive stack; it is told who the tokens' persons are."""
        people = {one.token: one.person for one in signed if one.token}
        told = {"NAIVE_PEOPLE": json.dumps(people), "NAIVE_PUBLIC_URL": f"http://127.0.0.1:{self.port}"}
        port = free_port()
        serving = ["-m", "uvicorn", "benchmarks.naive.app:create_app", "--factory", "--port", str(port)]
        quiet = ["--loop", "uvloop", "--http", "httptools", "--no-access-log"]
        with self._server(NAIVE, [*serving, *quiet], port, told) as server:
            yield server

    @contextmanager
    def floor(self, answers: Mapping[str, str]) -> Iterator[Server]:
        """The same bytes without anything behind them."""
        file, port = self.folder / "answers.json", free_port()
        file.write_text(json.dumps(answers))
        with self._server(
            FLOOR, [str(ROOT / "benchmarks/floor.py"), str(port)], port, {"FLOOR_ANSWERS": str(file)}
        ) as server:
            yield Server(FLOOR, server.pid, server.base, server.started_s, server.idle_mb, by_case=True)

    @contextmanager
    def _server(
        self, name: str, arguments: list[str], port: int, more: Mapping[str, str], ready: Any = None
    ) -> Iterator[Server]:
        began = time.perf_counter()
        first: list[float] = []
        listens = listening(port)

        def started() -> bool:
            if not first and listens():
                first.append(time.perf_counter() - began)
            return bool(first) and (ready is None or ready())

        with running(arguments, {**self.environment, **more}, started, self.folder / f"{port}.log") as pid:
            yield Server(name, pid, f"http://127.0.0.1:{port}", first[0], rss_mb(pid))

    def calls(self) -> int:
        """Calls the sandbox got since ``reset_calls``, without those for tokens, which are held anyway."""
        counts = [_asked("GET", f"{address}/sandbox/calls").json()["byOperation"] for address in self.sandboxes]
        return sum(count for told in counts for name, count in told.items() if name not in _TOKENS)

    def reset_calls(self) -> None:
        """Count from zero."""
        for address in self.sandboxes:
            _asked("DELETE", f"{address}/sandbox/calls")

    @contextmanager
    def late(self, ms: int) -> Iterator[None]:
        """Every answer of the sandbox comes that much later while the block runs."""
        for address in self.sandboxes:
            _asked("PUT", f"{address}/sandbox/faults", {"fault": "slow", "ms": ms})
        yield
        for address in self.sandboxes:
            _asked("DELETE", f"{address}/sandbox/faults")


def _asked(method: str, url: str, body: Any = None) -> httpx.Response:
    return httpx.request(method, url, json=body, timeout=30, trust_env=False).raise_for_status()
