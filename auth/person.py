"""Persons: who signed in, whichever platform they came by."""

import json
from dataclasses import dataclass
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from auth.standing import Askable
from auth.store.database import Database
from auth.store.persons import PersonFacts, Standing, company_place, facts_of, name_place, settle
from auth.vault import Vault
from connectors.records.identity import Identity
from connectors.viewer import Ask, Role


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The person behind an identity, and what they are at this moment."""

    person_id: str
    roles: frozenset[Role]


class Persons:
    """Finds or makes the person of an identity; one per process, keeps nothing in memory."""

    def __init__(self, database: Database, vault: Vault, platforms: Askable) -> None:
        self._database = database
        self._vault = vault
        self._platforms = platforms

    async def signed_in(self, identity: Identity, ask: Ask) -> SignedIn:
        """Find the person of an identity, or make one.

        Identities are linked only through the duty registry, never by name or phone: a member who came by one
        platform and now comes by another is the same person. The ID number is used for that question and kept
        nowhere.

        When registry or address book are silent, the person signs in with what is known: a link stored earlier
        stays, and with it the role ``member``; ``staff`` is left out, as the work app must confirm it at every
        sign-in by it, and its word holds for twelve hours.

        Raises:
            StoreUnavailableError: the database cannot be reached.
        """
        membership, staff = await self._platforms.both(identity, ask)
        standing = Standing(
            platform=identity.platform,
            subject=identity.subject,
            sealed_name=self._vault.seal(identity.name, name_place(identity.platform, identity.subject)),
            kind=identity.kind,
            level=identity.level,
            sealed_company=self._sealed_company(identity),
            employee_code=identity.employee_code,
            member_known=membership.known,
            member_key=membership.key,
            staff=staff,
        )
        person = await self._database.write(partial(_settled, standing=standing))
        return SignedIn(person.person_id, person.roles)

    def _sealed_company(self, identity: Identity) -> str | None:
        """A company's account shows its company and who acts for it; the agent's own documents are not kept."""
        if identity.company is None:
            return None
        told = {"name": identity.company.name, "agent": identity.company.agent.name}
        return self._vault.seal(json.dumps(told), company_place(identity.platform, identity.subject))


async def _settled(session: AsyncSession, standing: Standing) -> PersonFacts:
    person = await facts_of(session, await settle(session, standing))
    if person is None:
        raise RuntimeError("a person without the identity just stored")
    return person
