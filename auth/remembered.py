"""Tokens that were verified a moment ago."""

import hashlib
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Remembered(Generic[T]):
    """A bounded memory by the SHA-256 digest of a token, one per process; the oldest goes first."""

    def __init__(self, clock: Callable[[], float], limit: int = 10_000) -> None:
        self._clock = clock
        self._limit = limit
        self._entries: dict[bytes, tuple[float, T]] = {}

    def get(self, token: str) -> T | None:
        """What a token led to, while it is remembered."""
        digest = _digest(token)
        entry = self._entries.get(digest)
        if entry is None:
            return None
        if entry[0] <= self._clock():
            del self._entries[digest]
            return None
        return entry[1]

    def keep(self, token: str, found: T, until: float) -> None:
        """Remember what a token leads to until that moment of the clock."""
        while len(self._entries) >= self._limit:
            del self._entries[next(iter(self._entries))]
        self._entries[_digest(token)] = (until, found)

    def forget(self) -> None:
        """Look at every token again."""
        self._entries.clear()

    def __len__(self) -> int:
        return len(self._entries)


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
