"""What the tests of the cache share: a clock moved by hand, a platform that is let go, reads of it."""

import asyncio
from collections.abc import Mapping
from typing import Any

from connectors.cache import Cache
from connectors.deadline import Deadline
from connectors.errors import PlatformError
from connectors.flights import Reading
from connectors.freshness import ReadRule
from connectors.memory import BoundedMemoryCache


class Clock:
    """Moved by hand."""

    now = 1000.0

    def __call__(self) -> float:
        """What time it is."""
        return self.now


class Upstream:
    """Loads what it is asked for, once it is let go; notes what that was. ``answer`` stands for every key if set."""

    def __init__(self) -> None:
        self.loads: list[list[str]] = []
        self.go = asyncio.Event()
        self.go.set()
        self.answer: Any = None
        self.broken: Exception | None = None

    async def load(self, keys: list[str]) -> Mapping[str, Any]:
        """Every key in upper case."""
        self.loads.append(keys)
        number = len(self.loads)
        await self.go.wait()
        if self.broken is not None:
            raise self.broken
        if isinstance(self.answer, PlatformError):
            return dict.fromkeys(keys, self.answer)
        return {key: f"{key.upper()}{number}" for key in keys}

    def reading(self, rule: ReadRule, prefix: str = "here:") -> Reading:
        """A read of it."""
        return Reading(rule, prefix, self.load)


def made(clock: Clock, entries: int = 100, **more: Any) -> Cache:
    """An empty cache by that clock, for both kinds of time; loads end exactly when the rule says."""
    return Cache(BoundedMemoryCache(entries), clock, wall=clock, spread=lambda: 0.0, **more)


def minute(**more: Any) -> ReadRule:
    """A rule that keeps for a minute."""
    return ReadRule("things", batch=100, fresh_for=60.0, **more)


def long() -> Deadline:
    """Time enough."""
    return Deadline.after(30)


async def begun() -> None:
    """Let everything that can run do so."""
    for _ in range(10):
        await asyncio.sleep(0)
