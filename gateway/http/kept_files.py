"""Files that were read a moment ago: a player asks for a recording in many parts, for each of which it is read whole.

Kept for the person the link was made for and for nobody else, and so briefly that a right once lost is soon lost here.
"""

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable

Found = tuple[str, bytes]
Whose = tuple[str, str, str | None]
"""The file's kind and key, and the person."""

_SECONDS = 15.0
_MOST_BYTES = 16 * 1024 * 1024


class KeptFiles:
    """One per process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: OrderedDict[Whose, tuple[float, Found]] = OrderedDict()  # the oldest stands first
        self._bytes = 0

    async def read(self, whose: Whose, reading: Callable[[], Awaitable[Found]]) -> Found:
        """The file as it was read, or reading it now. Raises what ``reading`` raises, and keeps nothing of that."""
        self._forget_old()
        if whose in self._kept:
            return self._kept[whose][1]
        found = await reading()
        self._drop(whose)
        self._kept[whose] = (self._clock(), found)
        self._bytes += len(found[1])
        while self._bytes > _MOST_BYTES:
            self._drop(next(iter(self._kept)))
        return found

    def _forget_old(self) -> None:
        oldest = self._clock() - _SECONDS
        while self._kept and next(iter(self._kept.values()))[0] < oldest:
            self._drop(next(iter(self._kept)))

    def _drop(self, whose: Whose) -> None:
        _, (_, content) = self._kept.pop(whose, (0.0, ("", b"")))
        self._bytes -= len(content)
