"""Links the accounts of one person on several platforms, and parts them, at the wish of who holds them.

A link is made by signing in to the second platform from ``/account``: both were proved then, in one browser. Nothing
else makes one: no name, no phone, no operator.
"""

from sqlalchemy.ext.asyncio import AsyncSession

from auth.audit import Act, Audit
from auth.moves import Moves
from auth.person import Persons
from auth.sessions import Session
from auth.store.database import Database
from auth.store.linking import LinkingError, Refused, link_identity, unlink_identity
from auth.store.persons import Settled
from connectors.records.identity import Identity
from connectors.viewer import Ask

__all__ = ["Linking", "LinkingError", "Refused"]


class Linking:
    """One per process; keeps nothing in memory. All raise ``LinkingError``, ``StoreUnavailableError``."""

    def __init__(self, database: Database, persons: Persons, moves: Moves, audit: Audit) -> None:
        self._database = database
        self._persons = persons
        self._moves = moves
        self._audit = audit

    async def link(self, here: Session, identity: Identity, ask: Ask) -> None:
        """Give an account that signed in just now to the person of the session.

        Where it was somebody's own before, with nothing else, that person is gone and what they had open has ended.
        """
        standing = await self._persons.standing(identity, ask)

        async def linked(session: AsyncSession) -> tuple[Settled, bool]:
            settled = await link_identity(session, here.person_id, here.platform, standing)
            return settled, await self._moves.follow_in(session, settled)

        settled, told = await self._database.write(linked)
        self._moves.note(settled, told=told)
        gone = next(iter(settled.emptied), None)
        self._audit.note(Act.IDENTITY_LINKED, who=here.person_id, whom=gone, platform=identity.platform, by="holder")

    async def unlink(self, here: Session, platform: str, subject: str) -> None:
        """Part an account from the person of the session.

        What the person had open ends, as that account may have opened it; the session itself stays, unless it was
        begun by that platform.
        """
        spared = here.sid if here.platform != platform else None

        async def unlinked(session: AsyncSession) -> tuple[Settled, bool]:
            settled = await unlink_identity(session, here.person_id, platform, subject)
            return settled, await self._moves.follow_in(session, settled, spared=spared)

        settled, told = await self._database.write(unlinked)
        self._moves.note(settled, told=told)
        self._audit.note(Act.IDENTITY_UNLINKED, who=here.person_id, platform=platform, by="holder")
