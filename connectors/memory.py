"""aiocache's memory cache with the bound it lacks: the least recently used entry goes when it is full.

Entries whose time is over go as well, with the writes that follow: pages of questions, kept for each asker apart,
would otherwise stay in the memory long after anybody can use them.
"""

# ruff: noqa: ARG002 - the signatures are aiocache's

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from aiocache import SimpleMemoryCache
from aiocache.serializers import NullSerializer


class BoundedMemoryCache(SimpleMemoryCache):  # type: ignore[misc]  # aiocache ships no types
    """At most ``max_entries`` entries. Whether one may still be used is said in itself (see ``cache.py``)."""

    def __init__(self, max_entries: int, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(serializer=NullSerializer(), timeout=0)  # in memory nothing can hang
        self.max_entries = max_entries
        self._clock = clock
        self._cache: OrderedDict[str, tuple[float, Any]] = OrderedDict()

    async def _get(self, key: str, encoding: str | None = "utf-8", _conn: Any = None) -> Any:
        if key not in self._cache:
            return None
        self._cache.move_to_end(key)
        return self._cache[key][1]

    async def _multi_get(self, keys: list[str], encoding: str | None = "utf-8", _conn: Any = None) -> list[Any]:
        return [await self._get(key) for key in keys]

    async def _set(self, key: str, value: Any, ttl: Any = None, _cas_token: Any = None, _conn: Any = None) -> bool:
        return await self._multi_set([(key, value)], ttl)

    async def _multi_set(self, pairs: list[tuple[str, Any]], ttl: Any = None, _conn: Any = None) -> bool:
        now = self._clock()
        ends_at = math.inf if ttl is None else now + ttl
        for key, value in pairs:
            self._cache[key] = (ends_at, value)
            self._cache.move_to_end(key)
        while self._cache and (len(self._cache) > self.max_entries or self._oldest_ended(now)):
            self._cache.popitem(last=False)
        return True

    def _oldest_ended(self, now: float) -> bool:
        """Whether the time of the least recently used entry is over."""
        return self._cache[next(iter(self._cache))][0] <= now
