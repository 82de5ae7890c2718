"""What somebody may read of themselves (port ``AccountSource``): name, roles, accounts."""

from collections.abc import Sequence

from auth.known_persons import KnownPersons
from auth.store.database import StoreUnavailableError
from auth.store.persons import PersonFacts, name_place
from auth.vault import Vault
from connectors.records.account import Account, LinkedIdentity
from connectors.records.member import MemberRef
from connectors.records.official import OfficialRef
from connectors.viewer import Ask


class Accounts:
    """Reads accounts; they are as old as the viewer is."""

    def __init__(self, persons: KnownPersons, vault: Vault) -> None:
        self._persons = persons
        self._vault = vault

    async def load_accounts(self, keys: Sequence[str], ask: Ask) -> Sequence[Account | None]:
        """Read persons by id; None for anybody but the asker. Raises ``StoreUnavailableError``."""
        own = ask.viewer.person_id
        if own is None or own not in keys:
            return [None] * len(keys)
        try:
            known = await self._persons.get(own)
        except StoreUnavailableError:
            known = self._persons.lately(own)
            if known is None:
                raise
        account = None if known is None else self._account(known.facts)
        return [account if key == own else None for key in keys]

    def _account(self, person: PersonFacts) -> Account:
        latest = person.identities[-1]
        code = person.employee_code
        return Account(
            key=person.person_id,
            display_name=self._vault.unseal(latest.sealed_name, name_place(latest.platform, latest.subject)),
            roles=tuple(sorted(person.roles)),
            identities=tuple(
                LinkedIdentity(platform=one.platform, subject=one.subject, linked_at=one.linked_at)
                for one in sorted(person.identities, key=lambda one: one.linked_at)
            ),
            member=MemberRef(key=person.member_key) if person.member_key else None,
            official=OfficialRef(key=code, employee_code=code) if code else None,
        )
