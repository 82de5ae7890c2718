"""The composition of docker/ without containers: the same start commands and servers, on ports of this machine."""

import os
import re
import shutil
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from gateway.platforms import PLATFORMS
from tests.docker.programs import FOLDER, program, started
from tests.redis_server import redis_server
from tests.servers import PostgreSQL, free_port

if TYPE_CHECKING:
    import subprocess

NAMES = ("gateway-1", "gateway-2")
PATIENCE = 90
METRICS_TOKEN = "invented-token-of-the-tests"


@dataclass
class Composition:
    """What runs: ``ports`` by name; ``environment`` of a gateway, for commands beside it."""

    folder: Path
    environment: dict[str, str]
    ports: dict[str, int]
    stack: ExitStack
    processes: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    def begin(self, name: str) -> None:
        """Start a gateway, again if it has ended."""
        more = {"TONGXIN_PORT": str(self.ports[name]), "TONGXIN_AUTH__AUDIT__CHAIN": name}
        self.run(name, "start-gateway", self.ports[name], more)

    def run(self, name: str, script: str, port: int, more: Mapping[str, str]) -> None:
        """Run a start command until all ends."""
        command: list[str | Path] = [FOLDER / script]
        self.processes[name] = self.stack.enter_context(started(command, port, self.environment | more))

    def at(self, name: str) -> str:
        """Where that is."""
        return f"http://127.0.0.1:{self.ports[name]}"

    def asked(self, query: str) -> list[dict[str, object]]:
        """Ask Prometheus; the series with their values."""
        told = httpx.get(f"{self.at('prometheus')}/api/v1/query", params={"query": query}, trust_env=False).json()
        assert told["status"] == "success", (query, told)
        found: list[dict[str, object]] = told["data"]["result"]
        return found


@contextmanager
def composed(folder: Path, postgresql: PostgreSQL, **settings: str) -> Iterator[Composition]:
    """All of it until left: sandbox, Redis, two gateways, HAProxy, Prometheus that scrapes every second.

    ``settings`` are further ones of the gateways.
    """
    names = ("balancer", "balancer-metrics", "prometheus", *NAMES)
    ports = {name: free_port() for name in names} | {one.prefix: free_port() for one in PLATFORMS}
    platforms = {
        f"TONGXIN_{one.prefix.upper()}__BASE_URL": f"http://127.0.0.1:{ports[one.prefix]}" for one in PLATFORMS
    }
    with ExitStack() as stack:
        redis = stack.enter_context(redis_server())
        shared = {f"TONGXIN_{one}__REDIS_URL": redis.url for one in ("CACHE", "LIVE", "LIMITS")}
        own = {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}:/usr/sbin",
            "HOME": str(folder),
            "TONGXIN_HOST": "127.0.0.1",
            "TONGXIN_AUTH__ISSUER": f"http://127.0.0.1:{ports['balancer']}",
            "TONGXIN_EDGE__TRUSTED_PROXIES": '["127.0.0.0/8"]',
            "TONGXIN_SANDBOX": "true",
            "TONGXIN_SECRETS_DIR": str(_secrets(folder, postgresql.new_database())),
            "TONGXIN_DATA_DIR": str(folder / "data"),
        }
        environment = own | platforms | shared | settings
        whole = Composition(folder, environment, ports, stack)
        whole.run("sandbox", "start-sandbox", ports[PLATFORMS[-1].prefix], {"SANDBOX_HOST": "127.0.0.1"})
        for name in NAMES:
            whole.begin(name)
        program("haproxy")
        whole.run("balancer", "start-haproxy", ports["balancer"], _balancing(ports))
        program("prometheus")
        whole.run("prometheus", "start-prometheus", ports["prometheus"], _watching(folder, ports))
        _until_ready(whole)
        yield whole


def _secrets(folder: Path, database_url: str) -> Path:
    secrets = folder / "secrets"
    secrets.mkdir()
    (secrets / "tongxin_auth__secret").write_text("invented-secret-of-the-tests-0123456789")
    (secrets / "tongxin_auth__database_url").write_text(database_url)
    (secrets / "tongxin_ops__metrics_token").write_text(METRICS_TOKEN)
    return secrets


def _balancing(ports: Mapping[str, int]) -> dict[str, str]:
    return {
        "TONGXIN_GATEWAY_1": f"127.0.0.1:{ports['gateway-1']}",
        "TONGXIN_GATEWAY_2": f"127.0.0.1:{ports['gateway-2']}",
        "TONGXIN_BIND": f"127.0.0.1:{ports['balancer']}",
        "TONGXIN_METRICS_BIND": f"127.0.0.1:{ports['balancer-metrics']}",
    }


def _watching(folder: Path, ports: Mapping[str, int]) -> dict[str, str]:
    """As shipped, but looking every second: a test has no minutes."""
    config = Path(shutil.copytree(FOLDER / "prometheus", folder / "prometheus"))
    scraping = config / "prometheus.yml"
    scraping.write_text(re.sub(r"_(interval|timeout): \d+s", r"_\1: 1s", scraping.read_text()))
    return {
        "TONGXIN_PROMETHEUS_CONFIG": str(config),
        "TONGXIN_PROMETHEUS_RUN": str(folder / "run"),
        "TONGXIN_PROMETHEUS_DATA": str(folder / "series"),
        "TONGXIN_PROMETHEUS_LISTEN": f"127.0.0.1:{ports['prometheus']}",
        "TONGXIN_GATEWAYS": " ".join(f"127.0.0.1:{ports[name]}" for name in NAMES),
        "TONGXIN_BALANCERS": f"127.0.0.1:{ports['balancer-metrics']}",
        "TONGXIN_METRICS_TOKEN_FILE": str(folder / "secrets" / "tongxin_ops__metrics_token"),
    }


def _until_ready(whole: Composition) -> None:
    ends = time.monotonic() + PATIENCE
    while not (_ready(whole, "balancer") and len(whole.asked('up{job="tongxin-gateway"} == 1')) == len(NAMES)):
        assert time.monotonic() < ends
        time.sleep(0.2)


def _ready(whole: Composition, name: str) -> bool:
    try:
        return httpx.get(f"{whole.at(name)}/health/ready", trust_env=False).is_success
    except httpx.TransportError:
        return False
