"""Shares among gateways what was used up: a moment later all of them know, and no request waits for it.

Each gateway decides by its own buckets. Every ``share_ms`` it tells Redis what went out of those that were touched, in
one call, and takes over what they lack by all that gateways told. So a caller who goes to all of them at once gets at
most what goes through each in that time. Where Redis is away each counts for itself, says so, and tries again; what a
bucket then lacks is told when Redis is back, also to one that forgot everything.
"""

import asyncio
import hashlib
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import structlog

from connectors.background import beside
from gateway.limits.rates import Rates

if TYPE_CHECKING:
    from gateway.limits.buckets import Buckets
    from gateway.limits.over_time import OverTimeSettings

_NAME = "tongxin:used:"
_AT_ONCE = 250
"""Buckets in one call: Redis serves nobody else meanwhile, for about half a millisecond."""

_SCRIPT = """
local told = redis.call('TIME')
local now = told[1] + told[2] / 1000000
local lacks = {}
for i, key in ipairs(KEYS) do
  local full_at = tonumber(redis.call('GET', key) or '0')
  if full_at < now then full_at = now end
  full_at = math.max(full_at + tonumber(ARGV[2 * i - 1]), now + tonumber(ARGV[2 * i]))
  if full_at > now then
    redis.call('SET', key, string.format('%.6f', full_at), 'PX', math.ceil((full_at - now) * 1000))
  else
    redis.call('DEL', key)
  end
  lacks[i] = string.format('%.6f', full_at - now)
end
return lacks
"""
_log = structlog.get_logger(__name__)


class SharedUse:
    """One per process. ``ok`` whether Redis answered last, None before it was asked; ``since`` when that changed."""

    def __init__(self, settings: "OverTimeSettings", rates: Rates) -> None:
        self.ok: bool | None = None
        self.since = time.time()
        self.failures = 0
        self._settings = settings
        self._rates = rates
        self._client: Any = None

    @property
    def used(self) -> bool:
        """Whether there is a Redis to share by."""
        return bool(self._settings.redis_url.get_secret_value())

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Share while the block runs, and once more at its end."""
        if not self.used:
            yield
            return
        from redis.asyncio import Redis  # noqa: PLC0415 - not loaded where none is used

        seconds = self._settings.redis_timeout_ms / 1000
        url = self._settings.redis_url.get_secret_value()
        self._client = Redis.from_url(url, socket_timeout=seconds, socket_connect_timeout=seconds)
        try:
            async with beside(self._sharing):
                yield
            await self.share()
        finally:
            await self._client.aclose()

    async def share(self) -> None:
        """Tell and learn once; never raises."""
        afresh = self.ok is False
        try:
            for name, buckets in self._rates:
                await self._share(name, buckets, afresh=afresh)
            if not self.ok:
                await self._client.ping()  # with nothing to tell nothing was asked either
        except Exception as error:  # noqa: BLE001 - whatever Redis or the way to it says: we count by ourselves
            self.failures += 1
            if self.ok is not False:
                self._turned(ok=False)
                _log.warning("limits are counted by this gateway alone: Redis is away", fault=type(error).__name__)
        else:
            if self.ok is False:
                _log.info("limits are shared again")
            if not self.ok:
                self._turned(ok=True)

    async def _share(self, name: str, buckets: "Buckets", *, afresh: bool) -> None:
        """``afresh``: Redis may have forgotten, or have missed what went out meanwhile; it shall know of no less."""
        if afresh:
            buckets.untold()
        untold = dict.fromkeys(buckets.lacking(), 0.0) if afresh else buckets.untold()
        keys = list(untold)
        for begin in range(0, len(keys), _AT_ONCE):
            some = keys[begin : begin + _AT_ONCE]
            names = [f"{_NAME}{name}:{_digest(key)}" for key in some]
            given = [f"{told:.6f}" for key in some for told in (untold[key], buckets.missing(key) if afresh else 0.0)]
            lacks: list[bytes] = await self._client.eval(_SCRIPT, len(some), *names, *given)
            for key, seconds in zip(some, lacks, strict=True):
                buckets.learn(key, float(seconds))

    async def _sharing(self) -> None:
        while True:
            await asyncio.sleep(self._settings.share_ms / 1000)
            await self.share()

    def _turned(self, *, ok: bool) -> None:
        self.ok, self.since = ok, time.time()


def _digest(key: str) -> str:
    """Nothing of a person or an address is seen there."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]
