"""Persons: who signed in, whichever platform they came by."""

import json
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from auth.audit import Act, Audit
from auth.moves import Moves
from auth.standing import Askable
from auth.store.database import Database
from auth.store.persons import PersonFacts, Settled, Standing, company_place, facts_of, name_place, settle
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

    def __init__(self, database: Database, vault: Vault, platforms: Askable, moves: Moves, audit: Audit) -> None:
        self._database = database
        self._vault = vault
        self._platforms = platforms
        self._moves = moves
        self._audit = audit

    async def signed_in(self, identity: Identity, ask: Ask) -> SignedIn:
        """Find the person of an identity, or make one.

        Identities are linked only through the duty registry or by their holder (``Linking``), never by name or phone: a
        member who came by one platform and now comes by another is the same person. The ID number is used for that
        question and kept nowhere. A company's account is a person of its own, for whom an agent acts: it has what the
        platform's account gives, and no membership, post or link.

        When registry or address book are silent, the person signs in with what is known: a link stored earlier
        stays, and with it the role ``member``; ``staff`` is left out, as the work app must confirm it at every
        sign-in by it, and its word holds for twelve hours.

        Raises:
            StoreUnavailableError: the database cannot be reached.
        """
        standing = await self.standing(identity, ask)

        async def settled(session: AsyncSession) -> tuple[Settled, bool, PersonFacts]:
            done = await settle(session, standing)
            told = await self._moves.follow_in(session, done)
            person = await facts_of(session, done.person_id)
            if person is None:
                raise RuntimeError("a person without the identity just stored")
            return done, told, person

        done, told, person = await self._database.write(settled)
        self._moves.note(done, told=told)
        self._tell(done, identity)
        return SignedIn(person.person_id, person.roles)

    async def standing(self, identity: Identity, ask: Ask) -> Standing:
        """Ask the platforms what somebody is, and put together what is to be stored of their sign-in."""
        membership, staff = await self._platforms.both(identity, ask)
        return Standing(
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

    def _sealed_company(self, identity: Identity) -> str | None:
        """A company's account shows its company and who acts for it; the agent's own documents are not kept."""
        if identity.company is None:
            return None
        told = {"name": identity.company.name, "agent": identity.company.agent.name}
        return self._vault.seal(json.dumps(told), company_place(identity.platform, identity.subject))

    def _tell(self, done: Settled, identity: Identity) -> None:
        """Note the sign-in, and whom the registry joined or parted by it."""
        kind, platform = identity.kind.value, identity.platform
        self._audit.note(Act.SIGNED_IN, who=done.person_id, platform=platform, level=identity.level, kind=kind)
        for gone, into in done.emptied.items():
            self._audit.note(Act.IDENTITY_LINKED, who=into, whom=gone, platform=platform, by="registry")
        for left in done.parted:
            self._audit.note(Act.IDENTITY_UNLINKED, who=left, whom=done.person_id, platform=platform, by="registry")
