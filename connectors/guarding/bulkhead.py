"""A bulkhead: how many calls of one operation are out at once, so that a slow one does not take all connections."""

import asyncio
from collections import deque

from connectors.deadline import Deadline
from connectors.errors import CrowdedError


class Bulkhead:
    """One operation's; lives as long as the guard. Who comes first is served first.

    A place is taken by ``enter`` (``await``ed only where all are taken, see ``full``) and given back by ``leave``.
    """

    __slots__ = ("_most", "_most_waiting", "_queue", "inside")

    def __init__(self, most: int, most_waiting: int) -> None:
        self.inside = 0
        self._most = most
        self._most_waiting = most_waiting
        self._queue: deque[asyncio.Future[None]] = deque()

    @property
    def full(self) -> bool:
        """Whether who comes now has to wait."""
        return self.inside >= self._most

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._queue)

    async def enter(self, platform: str, operation: str, deadline: Deadline) -> None:
        """Take a place, or wait for one.

        Raises:
            CrowdedError: too many wait already, or none became free before the deadline.
        """
        if not self.full:
            self.inside += 1
            return
        if len(self._queue) >= self._most_waiting:
            raise CrowdedError(platform, operation, "too many wait")
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queue.append(place)
        try:
            async with asyncio.timeout(deadline.remaining()):
                await place
        except BaseException as error:
            if place.done() and not place.cancelled():
                self.leave()
            elif place in self._queue:
                self._queue.remove(place)
            if isinstance(error, TimeoutError):
                raise CrowdedError(platform, operation, "no place in time") from error
            raise

    def leave(self) -> None:
        """Give the place to who waits longest, or back."""
        while self._queue:
            place = self._queue.popleft()
            if not place.done():
                place.set_result(None)
                return
        self.inside -= 1
