"""The whole stack for tests: the sandbox platforms on real sockets, and a gateway in front of them."""

import asyncio
import shutil
import ssl
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from auth.client import GrantType
from auth.proof import Proof
from auth.store import Database, upgrade
from connectors.records.identity import TicketForm
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.building import build_world
from connectors.sandbox.faults import Fault, FaultKind
from connectors.sandbox.server import serving
from connectors.sandbox.world import Scale, World
from connectors.viewer import Scope
from gateway.app import create_app
from gateway.parts import Parts
from gateway.platforms import PLATFORMS
from gateway.settings import Settings, load_settings

OPERATIONS = Path(__file__).parent / "operations"
PATIENT_MS = 20_000
DEADLINE_MS = 5000
"""What a request may take in tests of slow platforms."""
SLOWEST_CALL_MS = 300
"""What one call may take there."""
NOBODY_TRUSTED = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""For clients that speak no TLS: to read whom the world trusts takes longer than most tests."""


def operation(number: str) -> str:
    """The text of one of the operations front-end teams run."""
    (path,) = OPERATIONS.glob(f"{number}-*.graphql")
    return path.read_text()


@dataclass
class Sandbox:
    """The sandbox platforms, served from a thread of their own for the whole test run."""

    world: World
    apps: dict[str, SandboxApp]
    addresses: dict[str, str] = field(default_factory=dict)

    def reset(self) -> None:
        """Forget calls and faults."""
        for app in self.apps.values():
            app.calls.clear()
            app.faults.clear()

    def break_(self, platform: str, kind: FaultKind, operation: str | None = None) -> None:
        """Begin a fault."""
        self.apps[platform].faults.put(Fault(kind, operation))

    def calls(self) -> dict[str, int]:
        """Calls by platform and operation, tokens left out: budgets are with tokens already held."""
        tokens = {"token", "gettoken"}
        return {
            f"{platform}.{name}": count
            for platform, app in self.apps.items()
            for name, count in app.calls.items()
            if name not in tokens
        }

    async def ticket(self, platform: str, person: str, form: str | None = None) -> str:
        """A fresh ticket of one of its people; of the platform's default form unless told."""
        asked = {"person": person} | ({"form": form} if form else {})
        async with httpx.AsyncClient(verify=NOBODY_TRUSTED, trust_env=False) as client:
            answer = await client.get(f"{self.addresses[platform]}/sandbox/ticket", params=asked)
        return str(answer.json()["ticket"])


@contextmanager
def started_sandbox(scale: Scale = Scale.COUNTY) -> Iterator[Sandbox]:
    """Platforms of their own on free ports, for as long as the block runs."""
    world = build_world(scale=scale)
    settings = load_settings(PLATFORMS, sandbox=True)
    apps = {platform.name: platform.sandbox(settings.platform(platform), world) for platform in PLATFORMS}
    sandbox = Sandbox(world, apps)
    started, stop = threading.Event(), asyncio.Event()
    loop = asyncio.new_event_loop()

    async def run() -> None:
        async with serving([(app, 0) for app in apps.values()]) as ports:
            sandbox.addresses = {name: f"http://127.0.0.1:{port}" for name, port in zip(apps, ports, strict=True)}
            started.set()
            await stop.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(run()), daemon=True)
    thread.start()
    assert started.wait(20)
    yield sandbox
    loop.call_soon_threadsafe(stop.set)
    thread.join(10)
    loop.close()


@pytest.fixture(scope="session")
def running_sandbox() -> Iterator[Sandbox]:
    """Start the platforms once."""
    with started_sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running_sandbox: Sandbox) -> Sandbox:
    """The platforms, healthy and with counters at zero."""
    running_sandbox.reset()
    return running_sandbox


@dataclass
class Gateway:
    """A gateway in this process, with a client to call it."""

    settings: Settings
    parts: Parts
    client: httpx.AsyncClient

    async def query(
        self, text: str, variables: dict[str, Any] | None = None, token: str | None = None, **headers: str
    ) -> dict[str, Any]:
        """POST one operation; answers the body."""
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        body = {"query": text, "variables": variables or {}}
        answer = await self.client.post("/graphql", json=body, headers=headers)
        content: dict[str, Any] = answer.json()
        return content


OpenGateway = Callable[..., AbstractAsyncContextManager[Gateway]]


@pytest.fixture(scope="session")
def new_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of the newest shape, to be copied: to make one costs as much as all else of a gateway's start."""
    path = tmp_path_factory.mktemp("new") / "tongxin.db"

    async def make() -> None:
        database = Database(f"sqlite+aiosqlite:///{path}")
        await upgrade(database)
        await database.aclose()

    making = threading.Thread(target=lambda: asyncio.run(make()))  # a loop runs here already
    making.start()
    making.join()
    return path


@pytest.fixture
def open_gateway(sandbox: Sandbox, tmp_path: Path, new_file: Path) -> OpenGateway:
    """Open a gateway with cold caches; the platform ``hurried`` is not waited for long, the rest are settings."""

    @asynccontextmanager
    async def opened(*, hurried: str | None = None, **given: Any) -> AsyncIterator[Gateway]:
        if not (tmp_path / new_file.name).exists():
            shutil.copy(new_file, tmp_path)
        settings = settings_in_front_of(sandbox, tmp_path, hurried=hurried, **given)
        app = create_app(settings)
        parts: Parts = app.state.parts
        async with parts.opened():
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url="http://gateway") as client:
                yield Gateway(settings, parts, client)

    return opened


@pytest.fixture
async def gateway(open_gateway: OpenGateway) -> AsyncIterator[Gateway]:
    """A gateway in front of the sandbox, its caches cold."""
    async with open_gateway() as opened:
        yield opened


def settings_in_front_of(sandbox: Sandbox, folder: Path, *, hurried: str | None = None, **given: Any) -> Settings:
    """Settings of a gateway whose platforms are that sandbox."""
    sections = {
        platform.prefix: {
            "base_url": sandbox.addresses[platform.name],
            "timeout_ms": SLOWEST_CALL_MS if platform.name == hurried else PATIENT_MS,
        }
        for platform in PLATFORMS
    }
    auth = {
        "secret": SecretStr("invented-secret-of-the-tests-0123456789"),
        "database_url": f"sqlite+aiosqlite:///{folder}/tongxin.db",
    }
    edge = {"request_timeout_ms": DEADLINE_MS if hurried else PATIENT_MS}
    ours = {"auth": auth, "edge": edge}
    quiet = {"ops": {"probe_interval_s": 0}, "cockpit": {"topics_interval_s": 0}}  # tests count calls
    return load_settings(PLATFORMS, **({"sandbox": True} | ours | quiet | sections | given))


FORMS = {"zheliban": "zheliban-unified", "zhezhengding": "zhezhengding-app"}


@dataclass
class SignInDesk:
    """Signs sandbox people in at a gateway, as a front end would: ticket in, access token out."""

    sandbox: Sandbox
    gateway: Gateway
    login: tuple[str, str]

    async def exchange(self, platform: str, ticket: str, scope: str) -> httpx.Response:
        """Hand a ticket in at the token endpoint."""
        form = {
            "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange",
            "subject_token": ticket,
            "subject_token_type": f"urn:tongxin:params:oauth:token-type:{FORMS[platform]}",
            "scope": scope,
        }
        return await self.gateway.client.post("/oauth/token", data=form, auth=self.login)

    async def operator_token(self, person: str, scope: str = "openid ops:read") -> str:
        """An operator's access token, as it is after the second factor (the whole way: ``journeys/test_serve``)."""
        authority = self.gateway.parts.authority
        viewer = await authority.viewer_of(await self.token(person, "zhezhengding"))
        proof = Proof(int(time.time()), 1, ("mfa", "otp", "zhezhengding-qr"))
        scopes = frozenset(map(Scope, scope.split()))
        return (await authority.tokens.issue(str(viewer.person_id), self.login[0], scopes, proof)).token

    async def token(self, person: str, platform: str = "zheliban", scope: str = "openid graph:read") -> str:
        """Sign one of the sandbox's people in."""
        answer = await self.exchange(platform, await self.sandbox.ticket(platform, person), scope)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["access_token"])


async def desk_at(sandbox: Sandbox, gateway: Gateway) -> SignInDesk:
    """A desk with a client of its own."""
    login = await gateway.parts.authority.clients.create(
        "tests",
        grants=[GrantType.TOKEN_EXCHANGE],
        scopes=[scope.value for scope in Scope],
        ticket_forms=list(TicketForm),
    )
    return SignInDesk(sandbox, gateway, login)


@pytest.fixture
async def desk(sandbox: Sandbox, gateway: Gateway) -> SignInDesk:
    """A desk at the gateway."""
    return await desk_at(sandbox, gateway)


def span(world: World, days: int = 14) -> dict[str, str]:
    """Variables ``from`` and ``to``: so many days, half of them past."""
    half = timedelta(days=days / 2)
    return {"from": (world.today - half).isoformat(), "to": (world.today + half).isoformat()}
