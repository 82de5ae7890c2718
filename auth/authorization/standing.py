"""What the store knows of a person who is asked for something: how lately proved, which roles."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.sessions import Session
from auth.store.persons import facts_of
from auth.store.tables import SessionRow
from connectors.viewer import Role

_PROVED_AT = select(SessionRow.proved_at).where(SessionRow.sid == bindparam("sid"))
"""Put together once: that costs more than to run it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """``proved_at`` to the microsecond: a token counts whole seconds, in which two proofs look like one."""

    roles: frozenset[Role]
    proved_at: datetime


async def standing_of(session: AsyncSession, who: Session) -> Standing | None:
    """Read it; None when person or session are gone."""
    proved_at = await session.scalar(_PROVED_AT, {"sid": who.sid})
    person = await facts_of(session, who.person_id)
    return None if proved_at is None or person is None else Standing(person.roles, proved_at)
