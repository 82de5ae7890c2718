"""A desk where people sign in, on a database of either kind."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeVar

from pydantic import SecretStr
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.audit import Audit
from auth.keys import SigningKeys
from auth.known_persons import KnownPersons
from auth.linking import Linking
from auth.moves import Moves
from auth.person import Persons, SignedIn
from auth.proof import Proof
from auth.revocations import Revocations
from auth.sessions import Session, Sessions
from auth.settings import AuthSettings
from auth.standing import Askable
from auth.store import Database
from auth.store.persons import identities_of
from auth.store.tables import IdentityRow, PersonRow
from auth.vault import Vault
from connectors.records.identity import Identity
from connectors.viewer import Ask
from tests.auth.platforms import AddressBook, DutyRegistry

SECRET = SecretStr("invented-secret-of-the-tests-0123456789")
T = TypeVar("T")


@dataclass
class Desk:
    """Signs people in and links their accounts; ``woken`` counts how often logout tokens were said to be owed."""

    database: Database
    ask: Ask
    registry: DutyRegistry = field(default_factory=DutyRegistry)
    book: AddressBook = field(default_factory=AddressBook)
    woken: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        settings, vault = AuthSettings(secret=SECRET), Vault(SECRET)
        self.audit = Audit(settings, self.database, vault, SigningKeys(self.database, vault))
        self.revocations = Revocations(self.database)
        self.known = KnownPersons(self.database, 60)
        self.moves = Moves(self.revocations, self.known, on_owed=lambda: self.woken.append("owed"))
        self.sessions = Sessions(self.database, vault, settings.session)
        self.persons = self.asking(Askable(self.registry, self.book, self.registry))
        self.linking = Linking(self.database, self.persons, self.moves, self.audit)

    def asking(self, platforms: Askable) -> Persons:
        """Persons who are asked about at those platforms."""
        return Persons(self.database, Vault(SECRET), platforms, self.moves, self.audit)

    async def sign_in(self, identity: Identity) -> SignedIn:
        """Sign somebody in."""
        return await self.persons.signed_in(identity, self.ask)

    async def session(self, identity: Identity) -> Session:
        """Sign somebody in in a browser."""
        person = await self.sign_in(identity)
        secret = await self.sessions.open(person.person_id, identity.platform, Proof(0, 1, ("x",)), "browser")
        found = await self.sessions.of(secret)
        assert found is not None
        return found

    async def link(self, here: Session, identity: Identity) -> None:
        """Link an account to the person of a session."""
        await self.linking.link(here, identity, self.ask)

    async def accounts(self, person_id: str) -> set[str]:
        """The subjects of a person's accounts."""
        return {row.subject for row in await self.read(lambda session: identities_of(session, person_id))}

    async def read(self, work: Callable[[AsyncSession], Awaitable[T]]) -> T:
        """Look something up."""
        return await self.database.read(work)

    async def count(self) -> tuple[int, int]:
        """How many persons and identities there are."""
        people = await self.database.read(lambda session: session.scalar(select(func.count()).select_from(PersonRow)))
        accounts = await self.database.read(
            lambda session: session.scalar(select(func.count()).select_from(IdentityRow))
        )
        return people or 0, accounts or 0
