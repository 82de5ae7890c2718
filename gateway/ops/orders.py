"""What operators ordered of platforms: kept in the database, followed by every replica within seconds.

An order has an end of its own; nobody has to remember to take it back. While the database is away, what was ordered
stands until its end.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.store import Database
from auth.store.moments import now
from auth.store.tables import OpsOrderRow
from connectors.guarding.guard import Guard
from connectors.guarding.order import Order
from connectors.records.health import BreakerState

BREAKER, STALE = "breaker", "stale"
LONGEST = timedelta(hours=24)


class Ordered(NamedTuple):
    """One order; ``state`` is a ``BreakerState`` for a breaker, and empty for old data."""

    platform: str
    kind: str
    state: str
    by: str
    made_at: datetime
    until: datetime


class OrderBook:
    """The table; any process may write it. All raise ``StoreUnavailableError``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def standing(self) -> list[Ordered]:
        """The orders that stand now."""
        columns = (getattr(OpsOrderRow, name) for name in Ordered._fields)
        wanted = select(*columns).where(OpsOrderRow.until > now()).order_by(OpsOrderRow.platform, OpsOrderRow.kind)

        async def read(session: AsyncSession) -> list[Ordered]:
            return [Ordered._make(row) for row in await session.execute(wanted)]

        return await self._database.read(read)

    async def give(self, platform: str, kind: str, state: str, by: str, minutes: int) -> Ordered:
        """Order something, in the place of what was ordered before."""
        made = now()
        ordered = Ordered(platform, kind, state, by, made, made + min(timedelta(minutes=minutes), LONGEST))

        def given(connection: Connection) -> None:
            connection.execute(delete(OpsOrderRow).where(_of(platform, kind) | (OpsOrderRow.until <= made)))
            connection.execute(insert(OpsOrderRow).values(**ordered._asdict()))

        await self._database.write_plainly(given)
        return ordered

    async def take_back(self, platform: str, kind: str) -> bool:
        """Take an order back; whether there was one."""
        taken = delete(OpsOrderRow).where(_of(platform, kind))
        return bool(await self._database.write_plainly(lambda connection: connection.execute(taken).rowcount))


class Followed:
    """The orders as this replica follows them; one per process."""

    def __init__(self, book: OrderBook, guards: Sequence[Guard]) -> None:
        self._book = book
        self._guards = {guard.platform: guard for guard in guards}
        self._followed: dict[tuple[str, str], Ordered] = {}

    async def follow(self) -> None:
        """Read what stands, and do so. Raises ``StoreUnavailableError``."""
        self.apply({(one.platform, one.kind): one for one in await self._book.standing()})

    def apply(self, standing: Mapping[tuple[str, str], Ordered]) -> None:
        """Tell the guards what changed."""
        for key in {*standing, *self._followed}:
            wanted = standing.get(key)
            guard = self._guards.get(key[0])
            if guard is not None and wanted != self._followed.get(key):
                _tell(guard, key[1], wanted)
        self._followed = dict(standing)


def _tell(guard: Guard, kind: str, wanted: Ordered | None) -> None:
    until = None if wanted is None else guard.meter.now() + (wanted.until - now()).total_seconds()
    if kind == STALE:
        guard.extend_stale(until)
    elif wanted is None or until is None:
        guard.force(None)
    else:
        guard.force(Order(BreakerState(wanted.state), wanted.by, until))


def _of(platform: str, kind: str) -> ColumnElement[bool]:
    return (OpsOrderRow.platform == platform) & (OpsOrderRow.kind == kind)
