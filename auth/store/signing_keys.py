"""The rows of the signing keys, and how one follows another."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from auth.settings import MAX_ACCESS_TOKEN_LIFETIME_S
from auth.store.moments import now
from auth.store.tables import SigningKeyRow

OVERLAP = timedelta(seconds=MAX_ACCESS_TOKEN_LIFETIME_S) + timedelta(hours=1)
"""How long a key verifies after the next one signs: the longest token's life, and an hour for clocks and caches."""


async def living_keys(session: AsyncSession, alg: str) -> Sequence[SigningKeyRow]:
    """Read an algorithm's keys that are not retired, those to come first, then the one that signs, then older ones."""
    alive = or_(SigningKeyRow.retired_at.is_(None), SigningKeyRow.retired_at > now())
    newest_first = SigningKeyRow.not_before.desc(), SigningKeyRow.kid
    living = select(SigningKeyRow).where(SigningKeyRow.alg == alg, alive)
    return (await session.scalars(living.order_by(*newest_first))).all()


async def all_keys(session: AsyncSession) -> Sequence[SigningKeyRow]:
    """Read every key there ever was, the newest first."""
    newest_first = SigningKeyRow.not_before.desc(), SigningKeyRow.kid
    return (await session.scalars(select(SigningKeyRow).order_by(*newest_first))).all()


def signing_key(rows: Sequence[SigningKeyRow], moment: datetime) -> SigningKeyRow | None:
    """Of living keys, as ``living_keys`` orders them, the one that signs: the newest whose time has come."""
    return next((row for row in rows if row.not_before <= moment), None)


async def add_key(session: AsyncSession, row: SigningKeyRow) -> None:
    """Store a key; those of its algorithm before it retire when all that they signed has ended."""
    goes_on = SigningKeyRow.retired_at.is_(None)
    retires = {"retired_at": row.not_before + OVERLAP}
    await session.execute(update(SigningKeyRow).where(SigningKeyRow.alg == row.alg, goes_on).values(retires))
    session.add(row)


async def retire_key(session: AsyncSession, kid: str) -> bool:
    """Retire a key at once; False where there is none of that id that lives."""
    row = await session.get(SigningKeyRow, kid, with_for_update=True)
    moment = now()
    if row is None or (row.retired_at is not None and row.retired_at <= moment):
        return False
    row.retired_at = moment
    return True
