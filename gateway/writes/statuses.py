"""``WriteStatusSource``: how far writes are, told to who made them, and to operators."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from auth.store.database import Database
from auth.store.tables import EffectRow, WriteRow
from connectors.records.effect import Effect, EffectKind, EffectStatus, WriteStatus
from connectors.viewer import Ask, Scope, Viewer
from gateway.writes.sealing import Sealing


class WriteStatuses:
    """One per process."""

    def __init__(self, database: Database, sealing: Sealing) -> None:
        self._database, self._sealing = database, sealing

    async def load_write_statuses(self, keys: Sequence[str], ask: Ask) -> Sequence[WriteStatus | None]:
        """Read writes by their id; None for another's. Raises ``StoreUnavailableError``."""
        return await self.of(keys, ask.viewer)

    async def of(self, keys: Sequence[str], viewer: Viewer) -> list[WriteStatus | None]:
        """The same, for somebody."""
        owner = None if viewer.holds(Scope.OPS_READ) else self._sealing.owner_of(viewer)
        wanted = (
            select(WriteRow.id, WriteRow.owner, WriteRow.begun_at, EffectRow)
            .join(EffectRow, EffectRow.write_id == WriteRow.id)
            .where(WriteRow.id.in_(keys))
            .order_by(EffectRow.place)
        )

        async def read(session: Any) -> list[Any]:
            return list(await session.execute(wanted))

        found: dict[str, list[Any]] = {}
        for row in await self._database.read(read):
            if owner is None or row.owner == owner:
                found.setdefault(row.id, []).append(row)
        return [_status(key, found[key]) if key in found else None for key in keys]


def _status(key: str, rows: Iterable[Any]) -> WriteStatus:
    rows = list(rows)
    effects = tuple(_effect(row.EffectRow) for row in rows)
    return WriteStatus(key=key, begun_at=rows[0].begun_at, effects=effects)


def _effect(row: EffectRow) -> Effect:
    return Effect(kind=EffectKind(row.kind), platform=row.platform, status=EffectStatus(row.status), code=row.code)
