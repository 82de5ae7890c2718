"""A person's accounts on the platforms, as they themselves may see them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from auth.store.database import Database
from auth.store.persons import company_place, facts_of, identities_of, name_place
from auth.store.tables import IdentityRow
from auth.vault import Vault
from connectors.viewer import Role


@dataclass(frozen=True, slots=True)
class OwnIdentity:
    """An account; ``company`` and ``agent`` where it is a legal person's."""

    platform: str
    subject: str
    name: str = field(repr=False)
    kind: str
    level: int
    employee_code: str | None
    member_key: str | None
    staff: bool
    company: str | None
    agent: str | None = field(repr=False)
    linked_at: datetime
    signed_in_at: datetime


@dataclass(frozen=True, slots=True)
class OwnPerson:
    """Who somebody is to us: the name of the account used last, roles, accounts (the first linked first)."""

    person_id: str
    name: str = field(repr=False)
    roles: frozenset[Role]
    identities: tuple[OwnIdentity, ...]


class Selves:
    """Reads them; keeps none."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    async def read(self, person_id: str) -> OwnPerson | None:
        """Read one person; None for one not there any more. Raises ``StoreUnavailableError``."""
        return await self._database.read(partial(self.read_in, person_id=person_id))

    async def read_in(self, session: AsyncSession, person_id: str) -> OwnPerson | None:
        """The same within a transaction."""
        rows = await identities_of(session, person_id)
        facts = await facts_of(session, person_id, rows)
        if facts is None:
            return None
        identities = self._identities(sorted(rows, key=lambda row: row.linked_at))
        latest = max(identities, key=lambda identity: identity.signed_in_at)
        return OwnPerson(person_id, latest.name, facts.roles, identities)

    def _identities(self, rows: Sequence[IdentityRow]) -> tuple[OwnIdentity, ...]:
        return tuple(self._identity(row) for row in rows)

    def _identity(self, row: IdentityRow) -> OwnIdentity:
        company = {}
        if row.sealed_company is not None:
            company = json.loads(self._vault.unseal(row.sealed_company, company_place(row.platform, row.subject)))
        return OwnIdentity(
            platform=row.platform,
            subject=row.subject,
            name=self._vault.unseal(row.sealed_name, name_place(row.platform, row.subject)),
            kind=row.kind,
            level=row.level,
            employee_code=row.employee_code,
            member_key=row.member_key,
            staff=row.staff,
            company=company.get("name"),
            agent=company.get("agent"),
            linked_at=row.linked_at,
            signed_in_at=row.signed_in_at,
        )
