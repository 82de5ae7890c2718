"""A database whose answers can be held back."""

import asyncio
from typing import TypeVar

from auth.store import Database
from auth.store.database import Work

T = TypeVar("T")


class SlowDatabase(Database):
    """Reads at once, and answers when told to."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.has_read, self.may_answer = asyncio.Event(), asyncio.Event()

    async def read(self, work: Work[T]) -> T:
        """Read, then wait."""
        found = await super().read(work)
        self.has_read.set()
        await self.may_answer.wait()
        return found
