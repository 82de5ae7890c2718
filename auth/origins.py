"""The web origins (RFC 6454) of registered clients: which pages a browser may let read an answer."""

import asyncio
import contextlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.store.database import Database, StoreUnavailableError
from auth.store.tables import ClientRow

_FRESH_SECONDS = 30.0
_MOST_CLIENTS = 10_000


@dataclass(frozen=True, slots=True)
class RegisteredOrigins:
    """What the clients that may get tokens have registered."""

    of_client: Mapping[str, frozenset[str]]
    of_any: frozenset[str]


_NONE = RegisteredOrigins({}, frozenset())


class Origins:
    """One per process: a copy of at most 10,000 clients' origins, read again when asked for after 30 seconds."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._clock = clock
        self._known = _NONE
        self._until = -1.0
        self._reading = asyncio.Lock()

    async def registered(self) -> RegisteredOrigins:
        """What is registered, as of half a minute ago; as last known, while the store is away."""
        if self._clock() < self._until:
            return self._known
        if self._until >= 0 and self._reading.locked():
            return self._known  # somebody is reading it again: what was known will do for the others
        async with self._reading:
            if self._clock() >= self._until:
                await self._read()
        return self._known

    async def _read(self) -> None:
        with contextlib.suppress(StoreUnavailableError):  # then as last known: not every request is to run into it
            self._known = await self._database.read(_registered)
        self._until = self._clock() + _FRESH_SECONDS


async def _registered(session: AsyncSession) -> RegisteredOrigins:
    enabled = ClientRow.disabled_at.is_(None) & (ClientRow.origins != frozenset())
    rows = await session.scalars(select(ClientRow).where(enabled).limit(_MOST_CLIENTS))
    of_client = {row.client_id: row.origins for row in rows}
    return RegisteredOrigins(of_client, frozenset[str]().union(*of_client.values()))
