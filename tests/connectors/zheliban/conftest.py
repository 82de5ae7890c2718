"""A citizen app in this process, and the gateway's sources over it."""

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from connectors.cache import Cache
from connectors.deadline import Deadline
from connectors.irs_signing import canonical_query
from connectors.memory import BoundedMemoryCache
from connectors.ports import (
    AttachmentStore,
    CitizenNotifier,
    DataSharing,
    KnowledgeSource,
    MemberStatisticsSource,
    PublicVoiceSource,
    QuestionDesk,
    QuestionSource,
    QuestionStatisticsSource,
    SignIn,
    StudioDirectory,
    StudioMarkSource,
    WorkOrderDesk,
    WorkOrderSource,
)
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.building import CHINA, build_world
from connectors.sandbox.world import World
from connectors.transport import Transport
from connectors.viewer import ANYONE, Ask, Viewer
from connectors.zheliban import connect
from connectors.zheliban.sandbox import build_sandbox
from connectors.zheliban.sandbox.studios.asked import AskedQuestion
from connectors.zheliban.sandbox.studios.seeding import seeded_questions
from connectors.zheliban.settings import ZhelibanSettings
from tests.connectors.zheliban.contract import OPERATIONS, path_of
from tests.connectors.zheliban.wire import irs_headers

OFFERED = {
    "studios": StudioDirectory,
    "members": MemberStatisticsSource,
    "marks": StudioMarkSource,
    "questions": QuestionSource,
    "desk": QuestionDesk,
    "question_statistics": QuestionStatisticsSource,
    "attachments": AttachmentStore,
    "orders": WorkOrderSource,
    "order_desk": WorkOrderDesk,
    "knowledge": KnowledgeSource,
    "notices": CitizenNotifier,
    "voices": PublicVoiceSource,
    "sign_in": SignIn,
    "sharing": DataSharing,
}


@pytest.fixture(scope="session")
def world() -> World:
    """The county's world on a Sunday in November."""
    return build_world(today=datetime(2026, 11, 22, 12, tzinfo=CHINA))


@pytest.fixture(scope="session")
def asked(world: World) -> list[AskedQuestion]:
    """Every question the sandbox has."""
    return seeded_questions(world)


@pytest.fixture(scope="session")
def settings() -> ZhelibanSettings:
    """Settings that fit the sandbox; generous, as nothing here is about time."""
    return ZhelibanSettings.model_validate({"timeout_ms": 30_000}).with_sandbox()


@pytest.fixture(scope="session")
def served(settings: ZhelibanSettings, world: World) -> SandboxApp:
    """The platform, made once."""
    return build_sandbox(settings, world)


@pytest.fixture
def sandbox(served: SandboxApp) -> SandboxApp:
    """The platform, whole and with no calls counted."""
    served.calls.clear()
    served.faults.clear()
    return served


@pytest.fixture
def ticket(sandbox: SandboxApp) -> Callable[[str], Any]:
    """Asks the sandbox for a person's ticket."""

    async def issued(person: str, form: str = "uc") -> str:
        way = httpx.ASGITransport(app=sandbox, client=("127.0.0.1", 1))
        async with httpx.AsyncClient(transport=way, base_url="http://sandbox") as client:
            answer = await client.get("/sandbox/ticket", params={"person": person, "form": form})
        return str(answer.json()["ticket"])

    return issued


@pytest.fixture
async def connected() -> AsyncIterator[Callable[..., SimpleNamespace]]:
    """Connects with an empty cache: ``connected(settings, way=None)``, where ``way`` None means real sockets.

    What comes back has the sources by name and the ``requests`` they sent.
    """
    opened: list[Any] = []

    def connection(settings: ZhelibanSettings, way: httpx.AsyncBaseTransport | None = None) -> SimpleNamespace:
        requests: list[httpx.Request] = []

        async def note(request: httpx.Request) -> None:
            requests.append(request)

        client = httpx.AsyncClient(transport=way, event_hooks={"request": [note]}, trust_env=False, timeout=30)
        cache = Cache(BoundedMemoryCache(10_000))
        made = connect(settings, cache, Transport("zheliban", client=client))
        opened.extend((cache, made))
        sources = {
            name: next(each for each in made.sources if isinstance(each, port)) for name, port in OFFERED.items()
        }
        return SimpleNamespace(**sources, requests=requests, made=made)

    yield connection
    for each in opened:
        await each.aclose()


@pytest.fixture
def platform(
    connected: Callable[..., SimpleNamespace], settings: ZhelibanSettings, sandbox: SandboxApp
) -> SimpleNamespace:
    """The sources over the sandbox, in this process."""
    return connected(settings, httpx.ASGITransport(app=sandbox))


@dataclass
class Clock:
    """A clock that is set by hand, beginning now: what a sandbox checks signatures by stays right for ten minutes."""

    at: float = field(default_factory=time.time)

    def __call__(self) -> float:
        """Seconds since 1970."""
        return self.at


@pytest.fixture
def clock() -> Clock:
    """The clock of the fresh platform."""
    return Clock()


@pytest.fixture
def fresh(
    connected: Callable[..., SimpleNamespace], settings: ZhelibanSettings, world: World, clock: Clock
) -> SimpleNamespace:
    """The sources over a platform of one's own, for tests that change something.

    ``app`` is the platform, ``again()`` the sources over it with nothing kept yet.
    """
    patient = settings.model_copy(update={"irs": settings.irs.model_copy(update={"max_skew_s": 10**9})})
    app = build_sandbox(patient, world, clock=clock)
    sources = connected(settings, httpx.ASGITransport(app=app))
    sources.app = app
    sources.again = lambda: connected(settings, httpx.ASGITransport(app=app))
    return sources


@pytest.fixture
def misconfigured(
    connected: Callable[..., SimpleNamespace], settings: ZhelibanSettings, sandbox: SandboxApp
) -> Callable[..., SimpleNamespace]:
    """The sources over the sandbox with some settings that do not fit it: ``misconfigured(app_id="…")``."""

    def sources(**wrong: str) -> SimpleNamespace:
        return connected(settings.model_copy(update=wrong), httpx.ASGITransport(app=sandbox))

    return sources


@pytest.fixture
def answered(connected: Callable[..., SimpleNamespace], settings: ZhelibanSettings) -> Callable[..., SimpleNamespace]:
    """The sources over a platform whose envelopes hold what ``answered(data)`` says for a request."""

    def sources(data: Callable[[httpx.Request], Any]) -> SimpleNamespace:
        def answer(request: httpx.Request) -> httpx.Response:
            envelope = {"success": True, "errorCode": None, "errorMsg": None, "data": data(request)}
            return httpx.Response(200, json=envelope)

        return connected(settings, httpx.MockTransport(answer))

    return sources


@pytest.fixture
def asking() -> Callable[..., Ask]:
    """Who asks: ``asking(account=None, member_key=None, roles=…)``, with half a minute."""

    def ask(account: str | None = None, **facts: Any) -> Ask:
        viewer = Viewer(accounts={"zheliban": account} if account else {}, **facts) if account or facts else ANYONE
        return Ask(viewer, Deadline.after(30))

    return ask


@pytest.fixture
def call(sandbox: SandboxApp, settings: ZhelibanSettings) -> Callable[..., Awaitable[httpx.Response]]:
    """Sends one well-signed call: parameters, and a body for what is posted."""

    async def answer(
        operation: str, params: dict[str, str] | list[tuple[str, str]], body: Any = None, **headers: str
    ) -> httpx.Response:
        path, method = path_of(operation, settings), OPERATIONS[operation].method
        query = canonical_query(list(params.items()) if isinstance(params, dict) else params)
        content = {"content": body} if isinstance(body, bytes) else {"json": body} if body is not None else {}
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=sandbox), base_url="http://irs") as client:
            signed = irs_headers(method, path, query) | headers
            return await client.request(method, f"{path}?{query}" if query else path, headers=signed, **content)

    return answer
