"""Forgets writes that are over: done ones when nobody may ask for them again, given up ones a week later."""

from datetime import timedelta

from sqlalchemy import Connection, delete, exists, func, select

from auth.store.moments import now
from auth.store.tables import DigestRow, EffectRow, WriteRow
from connectors.records.effect import EffectStatus
from gateway.writes.order import WAITING
from gateway.writes.settings import WriteSettings
from gateway.writes.store import WriteStore

FAILED_FOR = timedelta(days=7)
"""How long what was given up can be looked at, and tried again by an operator."""
_MOST = 1000


async def sweep(store: WriteStore, settings: WriteSettings) -> int:
    """Forget some; how many. What still waits is never forgotten. Raises ``StoreUnavailableError``."""
    done, failed = now() - timedelta(hours=settings.keep_h), now() - FAILED_FOR

    def change(connection: Connection) -> int:
        effects = select(EffectRow.number).where(EffectRow.write_id == WriteRow.id)
        waits = exists(effects.where(EffectRow.status.in_(WAITING)))
        gave_up = exists(effects.where(EffectRow.status == EffectStatus.FAILED, EffectRow.begun_at > failed))
        over = select(WriteRow.id).where(WriteRow.begun_at <= done, ~waits, ~gave_up).limit(_MOST)
        ids = list(connection.scalars(over))
        connection.execute(delete(EffectRow).where(EffectRow.write_id.in_(ids)))
        connection.execute(delete(WriteRow).where(WriteRow.id.in_(ids)))
        last = select(func.max(DigestRow.made_at)).scalar_subquery()  # by it the pace is kept
        sent = (DigestRow.made_at <= failed, DigestRow.status.not_in(WAITING), DigestRow.made_at < last)
        connection.execute(delete(DigestRow).where(*sent))
        return len(ids)

    return await store.database.write_plainly(change)
