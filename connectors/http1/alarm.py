"""A deadline for one call after another, at the price of few timers."""

import asyncio
from collections.abc import Callable


class Alarm:
    """Rings when the time that was set last has come; lives as long as its connection.

    Setting and stopping a timer costs more than writing a small request. Calls one after another have ever later
    deadlines, so the timer of an earlier one is left running: when it ends, it is set to what holds by then.
    """

    __slots__ = ("_due", "_loop", "_ring", "_timer", "_timer_at")

    def __init__(self, loop: asyncio.AbstractEventLoop, ring: Callable[[], None]) -> None:
        self._loop = loop
        self._ring = ring
        self._due: float | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._timer_at = 0.0

    def set(self, at: float) -> None:
        """Ring at that moment of the loop's clock, and at none set before."""
        self._due = at
        if self._timer is None or at < self._timer_at:
            self._wind(at)

    def stop(self) -> None:
        """Do not ring."""
        self._due = None

    def close(self) -> None:
        """Stop for good, and leave no timer behind."""
        self._due = None
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _wind(self, at: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer, self._timer_at = self._loop.call_at(at, self._ended), at

    def _ended(self) -> None:
        self._timer = None
        if self._due is None:
            return
        if self._due > self._timer_at:
            self._wind(self._due)
        else:
            self._due = None
            self._ring()
