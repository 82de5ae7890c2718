"""A command centre in this process, and the gateway's sources over it."""

import time
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from types import SimpleNamespace

import httpx
import pytest

from connectors.cache import Cache
from connectors.command import connect
from connectors.command.persons import CommandPersons
from connectors.command.sandbox import build_sandbox
from connectors.command.settings import CommandSettings
from connectors.command.sources import CommandAlerts, CommandGrids, CommandOrders, CommandVillageForms
from connectors.deadline import Deadline
from connectors.memory import BoundedMemoryCache
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.building import CHINA, build_world
from connectors.sandbox.world import World
from connectors.transport import Transport
from connectors.viewer import ANYONE, Ask

NAMES = {
    CommandGrids: "grids",
    CommandAlerts: "alerts",
    CommandOrders: "orders",
    CommandVillageForms: "forms",
    CommandPersons: "persons",
}


class Clock:
    """The sandbox's clock; a test may move ``ahead``, in seconds."""

    ahead = 0.0

    def __call__(self) -> float:
        """Seconds since 1970."""
        return time.time() + self.ahead


@pytest.fixture(scope="session")
def world() -> World:
    """The county's world on a Sunday in November."""
    return build_world(today=datetime(2026, 11, 22, 12, tzinfo=CHINA))


@pytest.fixture
def clock() -> Clock:
    """The sandbox's clock."""
    return Clock()


@pytest.fixture(scope="session")
def settings() -> CommandSettings:
    """Settings that fit the sandbox, with persons looked up."""
    return CommandSettings(timeout_ms=30_000, person_lookup=True).with_sandbox()


@pytest.fixture
def sandbox(settings: CommandSettings, world: World, clock: Clock) -> SandboxApp:
    """The platform."""
    return build_sandbox(settings, world, clock=clock)


@pytest.fixture
async def connected() -> AsyncIterator[Callable[..., SimpleNamespace]]:
    """Connects with an empty cache: ``connected(settings, way)``.

    What comes back has the sources by name, the ``requests`` they sent, the ``answers`` and the ``connection``.
    """
    opened = []

    def connecting(settings: CommandSettings, way: httpx.AsyncBaseTransport) -> SimpleNamespace:
        requests: list[httpx.Request] = []
        answers: list[httpx.Response] = []

        async def note(request: httpx.Request) -> None:
            requests.append(request)

        async def keep(answer: httpx.Response) -> None:
            await answer.aread()
            answers.append(answer)

        client = httpx.AsyncClient(
            transport=way, timeout=30, trust_env=False, event_hooks={"request": [note], "response": [keep]}
        )
        opened.append(connect(settings, Cache(BoundedMemoryCache(10_000)), Transport("command", client=client)))
        named = {NAMES[type(source)]: source for source in opened[-1].sources}
        return SimpleNamespace(**named, requests=requests, answers=answers, connection=opened[-1])

    yield connecting
    for connection in opened:
        await connection.aclose()


@pytest.fixture
def command(
    settings: CommandSettings, sandbox: SandboxApp, connected: Callable[..., SimpleNamespace]
) -> SimpleNamespace:
    """The sources over that platform, in this process."""
    return connected(settings, httpx.ASGITransport(sandbox))


@pytest.fixture
def ask() -> Ask:
    """Nobody in particular, with time enough."""
    return Ask(ANYONE, Deadline.after(30))
