"""Deletes what was kept for long enough, and signs where the rest begins."""

from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.audit.chain import End
from auth.audit.checkpoints import keep, signed
from auth.audit.keys import CheckpointKey, CheckpointKeys
from auth.store.database import Database
from auth.store.moments import now
from auth.store.tables import AuditCheckpointRow, AuditEntryRow

_AT_ONCE = 5000  # a long transaction would keep others from writing


class Pruned(NamedTuple):
    """So many entries of a chain are gone, the last of them that number."""

    chain: str
    number: int
    entries: int


async def prune(database: Database, keys: CheckpointKeys, days: int) -> list[Pruned]:
    """Delete entries older than that, of every chain; raises ``StoreUnavailableError``."""
    before = now() - timedelta(days=days)
    key = await keys.signing()
    done = []
    for chain in await database.read(_chains):
        entries, number = 0, 0
        while gone := await database.write(partial(_prune, chain=chain, before=before, key=key)):
            entries, number = entries + gone.entries, gone.number
        if entries:
            done.append(Pruned(chain, number, entries))
    return done


async def _chains(session: AsyncSession) -> list[str]:
    known = select(AuditCheckpointRow.chain).distinct()
    begun = select(AuditEntryRow.chain).where(AuditEntryRow.number == 1)
    return sorted({*await session.scalars(known), *await session.scalars(begun)})


async def _prune(session: AsyncSession, *, chain: str, before: datetime, key: CheckpointKey) -> Pruned | None:
    """Delete the entries at the beginning that are old, at most so many; None where there are none."""
    row = AuditEntryRow
    first = select(row.number, row.digest, row.at).where(row.chain == chain).order_by(row.number).limit(_AT_ONCE)
    found = (await session.execute(first)).all()
    old = next((count for count, one in enumerate(found) if one.at >= before), len(found))
    if not old:
        return None
    last = End(found[old - 1].number, found[old - 1].digest)
    await keep(session, await signed(key, chain, last, "pruned"), "pruned")
    await session.execute(delete(row).where(row.chain == chain, row.number <= last.number))
    kept = AuditCheckpointRow
    await session.execute(delete(kept).where(kept.chain == chain, kept.number < last.number))
    return Pruned(chain, last.number, old)
