"""What somebody may read of themselves (port ``AccountSource``): name, roles, accounts."""

from collections.abc import Sequence
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from auth.store.database import Database
from auth.store.persons import facts_of, identities_of, name_place
from auth.vault import Vault
from connectors.records.account import Account, LinkedIdentity
from connectors.records.member import MemberRef
from connectors.records.official import OfficialRef
from connectors.viewer import Ask


class Accounts:
    """Reads accounts; keeps none."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    async def load_accounts(self, keys: Sequence[str], ask: Ask) -> Sequence[Account | None]:
        """Read persons by id; None for anybody but the asker. Raises ``StoreUnavailableError``."""
        own = ask.viewer.person_id
        if own is None or own not in keys:
            return [None] * len(keys)
        account = await self._database.read(partial(self._account, person_id=own))
        return [account if key == own else None for key in keys]

    async def _account(self, session: AsyncSession, person_id: str) -> Account | None:
        by_use = await identities_of(session, person_id)
        person = await facts_of(session, person_id, by_use)
        if person is None:
            return None
        latest = max(by_use, key=lambda row: row.signed_in_at)
        rows = sorted(by_use, key=lambda row: row.linked_at)
        code = person.employee_code
        return Account(
            key=person_id,
            display_name=self._vault.unseal(latest.sealed_name, name_place(latest.platform, latest.subject)),
            roles=tuple(sorted(person.roles)),
            identities=tuple(
                LinkedIdentity(platform=row.platform, subject=row.subject, linked_at=row.linked_at) for row in rows
            ),
            member=MemberRef(key=person.member_key) if person.member_key else None,
            official=OfficialRef(key=code, employee_code=code) if code else None,
        )
