"""When each client was last used: noted in memory, written in groups, never on a request's path."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta

from sqlalchemy import bindparam, update
from sqlalchemy.ext.asyncio import AsyncSession

from auth.store.database import Database, StoreUnavailableError
from auth.store.moments import now
from auth.store.tables import ClientRow
from connectors.background import beside

_EVERY = timedelta(seconds=60)
_LOOK_SECONDS = 5.0
_MOST = 10_000
_NOTE = update(ClientRow).where(ClientRow.client_id == bindparam("who")).values(used_at=bindparam("at"))


class LastUsed:
    """One per process. A client in steady use is written once a minute; what a crash loses is a minute at most."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._noted: dict[str, datetime] = {}
        self._waiting: dict[str, datetime] = {}

    def note(self, client_id: str) -> None:
        """Note that a client has just proved itself."""
        moment, before = now(), self._noted.get(client_id)
        if before is not None and moment - before < _EVERY:
            return
        if len(self._noted) >= _MOST:
            self._noted.clear()
        self._noted[client_id] = self._waiting[client_id] = moment

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Write what is noted while the block runs, and what is left at its end."""
        try:
            async with beside(self._run):
                yield
        finally:
            await self.write()

    async def write(self) -> None:
        """Write what waits; while the store is away it is dropped, as the next minute brings another."""
        group, self._waiting = self._waiting, {}
        if not group:
            return

        async def noted(session: AsyncSession) -> None:
            connection = await session.connection()
            await connection.execute(_NOTE, [{"who": who, "at": group[who]} for who in sorted(group)])

        with suppress(StoreUnavailableError):
            await self._database.write(noted)

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            await self.write()
