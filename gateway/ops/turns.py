"""Wakes all who wait for the next look, at once."""

import asyncio


class Turns:
    """One per process."""

    def __init__(self) -> None:
        self._next = asyncio.Event()
        self.count = 0

    def turn(self) -> None:
        """There was a look: whoever waits goes on."""
        self.count += 1
        ended, self._next = self._next, asyncio.Event()
        ended.set()

    async def wait(self) -> None:
        """Wait for the next."""
        await self._next.wait()
