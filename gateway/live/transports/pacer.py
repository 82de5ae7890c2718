"""Gathers what comes in bursts: each reader is told the first thing at once, and what follows at most so often.

A message that comes alone is not held up. Where fifty come a second, a write for each of them would cost the gateway
and the reader more than all else; so those within a moment go out together.
"""

import asyncio
import time
from collections.abc import Callable

Going = Callable[[], None]


class Pacer:
    """One per process; ``seconds`` lie between two writes to one reader, and nobody waits longer."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._waiting: set[Going] = set()
        self._timer: asyncio.TimerHandle | None = None

    def holds(self, going: Going, sent_at: float) -> bool:
        """Whether a reader that was sent something then waits; ``going`` is called once it does no more."""
        if time.monotonic() - sent_at >= self.seconds:
            return False
        self._waiting.add(going)
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(self.seconds, self._go)
        return True

    def _go(self) -> None:
        waiting, self._waiting, self._timer = self._waiting, set(), None
        for going in waiting:
            going()
