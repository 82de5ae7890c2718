"""What the tests of proposals, opinion reports, micro-suggestions and the other matters stand on."""

from collections.abc import AsyncIterator, Awaitable, Callable
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

import connectors.duty
from connectors.cache import Cache
from connectors.deadline import Deadline
from connectors.duty import connect
from connectors.duty.consulting import (
    DutyConsultationPlans,
    DutyHallEvents,
    DutyOversights,
    DutySuggestionFormDesk,
    DutySuggestionForms,
)
from connectors.duty.files import DutyMatterFiles
from connectors.duty.micro import DutyMicroSuggestionDesk, DutyMicroSuggestions
from connectors.duty.opinions import DutyOpinionReportDesk, DutyOpinionReports
from connectors.duty.proposals import DutyProposalDesk, DutyProposals
from connectors.duty.sandbox import build_sandbox, endpoints, written
from connectors.duty.sandbox import matters as subjects
from connectors.duty.settings import DutySettings
from connectors.memory import BoundedMemoryCache
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.world import MemberSeed, PersonSeed, World
from connectors.transport import Transport
from connectors.viewer import ANYONE, Ask, Role, Scope, Viewer
from tests.contracts import Contract, contract_of

SOURCES: dict[str, type] = {
    "proposals": DutyProposals,
    "proposal_desk": DutyProposalDesk,
    "opinions": DutyOpinionReports,
    "opinion_desk": DutyOpinionReportDesk,
    "micro": DutyMicroSuggestions,
    "micro_desk": DutyMicroSuggestionDesk,
    "forms": DutySuggestionForms,
    "form_desk": DutySuggestionFormDesk,
    "events": DutyHallEvents,
    "oversights": DutyOversights,
    "plans": DutyConsultationPlans,
    "files": DutyMatterFiles,
}
Answers = Callable[[httpx.Request], httpx.Response]
Call = Callable[..., Awaitable[httpx.Response]]


@pytest.fixture(scope="session")
def contract() -> Contract:
    """The duty platform's contract."""
    return contract_of(Path(connectors.duty.__file__).parent / "contract")


@pytest.fixture
def platform(settings: DutySettings, world: World, monkeypatch: pytest.MonkeyPatch) -> SandboxApp:
    """A platform whose clock goes on a second with every look, so that no two writes happen at once.

    It has these subjects only: what the others know would be made anew for each of hundreds of tests.
    """
    monkeypatch.setattr(endpoints, "SUBJECTS", (subjects.operations, written.operations))
    return build_sandbox(settings, world, clock=count(1_000_000.0, 1.0).__next__)


@pytest.fixture
async def connected_matters() -> AsyncIterator[Callable[..., SimpleNamespace]]:
    """Connects with an empty cache; what comes back has the sources by name and the ``requests`` they sent."""
    opened = []

    def connecting(settings: DutySettings, way: httpx.AsyncBaseTransport) -> SimpleNamespace:
        requests: list[httpx.Request] = []

        async def note(request: httpx.Request) -> None:
            requests.append(request)

        client = httpx.AsyncClient(transport=way, trust_env=False, event_hooks={"request": [note]})
        opened.append(connect(settings, Cache(BoundedMemoryCache(10_000)), Transport("duty", client=client)))
        offered = {type(source): source for source in opened[-1].sources}
        return SimpleNamespace(**{name: offered[kind] for name, kind in SOURCES.items()}, requests=requests)

    yield connecting
    for connection in opened:
        await connection.aclose()


@pytest.fixture
def matters(
    settings: DutySettings, platform: SandboxApp, connected_matters: Callable[..., SimpleNamespace]
) -> SimpleNamespace:
    """The sources over the sandbox, in this process."""
    return connected_matters(settings, httpx.ASGITransport(platform))


@pytest.fixture
def afresh(
    settings: DutySettings, platform: SandboxApp, connected_matters: Callable[..., SimpleNamespace]
) -> Callable[[], SimpleNamespace]:
    """Sources over the same sandbox that have nothing in their cache yet."""
    return lambda: connected_matters(settings, httpx.ASGITransport(platform))


@pytest.fixture
def matters_over(
    settings: DutySettings, connected_matters: Callable[..., SimpleNamespace]
) -> Callable[[Answers], SimpleNamespace]:
    """The sources over a platform that gives tokens and else answers whatever it is told to."""

    def over(answer: Answers) -> SimpleNamespace:
        def handle(request: httpx.Request) -> httpx.Response:
            if request.url.path == "/oauth/token":
                return httpx.Response(200, json={"access_token": "t", "token_type": "bearer", "expires_in": 7200})
            return answer(request)

        return connected_matters(settings, httpx.MockTransport(handle))

    return over


@pytest.fixture
async def call(platform: SandboxApp, settings: DutySettings, contract: Contract) -> AsyncIterator[Call]:
    """Calls an operation as somebody who knows only the contract, and holds the answer against it.

    ``call("proposals", ids="P1")`` reads; with ``json=`` it writes. What is sent is held against the contract too
    where the answer says that it was right.
    """
    transport = httpx.ASGITransport(platform)
    async with httpx.AsyncClient(transport=transport, base_url="http://duty.example") as client:
        pair = (settings.client_id, settings.client_secret.get_secret_value())
        form = {"grant_type": "client_credentials", "scope": "duty.read duty.write"}
        token = (await client.post("/oauth/token", data=form, auth=pair)).json()["access_token"]
        client.headers["Authorization"] = f"Bearer {token}"

        async def made(name: str, json: Any = None, **params: str) -> httpx.Response:
            operation = contract.operations[name]
            answer = await client.request(operation.method, operation.path, params=params or None, json=json)
            assert contract.against(name, answer) == []
            if answer.status_code == 200:
                assert set(params) <= set(contract.parameters(name))
                assert json is None or contract.against_body(name, json) == []
            return answer

        yield made


def asking(viewer: Viewer) -> Ask:
    """Somebody asks, with time enough."""
    return Ask(viewer, Deadline.after(3600))  # some of these are made once for the whole run


def as_member(member: MemberSeed) -> Ask:
    """A member asks, who may have a work account too."""
    code = member.person.work.employee_code if member.person.work else None
    return asking(Viewer(roles=frozenset({Role.MEMBER}), scopes=ON_DUTY, member_key=member.key, employee_code=code))


def as_official(person: PersonSeed) -> Ask:
    """An official asks; staff where the world says so."""
    role = Role.STAFF if "staff" in person.roles else Role.OFFICIAL
    code = person.work.employee_code if person.work else None
    return asking(Viewer(roles=frozenset({role}), scopes=ON_DUTY | {Scope.OPINION_READ}, employee_code=code))


def staff_of(world: World, code: str) -> PersonSeed:
    """Somebody of the office of that committee."""
    return next(p for p in world.officials if "staff" in p.roles and p.work and p.work.unit_code == code)


ON_DUTY = frozenset({Scope.DUTY_READ, Scope.DUTY_WRITE})
NOBODY = asking(ANYONE)
PARTNER = asking(Viewer(roles=frozenset({Role.PARTNER}), scopes=frozenset({Scope.OPINION_READ})))
OTHER_PARTNER = asking(Viewer(roles=frozenset({Role.PARTNER}), scopes=frozenset({Scope.GRAPH_READ})))
_SERIAL = count(1)


def write_id() -> str:
    """An id no write has had."""
    return f"write-of-the-tests-{next(_SERIAL):06d}"


def items(*rows: dict[str, Any]) -> Answers:
    """A platform that answers every read by key with those rows."""
    return lambda _: httpx.Response(200, json={"items": list(rows)})


def rows(*found: dict[str, Any]) -> Answers:
    """A platform that answers every whole list with those rows."""
    return lambda _: httpx.Response(200, json={"rows": [{"cursor": "c", **row} for row in found], "hasNext": False})
