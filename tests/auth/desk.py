"""A desk where people sign in, on a database of either kind."""

from dataclasses import dataclass, field

from pydantic import SecretStr
from sqlalchemy import func, select

from auth.person import Persons, SignedIn
from auth.standing import Askable
from auth.store import Database
from auth.store.tables import IdentityRow, PersonRow
from auth.vault import Vault
from connectors.records.identity import Identity
from connectors.viewer import Ask
from tests.auth.platforms import AddressBook, DutyRegistry


@dataclass
class Desk:
    """Signs people in, on a database of either kind."""

    database: Database
    ask: Ask
    registry: DutyRegistry = field(default_factory=DutyRegistry)
    book: AddressBook = field(default_factory=AddressBook)

    def __post_init__(self) -> None:
        vault = Vault(SecretStr("invented-secret-of-the-tests-0123456789"))
        self.persons = Persons(self.database, vault, Askable(self.registry, self.book, self.registry))

    async def sign_in(self, identity: Identity) -> SignedIn:
        """Sign somebody in."""
        return await self.persons.signed_in(identity, self.ask)

    async def count(self) -> tuple[int, int]:
        """How many persons and identities there are."""
        people = await self.database.read(lambda session: session.scalar(select(func.count()).select_from(PersonRow)))
        accounts = await self.database.read(
            lambda session: session.scalar(select(func.count()).select_from(IdentityRow))
        )
        return people or 0, accounts or 0
