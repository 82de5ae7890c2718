"""The bus: what happened, told to all who listen in this process, and by Redis in every other.

An event names a topic and a key, no more: what became of the thing each listener reads with their own rights, and
nothing private travels.
"""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol

from gateway.live.log import Event, EventLog, Position

OnEvent = Callable[[Event], None]


class Bus(Protocol):
    """One per process. ``on_event`` is called for every event, in order, in the loop it runs in."""

    on_event: list[OnEvent]

    def publish(self, topic: str, key: str) -> None:
        """Tell everywhere that something happened. Never raises, never waits."""

    def publish_here(self, topic: str, key: str) -> None:
        """Tell it in this process only: of what every gateway sees for itself."""

    def since(self, topic: str, identifier: str) -> list[Event]:
        """What came behind that event. Raises ``RefusedError`` (RESUME_TOO_LATE)."""

    async def lease(self, name: str, seconds: float) -> bool:
        """Whether it is this process that does the work of that name for so long; asked again it goes on."""

    def running(self) -> AbstractAsyncContextManager[None]:
        """Carry events while the block runs."""


class MemoryBus:
    """Within one process; what happened before it started nobody can resume behind."""

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = time.time) -> None:
        self.on_event: list[OnEvent] = []
        self._clock = clock
        self._last: Position = (int(clock() * 1000), 0)
        self._log = EventLog(most, seconds, self._last)

    def publish(self, topic: str, key: str) -> None:
        """See ``Bus``."""
        at = self._clock()
        self._last = max((int(at * 1000), 0), (self._last[0], self._last[1] + 1))
        event = Event(f"{self._last[0]}-{self._last[1]}", topic, key, at)
        self._log.add(event)
        for told in self.on_event:
            told(event)

    publish_here = publish

    def since(self, topic: str, identifier: str) -> list[Event]:
        """See ``Bus``."""
        return self._log.since(topic, identifier)

    async def lease(self, name: str, seconds: float) -> bool:  # noqa: ARG002 - there is nobody else
        """See ``Bus``."""
        return True

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """See ``Bus``."""
        yield
