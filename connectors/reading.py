"""How a source reads: by many keys, in chunks, one flight, kept as its rule allows.

Every port that reads is a few lines over ``Reader.read``: it says by which rule, and how one chunk is fetched.
"""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from connectors.cache import Cache
from connectors.deadline import Deadline
from connectors.errors import PlatformError, TooSlowError
from connectors.metering import Meter
from connectors.viewer import Ask

R = TypeVar("R")
_ABSENT_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class ReadRule:
    """How one operation of a platform is read.

    ``batch``: most keys one call may carry. ``fresh_for``: seconds an answer may be kept, 0 for never.
    """

    operation: str
    batch: int
    fresh_for: float


class Reader:
    """Reads for one platform; ``timeout`` is the longest one upstream call may take, in seconds."""

    def __init__(self, platform: str, cache: Cache, timeout: float, meter: Meter | None = None) -> None:
        self.platform = platform
        self._meter = meter or Meter(platform)
        self._cache = cache
        self._timeout = timeout

    async def read(
        self,
        rule: ReadRule,
        keys: Sequence[str],
        ask: Ask,
        fetch: Callable[[list[str], Deadline], Awaitable[Mapping[str, R]]],
        *,
        per: object = None,
        empty: R | None = None,
    ) -> list[R | PlatformError | None]:
        """Answer one entry per key, in order.

        Args:
            rule: how this operation is read.
            keys: what to read; doubles are asked once.
            ask: who asks and until when.
            fetch: reads one chunk, at most ``rule.batch`` keys; answers what it found, by key; may raise a
                ``PlatformError``, which then stands in the place of each key of the chunk.
            per: everything besides the key that decides the answer (arguments, the asker where it matters).
            empty: stands for a key that ``fetch`` did not answer.
        """
        prefix = self._prefix(rule, per)
        asked: list[str] = []

        async def load(names: list[str]) -> Mapping[str, Any]:
            asked.extend(names)
            wanted = [name[len(prefix) :] for name in names]
            chunks = [wanted[at : at + rule.batch] for at in range(0, len(wanted), rule.batch)]
            parts = await asyncio.gather(*(self._chunk(fetch, chunk, empty) for chunk in chunks))
            return {prefix + key: value for part in parts for key, value in part.items()}

        found = await self._cache.read([prefix + key for key in keys], load, self._lifetime(rule), ask.deadline)
        kept = len(set(keys)) - len(asked)
        if kept:
            self._meter.kept(rule.operation, kept)
        late = TooSlowError(self.platform, rule.operation)
        return [found.get(prefix + key, late) for key in keys]

    def _prefix(self, rule: ReadRule, per: object) -> str:
        decides = hashlib.sha256(repr(per).encode()).hexdigest()[:32] if per is not None else ""
        return f"{self.platform}:{rule.operation}:{decides}:"

    async def _chunk(
        self, fetch: Callable[[list[str], Deadline], Awaitable[Mapping[str, R]]], keys: list[str], empty: R | None
    ) -> dict[str, R | PlatformError | None]:
        """One call. Its time is the platform's own, not the first caller's: others may share it."""
        try:
            answered = await fetch(keys, Deadline.after(self._timeout))
        except PlatformError as error:
            return dict.fromkeys(keys, error)
        return {key: answered.get(key, empty) for key in keys}

    @staticmethod
    def _lifetime(rule: ReadRule) -> Callable[[Any], float]:
        def lifetime(value: Any) -> float:
            if isinstance(value, PlatformError):
                return 0.0
            return min(rule.fresh_for, _ABSENT_SECONDS) if value is None else rule.fresh_for

        return lifetime
