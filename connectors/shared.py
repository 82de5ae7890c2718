"""The second level of the cache: a store that several gateways share, through aiocache.

Names are digests, so that nothing of a key is seen there. An entry holds the versions its tags had before it was
fetched; dropping a tag gives it another version, and all that carry the old one are of no use. Reads go on without
the store where it fails or hangs: it is then left alone for a while. As long as it could not be told of a drop it is
not asked at all.
"""

import asyncio
import hashlib
import time
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

from connectors.memory import Entry
from connectors.packing import PackingError, form, packed, unpacked

if TYPE_CHECKING:  # brings redis along, which commands have no use for
    from aiocache.base import BaseCache

T = TypeVar("T")
LONGEST = 86_400.0
"""Seconds an entry may stay there at most."""
_VERSIONS_STAY = 2 * LONGEST
_NO_VERSION = b""


@dataclass(frozen=True, slots=True)
class Brought:
    """What the store had: by name, when it was fetched (seconds since 1970) and the value; and the tags' versions."""

    found: Mapping[str, tuple[float, Any]]
    versions: Mapping[str, bytes]


class SharedStore:
    """One per process.

    ``store`` keeps bytes as they are (a ``NullSerializer``). ``timeout``: seconds one call may take; ``rest``: for how
    long the store is not asked after it failed.
    """

    def __init__(
        self, store: "BaseCache", timeout: float = 0.1, rest: float = 5.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.hits = 0
        self.failures = 0
        self._store = store
        self._timeout = timeout
        self._rest = rest
        self._clock = clock
        self._resting_until = -rest
        self._form = form()
        self._untold: dict[str, int] = {}  # tags the store was not told of yet, each with the number of its drop
        self._drops = 0

    async def read(self, wanted: Mapping[str, tuple[str, ...]]) -> Brought | None:
        """Read entries, each name with its tags; None where the store cannot be asked."""
        if not await self.tell():
            return None
        names = list(wanted)
        tags = list(dict.fromkeys(tag for own in wanted.values() for tag in own))
        asked = [*map(self._name, names), *map(_tag_name, tags)]
        answered: list[bytes | None] | None = await self._asked(partial(self._store.multi_get, asked))
        if answered is None or len(answered) != len(asked):
            return None
        versions = {tag: held or _NO_VERSION for tag, held in zip(tags, answered[len(names) :], strict=True)}
        found = {}
        for name, held in zip(names, answered, strict=False):
            entry = _entry_in(held, [versions[tag] for tag in wanted[name]]) if held else None
            if entry is not None:
                found[name] = entry
        self.hits += len(found)
        return Brought(found, versions)

    async def write(self, brought: Brought, entries: Mapping[str, Entry], seconds: float) -> None:
        """Keep entries for so long, under the versions their tags had before they were fetched."""
        pairs = []
        for name, entry in entries.items():
            versions = [brought.versions[tag] for tag in entry.tags]
            try:
                pairs.append((self._name(name), packed((entry.fetched_at, versions, entry.value))))
            except PackingError:
                continue
        if pairs:
            await self._asked(partial(self._store.multi_set, pairs, ttl=min(seconds, LONGEST)))

    def drop(self, tags: Collection[str]) -> None:
        """Note that these tags are dropped; ``tell`` tells the store."""
        self._drops += 1
        self._untold.update(dict.fromkeys(tags, self._drops))

    async def tell(self) -> bool:
        """Tell the store of every drop it does not know of; False where that is not done."""
        while self._untold:
            told = dict(self._untold)
            pairs = [(_tag_name(tag), uuid4().bytes) for tag in told]
            if await self._asked(partial(self._store.multi_set, pairs, ttl=_VERSIONS_STAY)) is None:
                return False
            for tag, number in told.items():
                if self._untold.get(tag) == number:  # else it was dropped once more meanwhile
                    del self._untold[tag]
        return True

    async def aclose(self) -> None:
        """Let go of the connections."""
        self._resting_until = -self._rest
        await self._asked(self._store.close)

    async def _asked(self, call: Callable[[], Awaitable[T]]) -> T | None:
        """What the store answers; None where it failed, took too long or is left alone."""
        if self._clock() < self._resting_until:
            return None
        try:
            async with asyncio.timeout(self._timeout):
                return await call()
        except Exception:  # noqa: BLE001 - whatever store that is: reads go on without it
            self.failures += 1
            self._resting_until = self._clock() + self._rest
            return None

    def _name(self, name: str) -> str:
        return f"tongxin:{self._form}:{_digest(name)}"


def _entry_in(held: bytes, versions: list[bytes]) -> tuple[float, Any] | None:
    try:
        fetched_at, then, value = unpacked(held)
    except (PackingError, TypeError, ValueError):
        return None
    return (fetched_at, value) if then == versions else None


def _tag_name(tag: str) -> str:
    return f"tongxin:tag:{_digest(tag)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:40]
