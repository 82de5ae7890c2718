"""Answers that are kept whole: bounded by bytes and entries, each until a moment of its own.

Entries whose time is over go with the writes that follow, from the least recently used on; a look-up drops the one it
finds. What may be kept at all is decided by who puts it here (``answers.py``).
"""

import sys
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import NamedTuple

import msgspec

from gateway.execution.operation import Outcome

MOST_ENTRIES = 10_000
_AROUND = 1000
"""Bytes an entry takes besides its texts: outcome, key, place in the dictionary."""
_LARGEST = 8
"""An answer may take this part of the memory, so that one cannot drive out all others."""

Key = tuple[str, str | None, bytes]
"""All that decides the answer to a public query: its text, the name of its operation, its parameters' values."""


class _Entry(NamedTuple):
    until: float
    outcome: Outcome
    size: int


class KeptAnswers:
    """One per process, at most ``most_bytes`` and ``MOST_ENTRIES``; ``clock`` is monotonic, in seconds."""

    def __init__(self, most_bytes: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most_bytes = most_bytes
        self._clock = clock
        self._entries: OrderedDict[Key, _Entry] = OrderedDict()
        self.bytes = 0

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: Key) -> Outcome | None:
        """The answer, while it may be used."""
        entry = self._entries.get(key)
        if entry is None:
            return None
        if entry.until <= self._clock():
            self._drop(key)
            return None
        self._entries.move_to_end(key)
        return entry.outcome

    def put(self, key: Key, outcome: Outcome, data: msgspec.Raw, until: float) -> None:
        """Keep an answer, whose ``data`` are bytes of their own; not one that is too large."""
        size = sum(map(sys.getsizeof, (key[0], key[2]))) + len(memoryview(data)) + _AROUND
        if size * _LARGEST > self._most_bytes:
            return
        self._drop(key)
        self._entries[key] = _Entry(until, outcome, size)
        self.bytes += size
        now = self._clock()
        while self._entries and self._too_much(now):
            self._drop(next(iter(self._entries)))

    def clear(self) -> None:
        """Forget everything."""
        self._entries.clear()
        self.bytes = 0

    def _drop(self, key: Key) -> None:
        entry = self._entries.pop(key, None)
        if entry is not None:
            self.bytes -= entry.size

    def _too_much(self, now: float) -> bool:
        """Whether the least recently used entry has to go."""
        full = self.bytes > self._most_bytes or len(self._entries) > MOST_ENTRIES
        return full or next(iter(self._entries.values())).until <= now
