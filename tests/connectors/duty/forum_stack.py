"""What the tests of deliberations, statements, articles, reading and search stand on."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

import connectors.duty
from connectors.cache import Cache
from connectors.deadline import Deadline
from connectors.duty import connect
from connectors.duty.articles import DutyArticles
from connectors.duty.deliberations import DutyDeliberations
from connectors.duty.opinions import DutyOpinionReports
from connectors.duty.reading import DutyReadingDesk, DutyReadingGroups, DutyStudyMaterials
from connectors.duty.search import DutySearch
from connectors.duty.settings import DutySettings
from connectors.duty.sources import DutyPortraits
from connectors.duty.statements import DutyStatementDesk, DutyStatements
from connectors.memory import BoundedMemoryCache
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.world import World
from connectors.transport import Transport
from connectors.viewer import Ask, Role, Scope, Viewer
from tests.contracts import Contract, contract_of

SOURCES: dict[str, type] = {
    "deliberations": DutyDeliberations,
    "statements": DutyStatements,
    "statement_desk": DutyStatementDesk,
    "articles": DutyArticles,
    "groups": DutyReadingGroups,
    "reading_desk": DutyReadingDesk,
    "materials": DutyStudyMaterials,
    "search": DutySearch,
    "pictures": DutyPortraits,
    "opinion_reports": DutyOpinionReports,
}
Answers = Callable[[httpx.Request], httpx.Response]


@pytest.fixture(scope="session")
def contract() -> Contract:
    """The duty platform's contract."""
    return contract_of(Path(connectors.duty.__file__).parent / "contract")


@pytest.fixture
async def connected_forum() -> AsyncIterator[Callable[..., SimpleNamespace]]:
    """Connects with an empty cache; what comes back has the sources by name and the ``requests`` they sent."""
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
        offered = {type(source): source for source in opened[-1].sources}
        return SimpleNamespace(**{name: offered[kind] for name, kind in SOURCES.items()}, requests=requests)

    yield connecting
    for connection in opened:
        await connection.aclose()


@pytest.fixture
def forum(
    settings: DutySettings, sandbox: SandboxApp, connected_forum: Callable[..., SimpleNamespace]
) -> SimpleNamespace:
    """The sources over the sandbox, in this process."""
    return connected_forum(settings, httpx.ASGITransport(sandbox))


@pytest.fixture
def forum_over(
    settings: DutySettings, connected_forum: Callable[..., SimpleNamespace]
) -> Callable[[Answers], SimpleNamespace]:
    """The sources over a platform that gives tokens and else answers whatever it is told to."""

    def over(answer: Answers) -> SimpleNamespace:
        def handle(request: httpx.Request) -> httpx.Response:
            if request.url.path == "/oauth/token":
                return httpx.Response(200, json={"access_token": "t", "token_type": "bearer", "expires_in": 7200})
            return answer(request)

        return connected_forum(settings, httpx.MockTransport(handle))

    return over


@pytest.fixture
async def raw(sandbox: SandboxApp, settings: DutySettings) -> AsyncIterator[httpx.AsyncClient]:
    """A client that knows only the contract: it fetched its token itself, and asks below ``/api/v1``."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(sandbox), base_url="http://duty.example") as client:
        pair = (settings.client_id, settings.client_secret.get_secret_value())
        form = {"grant_type": "client_credentials", "scope": "duty.read duty.write"}
        token = (await client.post("/oauth/token", data=form, auth=pair)).json()["access_token"]
        client.headers["Authorization"] = f"Bearer {token}"
        client.base_url = httpx.URL("http://duty.example/api/v1")
        yield client


@pytest.fixture
def as_member(world: World) -> Ask:
    """A member of the first committee asks."""
    member = world.members[0]
    return asking(Viewer(roles=frozenset({Role.MEMBER}), member_key=member.key))


@pytest.fixture
def as_citizen(world: World) -> Ask:
    """A citizen asks."""
    account = world.citizens[0].user_id or ""
    return asking(Viewer(roles=frozenset({Role.CITIZEN}), accounts={"zheliban": account}))


@pytest.fixture
def as_staff(world: World) -> Ask:
    """Somebody of a committee's office asks."""
    person = next(person for person in world.officials if "staff" in person.roles)
    code = person.work.employee_code if person.work else None
    scopes = frozenset({Scope.OPINION_READ})
    return asking(Viewer(roles=frozenset({Role.STAFF}), scopes=scopes, employee_code=code))


def asking(viewer: Viewer) -> Ask:
    """Somebody asks, with time enough."""
    return Ask(viewer, Deadline.after(30))


def items(*rows: dict[str, Any]) -> Answers:
    """A platform that answers every read by key with those rows."""
    return lambda _: httpx.Response(200, json={"items": list(rows)})


def owned(owner: str, *found: dict[str, Any]) -> Answers:
    """A platform that answers every list of an owner with those rows."""
    page = {"ownerId": owner, "rows": [{"cursor": "c", **row} for row in found], "hasNext": False}
    return lambda _: httpx.Response(200, json={"items": [page]})


def rows(*found: dict[str, Any]) -> Answers:
    """A platform that answers every whole list with those rows."""
    return lambda _: httpx.Response(200, json={"rows": [{"cursor": "c", **row} for row in found], "hasNext": False})
