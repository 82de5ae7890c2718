"""What becomes of what a person held when identities move between persons.

    a person left without identities   is gone: sessions, grants, consents and the second factor with it
    a person who lost an identity      goes on, but everything open ends: the account that left may have opened it

Whoever was signed in signs in again, as whoever they are now; clients hear of it like of any sign-out.
"""

from collections.abc import Callable

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from auth.factor.removal import forget_factor
from auth.known_persons import KnownPersons
from auth.logouts.owed import owe
from auth.revocations import Revocations, Revoked
from auth.store.moments import now
from auth.store.persons import Settled
from auth.store.tables import ConsentRow, DeviceCodeRow, GrantRow, MemberLinkRow, PersonRow, SessionRow

_HELD = (
    GrantRow.person_id,
    ConsentRow.person_id,
    DeviceCodeRow.person_id,
    SessionRow.person_id,
    MemberLinkRow.person_id,
    PersonRow.id,
)
"""Where a person's id stands besides identities, in an order in which nothing refers to what is gone."""


class Moves:
    """One per process; keeps nothing in memory."""

    def __init__(self, revocations: Revocations, known: KnownPersons, *, on_owed: Callable[[], None]) -> None:
        """Put together; ``on_owed`` is called when logout tokens are owed."""
        self._revocations = revocations
        self._known = known
        self._on_owed = on_owed

    async def follow_in(self, session: AsyncSession, settled: Settled, *, spared: str | None = None) -> bool:
        """Draw the consequences within the transaction; call ``note`` once it is done.

        ``spared``: a session that goes on. Answers whether clients have to be told.
        """
        told = 0
        for person_id in settled.emptied:
            told += await self._end(session, person_id, None)
            await forget_factor(session, person_id)
            await session.flush()
            for column in _HELD:
                await session.execute(delete(column.class_).where(column == person_id))
        for person_id in settled.parted:
            told += await self._end(session, person_id, spared)
        return told > 0

    def note(self, settled: Settled, *, told: bool) -> None:
        """Let this process know at once."""
        self._known.forget(settled.person_id, *settled.emptied, *settled.parted)
        for person_id in (*settled.emptied, *settled.parted):
            self._revocations.note(Revoked.PERSON, person_id)
        if told:
            self._on_owed()

    async def _end(self, session: AsyncSession, person_id: str, spared: str | None) -> int:
        living = (SessionRow.person_id == person_id) & SessionRow.ended_at.is_(None)
        sids = select(SessionRow.sid).where(living)
        known = GrantRow.ended_at.is_(None) | GrantRow.sid.in_(sids)
        told = await owe(session, (GrantRow.person_id == person_id) & known)
        moment = now()
        await session.execute(
            update(SessionRow).where(living, SessionRow.sid != (spared or "")).values(ended_at=moment)
        )
        open_grants = (GrantRow.person_id == person_id) & GrantRow.ended_at.is_(None)
        await session.execute(update(GrantRow).where(open_grants).values(ended_at=moment))
        waiting = (DeviceCodeRow.person_id == person_id) & DeviceCodeRow.grant_id.is_(None)
        await session.execute(update(DeviceCodeRow).where(waiting).values(decision="denied"))
        await self._revocations.add(session, Revoked.PERSON, person_id)
        return told
