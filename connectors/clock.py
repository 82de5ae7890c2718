"""The time as a platform has it: ours, corrected by what its answers' ``Date`` headers say.

A signature carries a time, and a platform refuses one that is too far from its own (wire-formats A2.2, B3). Whichever
clock is wrong, signing by the platform's is right for it.
"""

import time
from collections.abc import Awaitable, Callable
from email.utils import parsedate_to_datetime
from typing import TypeVar

from connectors.errors import RefusedSignatureError

T = TypeVar("T")
_NOTICED = 5.0
"""Seconds below which a difference is left alone: a ``Date`` is whole seconds, and on its way for some time."""


class PlatformClock:
    """One platform's; ``now`` gives our own seconds since 1970. ``difference`` is how far the platform is ahead."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self._now = now
        self._read: tuple[str, float | None] = ("", None)  # the last date, which a second's answers share
        self.difference = 0.0

    def now(self) -> float:
        """Seconds since 1970 as the platform has it."""
        return self._now() + self.difference

    def observe(self, date: str | None, took: float) -> None:
        """Learn from an answer's ``Date`` header; ``took`` is how many seconds the call was under way."""
        if date is None:
            return
        if date != self._read[0]:
            self._read = date, _moment_from(date)
        moment = self._read[1]
        if moment is None:
            return
        ahead = moment + 0.5 - (self._now() - took / 2)
        self.difference = ahead if abs(ahead) > _NOTICED + took / 2 else 0.0


async def by_its_clock(clock: PlatformClock, call: Callable[[], Awaitable[T]]) -> T:
    """Call; where the signature was refused and the answer showed that the clocks differ, once more by its clock.

    A refused call has done nothing, so that a write may be sent again too. Raises what the call raises.
    """
    before = clock.difference
    try:
        return await call()
    except RefusedSignatureError:
        if abs(clock.difference - before) <= _NOTICED:
            raise
    return await call()


def _moment_from(date: str) -> float | None:
    try:
        return parsedate_to_datetime(date).timestamp()
    except (ValueError, OverflowError):
        return None
