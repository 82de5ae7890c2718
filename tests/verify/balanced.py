"""Two gateways behind HAProxy, on one PostgreSQL and one Redis: real processes, each of which a test stops and starts."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, cast

import httpx

from auth.settings import AuthSettings
from tests.docker.programs import FOLDER, program, started
from tests.mortal.browser import ISSUER
from tests.mortal.world import SECRET, World, environment_of
from tests.redis_server import RedisServer, redis_server
from tests.servers import PostgreSQL, free_port, postgresql
from tests.stack import Sandbox

if TYPE_CHECKING:
    from tests.mortal.lives import Lives

PATIENCE = 60.0
DRAIN_S = 3
"""As ``docker/compose.yaml`` has it: HAProxy has noticed after a second and a half."""
UNHURRIED = {
    "TONGXIN_LIMITS__CLIENT_PER_MINUTE": "1000000",
    "TONGXIN_LIMITS__PERSON_PER_MINUTE": "1000000",
    "TONGXIN_LIMITS__ADDRESS_PER_MINUTE": "1000000",
    "TONGXIN_LIMITS__SIGN_ON_PER_MINUTE": "1000000",
}
"""One machine plays many callers."""


class Replica:
    """One gateway, as its container starts it."""

    def __init__(self, name: str, environment: dict[str, str], log: Path) -> None:
        self.name = name
        self.environment = environment
        self.port = int(environment["TONGXIN_PORT"])
        self.log = log
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it is ready."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen([FOLDER / "start-gateway"], env=self.environment, stderr=log, stdout=log)
        ends = time.monotonic() + PATIENCE
        while self.health("ready") != httpx.codes.OK:
            assert self.process.poll() is None, self.log.read_text()[-2000:]
            assert time.monotonic() < ends
            time.sleep(0.05)

    def health(self, page: str) -> int:
        """The status of one of its health pages; 0 where nobody answers."""
        with suppress(httpx.TransportError):
            return httpx.get(f"http://127.0.0.1:{self.port}/health/{page}", trust_env=False).status_code
        return 0

    def end(self, by: signal.Signals = signal.SIGTERM) -> int:
        """End it; answers its status."""
        assert self.process is not None
        self.process.send_signal(by)
        return self.process.wait(PATIENCE)

    def told(self, what: str) -> int:
        """How often its log says so."""
        return self.log.read_text().count(what)


@dataclass(frozen=True)
class Door:
    """What a ``World`` asks of its gateway: where it is."""

    port: int


@dataclass
class Balanced:
    """All of it; ``world`` signs in and writes through the balancer."""

    world: World
    metrics_port: int
    postgresql: PostgreSQL
    redis: RedisServer
    replicas: list[Replica] = field(default_factory=list)

    @property
    def port(self) -> int:
        """The balancer's."""
        return self.world.lives.port

    @property
    def base(self) -> str:
        """The balancer's address."""
        return f"http://127.0.0.1:{self.port}"

    def restart(self, replica: Replica) -> None:
        """End it as an update does, and start it again; goes on when the balancer has it back."""
        assert replica.end() == -signal.SIGTERM, replica.log.read_text()[-2000:]  # as uvicorn ends, after all else
        replica.start()
        self.until_served_by(replica)

    def until_served_by(self, replica: Replica) -> None:
        """Wait until the balancer sends requests there: two good checks, and some."""
        ends = time.monotonic() + PATIENCE
        while not self._up(replica.name):
            assert time.monotonic() < ends
            time.sleep(0.1)

    def _up(self, name: str) -> bool:
        address = f"http://127.0.0.1:{self.metrics_port}/metrics"
        wanted = f'haproxy_server_status{{proxy="gateways",server="{name}",state="UP"}} 1'
        with suppress(httpx.TransportError):
            return wanted in httpx.get(address, trust_env=False).text
        return False


@contextmanager
def balanced(sandbox: Sandbox, folder: Path, **more: str) -> Iterator[Balanced]:
    """Start everything; PostgreSQL and Redis are this test's own, since it may stop them."""
    program("haproxy")
    port, metrics = free_port(), free_port()
    with ExitStack() as stack:
        cluster = stack.enter_context(postgresql())
        redis = stack.enter_context(redis_server())
        url = cluster.new_database()
        shared = {f"TONGXIN_{one}__REDIS_URL": redis.url for one in ("CACHE", "LIVE", "LIMITS")}
        settings = AuthSettings(secret=SECRET, issuer=ISSUER, database_url=url)
        world = World(cast("Lives", Door(port)), sandbox, settings)
        whole = Balanced(world, metrics, cluster, redis)
        for name in ("gateway-1", "gateway-2"):
            own = {
                "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
                "TONGXIN_HOST": "127.0.0.1",
                "TONGXIN_SANDBOX": "true",
                "TONGXIN_LOG_LEVEL": "INFO",
                "TONGXIN_AUTH__AUDIT__CHAIN": name,
                "TONGXIN_OPS__DRAIN_S": str(DRAIN_S),
                "TONGXIN_EDGE__TRUSTED_PROXIES": '["127.0.0.0/8"]',
            }
            environment = environment_of(sandbox, url, folder / name, **own, **UNHURRIED, **shared, **more)
            replica = Replica(name, environment, folder / f"{name}.log")
            whole.replicas.append(replica)
            stack.callback(_killed, replica)
            replica.start()
        world.web = world.register()
        first, second = (f"127.0.0.1:{one.port}" for one in whole.replicas)
        balancing = {"TONGXIN_GATEWAY_1": first, "TONGXIN_GATEWAY_2": second, "TONGXIN_DRAIN": "1s"}
        binds = {"TONGXIN_BIND": f"127.0.0.1:{port}", "TONGXIN_METRICS_BIND": f"127.0.0.1:{metrics}"}
        stack.enter_context(started([FOLDER / "start-haproxy"], port, balancing | binds))
        for replica in whole.replicas:
            whole.until_served_by(replica)
        yield whole


def _killed(replica: Replica) -> None:
    if replica.process is not None and replica.process.poll() is None:
        replica.process.kill()
        replica.process.wait()
