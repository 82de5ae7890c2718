"""An authority on its own: small platforms, a database of its own, a client of HTTP."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.applications import Starlette

from auth.authority import Authority
from auth.keys import SigningKeys
from auth.pages.page import Pages
from auth.pages.routes import page_routes
from auth.server import oauth_routes
from auth.settings import AuthSettings
from auth.store import Database, StoreUnavailableError, upgrade
from auth.store.moments import now
from auth.store.tables import Base, SessionRow
from auth.vault import Vault
from connectors.ciphers.suite import SuiteName
from connectors.deadline import Deadline
from connectors.records.identity import Identity, TicketForm
from connectors.viewer import ANYONE, Ask, Scope
from tests.auth.desk import Desk
from tests.auth.page_desk import PageDesk
from tests.auth.platforms import AddressBook, DutyRegistry, TicketDesk
from tests.servers import PostgreSQL  # noqa: TC001 - a fixture names it

SECRET = "invented-secret-of-the-tests-0123456789"
EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
TICKET_TYPE = "urn:tongxin:params:oauth:token-type:"
WORK_SCOPES = "openid graph:read"
TITLES = {"zheliban": ("浙里办", "Zheliban"), "zhezhengding": ("浙政钉", "Zhezhengding"), "duty": ("履职平台", "Duty")}


@dataclass
class Office:
    """Everything around one authority."""

    settings: AuthSettings
    database: Database
    registry: DutyRegistry = field(default_factory=DutyRegistry)
    book: AddressBook = field(default_factory=AddressBook)
    citizen_app: TicketDesk = field(default_factory=lambda: TicketDesk((TicketForm.ZHELIBAN_UNIFIED,)))
    work_app: TicketDesk = field(default_factory=lambda: TicketDesk((TicketForm.ZHEZHENGDING_APP,)))

    def __post_init__(self) -> None:
        self.citizen_page = PageDesk(self.citizen_app, "zheliban")
        self.work_page = PageDesk(self.work_app, "zhezhengding", app="WorkApp")
        self.authority = self.replica()
        self.client: httpx.AsyncClient
        self.pages: Pages

    def replica(self, connected: Sequence[TicketDesk] | None = None) -> Authority:
        """A further authority on the same database, with these platforms to sign in by."""
        return Authority(
            self.settings,
            self.database,
            signins=[self.citizen_app, self.work_app] if connected is None else connected,
            lookup=self.registry,
            officials=self.book,
            committees=self.registry,
            sign_in_pages=[self.citizen_page, self.work_page],
        )

    def ticket(self, identity: Identity) -> tuple[TicketForm, str]:
        """A fresh ticket of the identity's platform."""
        desk = self.citizen_app if identity.platform == "zheliban" else self.work_app
        return desk.forms[0], desk.ticket(identity)

    async def register(self, **changes: Any) -> tuple[str, str]:
        """Register a front end that may do everything, or what ``changes`` say."""
        may: dict[str, Any] = {"grants": [EXCHANGE], "scopes": list(Scope), "ticket_forms": list(TicketForm)}
        return await self.authority.clients.create("front end", **(may | changes))

    async def register_partner(self, *scopes: Scope, **changes: Any) -> tuple[str, str]:
        """Register a partner system."""
        chosen: Iterable[Scope] = scopes or (Scope.OPINION_READ,)
        return await self.authority.clients.create(
            "partner", grants=["client_credentials"], scopes=list(chosen), **changes
        )

    def exchange_form(self, identity: Identity, **changes: str) -> dict[str, str]:
        """The parameters of a token exchange with a fresh ticket; an empty one counts as left out."""
        form, ticket = self.ticket(identity)
        asked = {"grant_type": EXCHANGE, "subject_token": ticket, "subject_token_type": TICKET_TYPE + form.value}
        return asked | changes

    async def prove_earlier(self, sid: str, seconds: int) -> None:
        """Let a session's latest proof have been so long ago."""
        proved = update(SessionRow).where(SessionRow.sid == sid).values(proved_at=now() - timedelta(seconds=seconds))
        await self.database.write(lambda session: session.execute(proved))

    async def post(self, form: dict[str, str], login: tuple[str, str] | None) -> httpx.Response:
        """Ask the token endpoint."""
        return await self.client.post("/oauth/token", data=form, **({} if login is None else {"auth": login}))

    async def token(self, identity: Identity, scope: str = WORK_SCOPES) -> str:
        """Sign somebody in and answer the access token."""
        answer = await self.post(self.exchange_form(identity, scope=scope), await self.register())
        assert answer.status_code == 200, answer.text
        return str(answer.json()["access_token"])


@pytest.fixture
def ask() -> Ask:
    """Nobody known asks, with time enough."""
    return Ask(ANYONE, Deadline.after(30))


@pytest.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest) -> AsyncIterator[Database]:
    """A database with our tables and nothing in them, once of each kind.

    Brought up to date once, then copied or emptied: the migrations take longer than most tests.
    """
    if request.param == "sqlite":
        new, folder = request.getfixturevalue("new_file"), request.getfixturevalue("tmp_path")
        opened = Database(f"sqlite+aiosqlite:///{shutil.copy(new, folder / 'alone.db')}")
        yield opened
        await opened.aclose()
        return
    cluster: PostgreSQL = request.getfixturevalue("postgresql")
    url = cluster.ready.pop() if cluster.ready else await _made_ready(cluster.new_database())
    opened = Database(url)
    yield opened
    with suppress(StoreUnavailableError, DBAPIError):  # one that somebody still holds on to is not used again
        await opened.write(_emptied)
        cluster.ready.append(url)
    await opened.aclose()


async def _made_ready(url: str) -> str:
    database = Database(url)
    await upgrade(database)
    await database.aclose()
    return url


async def _emptied(session: AsyncSession) -> None:
    """Row by row: that takes a tenth of what TRUNCATE does with so few rows."""
    tables = reversed(Base.metadata.sorted_tables)
    deletes = " ".join(f"DELETE FROM {table.name};" for table in tables)  # noqa: S608 - our own tables' names
    await session.execute(text("SET LOCAL lock_timeout = '1s'"))
    await session.execute(text(f"DO $$ BEGIN {deletes} END $$"))


@pytest.fixture
def desk(database: Database, ask: Ask) -> Desk:
    """A desk where nobody was yet."""
    return Desk(database, ask)


@pytest.fixture(scope="session")
def opened_file(new_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same after its authority was opened once: it has its signing key, which takes longer to make than to copy."""
    path = Path(shutil.copy(new_file, tmp_path_factory.mktemp("opened") / "tongxin.db"))
    _made(path, lambda database: SigningKeys(database, Vault(SecretStr(SECRET))).open())
    return path


def _made(path: Path, act: Callable[[Database], Awaitable[None]]) -> None:
    """Do something to a database file, in a loop of its own."""

    async def run() -> None:
        async with aclosing(Database(f"sqlite+aiosqlite:///{path}")) as database:
            await act(database)

    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, run()).result()


@pytest.fixture
def cryptography() -> SuiteName:
    """The suite of ``office``; a module of tests may set another."""
    return "international"


@pytest.fixture
def database_file(request: pytest.FixtureRequest, cryptography: SuiteName, tmp_path: Path) -> Path:
    """Where ``office`` keeps its database; by national cryptography everything in it is its own."""
    like = request.getfixturevalue("opened_file" if cryptography == "international" else "new_file")
    return Path(shutil.copy(like, tmp_path / "tongxin.db"))


@pytest.fixture
async def office(database_file: Path, cryptography: SuiteName) -> AsyncIterator[Office]:
    """An authority that serves, on the embedded database."""
    url = f"sqlite+aiosqlite:///{database_file}"
    settings = AuthSettings(secret=SECRET, database_url=url, cryptography=cryptography)
    async with serving(Office(settings, Database(url))) as opened:
        yield opened
    await opened.database.aclose()


@asynccontextmanager
async def serving(opened: Office) -> AsyncIterator[Office]:
    """Let an office serve, until left."""
    await opened.authority.open()
    authority = opened.authority
    opened.pages = Pages(opened.settings, authority.vault, authority.sessions, TITLES)
    routes = [*oauth_routes(authority), *page_routes(authority, opened.pages)]
    transport = httpx.ASGITransport(Starlette(routes=routes))
    async with httpx.AsyncClient(transport=transport, base_url="http://elsewhere.example") as client:
        opened.client = client
        yield opened
