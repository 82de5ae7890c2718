"""Deletes a person at their own wish: one transaction, after which nothing here tells who they were.

What stays, and why: the audit's pseudonyms; until their tokens have ended by themselves (an hour), that tokens of this
person id are revoked; until it was delivered, that clients are owed a logout for it; what they
wrote last, sealed and under a pseudonym, until it is done and may not be asked for again (a day). The id is random and
names nobody.
"""

from collections.abc import Callable
from functools import partial

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.audit import Act, Audit
from auth.factor.factors import subject_of
from auth.factor.lockouts import Lockouts
from auth.factor.removal import forget_factor
from auth.known_persons import KnownPersons
from auth.logouts.owed import owe
from auth.own_data.accounts import held_by
from auth.own_data.identities import Selves
from auth.revocations import Revocations, Revoked
from auth.store.database import Database
from auth.store.tables import (
    ConsentRow,
    DeviceCodeRow,
    EnrolmentCodeRow,
    GrantRow,
    IdentityRow,
    LogoutDeliveryRow,
    MemberLinkRow,
    PersonRow,
    RoleGrantRow,
    SessionRow,
)

_OWN = (
    GrantRow.person_id,
    ConsentRow.person_id,
    DeviceCodeRow.person_id,
    SessionRow.person_id,
    MemberLinkRow.person_id,
    IdentityRow.person_id,
    PersonRow.id,
)
"""Where a person's id stands, in an order in which nothing refers to what is gone."""


class Deletion:
    """One per process; keeps nothing in memory. ``on_owed`` is called when clients are owed logout tokens."""

    def __init__(
        self,
        database: Database,
        selves: Selves,
        *,
        known: KnownPersons,
        revocations: Revocations,
        lockouts: Lockouts,
        audit: Audit,
        on_owed: Callable[[], None],
    ) -> None:
        self._database = database
        self._selves = selves
        self._known = known
        self._revocations = revocations
        self._lockouts = lockouts
        self._audit = audit
        self._on_owed = on_owed

    async def delete(self, person_id: str) -> bool:
        """Delete everything about a person, all browsers and clients signed out; False for one not there any more.

        Roles an operator gave to their accounts go too. Who signs in again later is somebody new. Raises
        ``StoreUnavailableError``.
        """
        told = await self._database.write(partial(self._delete, person_id=person_id))
        if told is None:
            return False
        self._known.forget(person_id)
        self._revocations.note(Revoked.PERSON, person_id)
        self._audit.note(Act.PERSON_DELETED, who=person_id)
        if told:
            self._on_owed()
        return True

    async def _delete(self, session: AsyncSession, person_id: str) -> int | None:
        person = await session.scalar(select(PersonRow).where(PersonRow.id == person_id).with_for_update())
        if person is None:
            return None
        await _forget_deliveries(session, person_id)
        told = await self._owe(session, person_id)
        await self._revocations.add(session, Revoked.PERSON, person_id)
        await self._forget_accounts(session, person_id)
        await forget_factor(session, person_id)
        await self._lockouts.passed_in(session, subject_of(person_id))
        await session.flush()
        for column in _OWN:
            await session.execute(delete(column.class_).where(column == person_id))
        return told

    async def _owe(self, session: AsyncSession, person_id: str) -> int:
        """Clients that still know the person are told, as if they had signed out everywhere."""
        living = select(SessionRow.sid).where(SessionRow.person_id == person_id, SessionRow.ended_at.is_(None))
        known = GrantRow.ended_at.is_(None) | GrantRow.sid.in_(living)
        return await owe(session, (GrantRow.person_id == person_id) & known)

    async def _forget_accounts(self, session: AsyncSession, person_id: str) -> None:
        known = await self._selves.read_in(session, person_id)
        for table in (RoleGrantRow, EnrolmentCodeRow):
            await session.execute(delete(table).where(held_by(table, () if known is None else known.identities)))


async def _forget_deliveries(session: AsyncSession, person_id: str) -> None:
    """Those that are over; the others have to be delivered first."""
    over = LogoutDeliveryRow.delivered_at.is_not(None) | LogoutDeliveryRow.given_up_at.is_not(None)
    await session.execute(delete(LogoutDeliveryRow).where(LogoutDeliveryRow.subject == person_id, over))
