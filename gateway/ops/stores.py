"""Whether our own stores are there, and since when: the database and, where one is set, Redis."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy import text

from auth.store import Database, StoreUnavailableError
from gateway.health.watch import wall_clock
from gateway.ops.kept_shapes import StoresTold, StoreTold
from gateway.settings import Settings

EVERY_SECONDS = 5.0
_PATIENCE_SECONDS = 2.0
_ONE_CALL_SECONDS = 1.0


class Store:
    """One of them; ``ok`` is None until it was looked at."""

    def __init__(self, ask: Callable[[], Awaitable[Any]] | None) -> None:
        self._ask = ask
        self.ok: bool | None = None
        self.since = wall_clock()

    @property
    def used(self) -> bool:
        """Whether there is one at all."""
        return self._ask is not None

    @property
    def away(self) -> bool:
        """Whether it was looked for and not found."""
        return self.ok is False

    async def look(self) -> None:
        """Ask it something; never raises."""
        if self._ask is None:
            return
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                await self._ask()
            found = True
        except (StoreUnavailableError, TimeoutError, OSError):
            found = False
        if found is not self.ok:
            self.ok, self.since = found, wall_clock()

    def told(self) -> StoreTold:
        """As part of the picture."""
        return StoreTold(ok=self.ok if self.used else None, since=self.since if self.used else None, used=self.used)


class Stores:
    """One per process; looked at every few seconds."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._redis: Any = None
        self._failed: type[Exception] = OSError
        told = (settings.cache.redis_url, settings.live.redis_url, settings.limits.redis_url)
        self._address = next(filter(None, (one.get_secret_value() for one in told)), "")
        self._asked_at = float("-inf")

        async def ask_database() -> None:
            await database.read(lambda session: session.execute(text("SELECT 1")))

        self.database = Store(ask_database)
        self.redis = Store(self._ping if self._address else None)

    async def look(self) -> None:
        """Ask both, if the last time is long enough ago."""
        if time.monotonic() - self._asked_at >= EVERY_SECONDS:
            self._asked_at = time.monotonic()
            await asyncio.gather(self.database.look(), self.redis.look())

    def told(self) -> StoresTold:
        """As part of the picture."""
        return StoresTold(self.database.told(), self.redis.told())

    async def aclose(self) -> None:
        """Let go of the connection."""
        if self._redis is not None:
            await self._redis.aclose()

    async def _ping(self) -> None:
        if self._redis is None:
            from redis.asyncio import Redis  # noqa: PLC0415 - loaded only where one is set
            from redis.exceptions import RedisError  # noqa: PLC0415 - the same

            seconds = _ONE_CALL_SECONDS
            self._redis = Redis.from_url(self._address, socket_timeout=seconds, socket_connect_timeout=seconds)
            self._failed = RedisError
        try:
            await self._redis.ping()
        except self._failed as error:
            raise OSError(type(error).__name__) from error
