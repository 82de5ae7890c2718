"""A duty platform in this process, and the gateway's sources over it."""

import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace

import httpx
import pytest

from connectors.cache import Cache
from connectors.deadline import Deadline
from connectors.duty import connect
from connectors.duty.activities import DutyActivities, DutyAttendances
from connectors.duty.duties import DutyRecords, DutyScores
from connectors.duty.lookup import DutyMemberLookup
from connectors.duty.sandbox import build_sandbox
from connectors.duty.settings import DutySettings
from connectors.duty.shifts import DutyShifts
from connectors.duty.sources import DutyCommittees, DutyMembers, DutyPortraits, DutyStudios
from connectors.duty.writes import DutyWrites
from connectors.memory import BoundedMemoryCache
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.building import CHINA, build_world
from connectors.sandbox.world import World
from connectors.transport import Transport
from connectors.viewer import ANYONE, Ask

NAMES = {
    DutyStudios: "studios",
    DutyMembers: "members",
    DutyMemberLookup: "lookup",
    DutyCommittees: "committees",
    DutyShifts: "shifts",
    DutyPortraits: "portraits",
    DutyWrites: "writes",
    DutyScores: "scores",
    DutyRecords: "records",
    DutyActivities: "activities",
    DutyAttendances: "attendances",
}


@pytest.fixture(scope="session")
def world() -> World:
    """The county's world on a Sunday in November."""
    return build_world(today=datetime(2026, 11, 22, 12, tzinfo=CHINA))


class Clock:
    """A clock that stands until a test moves its ``now``."""

    def __init__(self) -> None:
        self.began = self.now = time.time()

    def __call__(self) -> float:
        """Seconds since 1970."""
        return self.now


class Called(Counter[str]):
    """Counts calls, and remembers what was called also where a test forgets it."""

    def __init__(self) -> None:
        super().__init__()
        self.ever: set[str] = set()

    def __setitem__(self, name: str, count: int) -> None:
        self.ever.add(name)
        super().__setitem__(name, count)


@dataclass
class Standing:
    """A platform from one test to the next: to make one costs more than most tests do with it."""

    clock: Clock
    settings: DutySettings | None = None
    app: SandboxApp | None = None

    def stand(self, settings: DutySettings, world: World) -> SandboxApp:
        """The platform: the one that stands, or a new one where it was made for other settings."""
        if self.app is None or self.settings != settings:
            self.settings, self.app = settings, build_sandbox(settings, world, clock=self.clock)
        self.app.calls = Called()
        return self.app

    @property
    def as_new(self) -> bool:
        """Whether nothing but reads came its way and no time passed: only then may it stand on."""
        if self.app is None:
            return False
        self.app.faults.clear()
        reads = {operation.name for operation in self.app.operations if operation.methods == ("GET",)} | {"token"}
        assert isinstance(self.app.calls, Called)
        return self.app.calls.ever <= reads and self.clock.now == self.clock.began


@pytest.fixture(scope="session")
def stand() -> list[Standing]:
    """Holds the platform of the test before, where that is as new."""
    return []


@pytest.fixture
def standing(stand: list[Standing]) -> Iterator[Standing]:
    """A platform as new, not yet made perhaps, and its clock."""
    standing = stand.pop() if stand else Standing(Clock())
    yield standing
    if standing.as_new:
        stand.append(standing)


@pytest.fixture
def clock(standing: Standing) -> Clock:
    """The sandbox's clock, moved by its ``now``."""
    return standing.clock


@pytest.fixture
def settings() -> DutySettings:
    """Settings that fit the sandbox."""
    return DutySettings(timeout_ms=30_000).with_sandbox()


@pytest.fixture
def sandbox(settings: DutySettings, world: World, standing: Standing) -> SandboxApp:
    """The platform."""
    return standing.stand(settings, world)


@pytest.fixture
async def connected() -> AsyncIterator[Callable[..., SimpleNamespace]]:
    """Connects with an empty cache: ``connected(settings, way=None)``, where ``way`` None means real sockets.

    What comes back has this folder's sources by name, the ``requests`` they sent and the ``connection``.
    """
    opened = []

    def connecting(settings: DutySettings, way: httpx.AsyncBaseTransport | None = None) -> SimpleNamespace:
        requests: list[httpx.Request] = []

        async def note(request: httpx.Request) -> None:
            requests.append(request)

        client = httpx.AsyncClient(
            transport=way,
            timeout=None,  # noqa: S113 - as ours
            trust_env=False,
            event_hooks={"request": [note]},
        )
        opened.append(connect(settings, Cache(BoundedMemoryCache(10_000)), Transport("duty", client=client)))
        named = {name: source for source in opened[-1].sources if (name := NAMES.get(type(source)))}
        return SimpleNamespace(**named, requests=requests, connection=opened[-1])

    yield connecting
    for connection in opened:
        await connection.aclose()


@pytest.fixture
def duty(settings: DutySettings, sandbox: SandboxApp, connected: Callable[..., SimpleNamespace]) -> SimpleNamespace:
    """The sources over that platform, in this process."""
    return connected(settings, httpx.ASGITransport(sandbox))


@pytest.fixture
def answering(
    settings: DutySettings, connected: Callable[..., SimpleNamespace]
) -> Callable[[Callable[[httpx.Request], httpx.Response]], SimpleNamespace]:
    """The sources over a platform that gives tokens and else answers whatever it is told to."""

    def over(answer: Callable[[httpx.Request], httpx.Response]) -> SimpleNamespace:
        def handle(request: httpx.Request) -> httpx.Response:
            if request.url.path == "/oauth/token":
                token = {"access_token": "t", "token_type": "bearer", "expires_in": "7200"}
                return httpx.Response(200, json=token)
            return answer(request)

        return connected(settings, httpx.MockTransport(handle))

    return over


@pytest.fixture
def ask() -> Ask:
    """Nobody in particular, with time enough."""
    return Ask(ANYONE, Deadline.after(30))
