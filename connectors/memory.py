"""aiocache's memory cache with the bound it lacks: the least recently used entry goes when it is full."""

# ruff: noqa: ARG002 - the signatures are aiocache's

from collections import OrderedDict
from typing import Any

from aiocache import SimpleMemoryCache
from aiocache.serializers import NullSerializer


class BoundedMemoryCache(SimpleMemoryCache):  # type: ignore[misc]  # aiocache ships no types
    """At most ``max_entries`` entries. Lifetimes are kept in the entries themselves (see ``cache.py``)."""

    def __init__(self, max_entries: int) -> None:
        super().__init__(serializer=NullSerializer(), timeout=0)  # in memory nothing can hang
        self.max_entries = max_entries
        self._cache: OrderedDict[str, Any] = OrderedDict()

    async def _get(self, key: str, encoding: str | None = "utf-8", _conn: Any = None) -> Any:
        if key not in self._cache:
            return None
        self._cache.move_to_end(key)
        return self._cache[key]

    async def _multi_get(self, keys: list[str], encoding: str | None = "utf-8", _conn: Any = None) -> list[Any]:
        return [await self._get(key) for key in keys]

    async def _set(self, key: str, value: Any, ttl: Any = None, _cas_token: Any = None, _conn: Any = None) -> bool:
        self._keep(key, value)
        return True

    async def _multi_set(self, pairs: list[tuple[str, Any]], ttl: Any = None, _conn: Any = None) -> bool:
        for key, value in pairs:
            self._keep(key, value)
        return True

    def _keep(self, key: str, value: Any) -> None:
        self._cache[key] = value
        self._cache.move_to_end(key)
        while len(self._cache) > self.max_entries:
            self._cache.popitem(last=False)
