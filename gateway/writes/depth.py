"""How many effects are not done, and for how long the oldest waits: read every few seconds, never for a request."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, NamedTuple

import structlog
from sqlalchemy import func, select

from auth.store import Database, StoreUnavailableError
from auth.store.moments import now
from auth.store.tables import EffectRow
from connectors.background import beside
from connectors.records.effect import EffectStatus

EVERY_SECONDS = 5.0
COUNTED = (EffectStatus.PENDING, EffectStatus.UNKNOWN, EffectStatus.FAILED)
_COUNTS = (
    select(EffectRow.platform, EffectRow.status, func.count(), func.min(EffectRow.begun_at))
    .where(EffectRow.status.in_(COUNTED))
    .group_by(EffectRow.platform, EffectRow.status)
)

_log = structlog.get_logger(__name__)


class Seen(NamedTuple):
    """What stood in the store at a moment: how many by platform and status, and the oldest that waits by platform."""

    at: datetime
    effects: Mapping[tuple[str, str], int]
    oldest: Mapping[str, datetime]


class Depth:
    """One per process; ``seen`` is None until it was read once, and as it was while the store is away."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.seen: Seen | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Read until left."""
        async with beside(self._work):
            yield

    async def look(self) -> None:
        """Read once. Raises ``StoreUnavailableError``."""

        async def read(session: Any) -> list[Any]:
            return list(await session.execute(_COUNTS))

        rows = await self._database.read(read)
        oldest: dict[str, datetime] = {}
        for platform, status, _, begun_at in rows:
            if status != EffectStatus.FAILED:
                oldest[platform] = min(begun_at, oldest.get(platform, begun_at))
        self.seen = Seen(now(), {(platform, status): count for platform, status, count, _ in rows}, oldest)

    async def _work(self) -> None:
        while True:
            try:
                await self.look()
            except StoreUnavailableError as error:
                _log.warning("the outbox cannot be counted", fault=error)
            await asyncio.sleep(EVERY_SECONDS)
