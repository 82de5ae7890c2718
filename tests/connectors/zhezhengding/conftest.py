"""The platform in-process: a world, its sandbox, a wire that can be tampered with, and a client on it."""

import asyncio
import contextlib
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import httpx
import pytest

from connectors.cache import Cache
from connectors.deadline import Deadline
from connectors.memory import BoundedMemoryCache
from connectors.reading import Reader
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.building import CHINA, build_world
from connectors.sandbox.world import World
from connectors.transport import Transport
from connectors.viewer import ANYONE, Ask
from connectors.zhezhengding.client import ZhezhengdingClient
from connectors.zhezhengding.directory.calls import DirectoryCalls
from connectors.zhezhengding.proof import Application
from connectors.zhezhengding.sandbox.app import build_sandbox
from connectors.zhezhengding.settings import NAME, ZhezhengdingSettings
from connectors.zhezhengding.signing import Params


class Wire(httpx.AsyncBaseTransport):
    """The way to the sandbox.

    ``change`` may alter a request on it, ``answer`` the body that comes back; what came back last is kept.
    """

    def __init__(self, app: SandboxApp) -> None:
        self.app = app
        self.elsewhere: dict[str, SandboxApp] = {}  # paths that another sandbox answers
        self.change: Callable[[httpx.Request], httpx.Request] = lambda request: request
        self.requests: list[httpx.Request] = []
        self.last: dict[str, Any] = {}
        self.answer: Callable[[bytes], bytes] = lambda body: body

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Carry one request over; others that are ready go first, as on a real wire."""
        await asyncio.sleep(0)
        changed = self.change(request)
        self.requests.append(changed)
        app = self.elsewhere.get(changed.url.path, self.app)
        response = await httpx.ASGITransport(app).handle_async_request(changed)
        body = await response.aread()
        with contextlib.suppress(ValueError):
            self.last = dict(json.loads(body))
        headers = {name: value for name, value in response.headers.items() if name != "content-length"}
        return httpx.Response(response.status_code, headers=headers, content=self.answer(body))


class Bench:
    """Everything a test of this platform needs in one hand."""

    def __init__(self, world: World, settings: ZhezhengdingSettings) -> None:
        self.world = world
        self.settings = settings
        self.sandbox = build_sandbox(settings, world)
        self.wire = Wire(self.sandbox)
        self.http = httpx.AsyncClient(transport=self.wire)

    def client(self, clock: Callable[[], datetime] | None = None, **changes: Any) -> ZhezhengdingClient:
        """A client whose settings differ from the sandbox's by ``changes``."""
        settings = ZhezhengdingSettings.model_validate({**dict(self.settings), **changes})
        return ZhezhengdingClient(settings, Transport(NAME, client=self.http), *([clock] if clock else []))

    def cache(self) -> Cache:
        """An empty cache."""
        return Cache(BoundedMemoryCache(10_000))

    def reader(self) -> Reader:
        """A reader with an empty cache."""
        return Reader(NAME, self.cache(), timeout=20)

    def calls(self, **changes: Any) -> DirectoryCalls:
        """The address book's calls, by a client with such changes."""
        return DirectoryCalls(self.settings, self.client(**changes))

    def scanning(self, **changes: Any) -> ZhezhengdingClient:
        """A client that calls with the key pair of QR login."""
        settings = ZhezhengdingSettings.model_validate({**dict(self.settings), **changes})
        return ZhezhengdingClient(
            settings, Transport(NAME, client=self.http), application=Application.scanning(settings)
        )

    async def code(self, person: str, form: str = "app") -> str:
        """A login code, got as a front end's test would."""
        response = await self.http.get(
            f"{self.settings.base_url}/sandbox/ticket", params={"person": person, "form": form}
        )
        return str(response.json()["ticket"])

    def set_up(self, **changes: Any) -> None:
        """Another sandbox, whose settings differ by ``changes``."""
        self.settings = ZhezhengdingSettings.model_validate({**dict(self.settings), **changes})
        self.sandbox = self.wire.app = build_sandbox(self.settings, self.world)

    def request(self, client: ZhezhengdingClient, method: str, path: str, params: Params) -> httpx.Request:
        """The request as that client would send it now."""
        call = client.signer.request(method, path, params, datetime.now(CHINA))
        return httpx.Request(call.method, call.url, headers=call.headers, content=call.body)

    async def asked(self, path: str, params: Params, method: str = "POST") -> dict[str, Any]:
        """The whole envelope of a rightly signed call, of any endpoint."""
        return dict((await self.http.send(self.request(self.client(), method, path, params))).json())

    def ask(self, seconds: float = 20) -> Ask:
        """Somebody without a token, with time enough."""
        return Ask(ANYONE, Deadline.after(seconds))


@pytest.fixture(scope="session")
def world() -> World:
    """The county world on a fixed day."""
    return build_world(today=datetime(2026, 11, 20, 9, tzinfo=CHINA))


@pytest.fixture
def bench(world: World) -> Bench:
    """A sandbox of its own for each test."""
    return Bench(world, ZhezhengdingSettings().with_sandbox())
