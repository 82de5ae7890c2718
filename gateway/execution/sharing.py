"""One run for all who ask the same at the same moment.

A run is a task of its own, which no single caller can end by going away; it is cancelled when the last of them is gone.
Its time is the first caller's, since what it reads is told its deadline when it begins. So nobody waits for a run that
ends after one's own deadline, nor for one that has less than half of one's own time left: of a platform that hangs,
a late joiner would learn nothing but that the first caller's time is over.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any

from connectors.deadline import Deadline
from gateway.execution.keeping import Key
from gateway.execution.operation import Outcome

_LATER = 0.1
"""Seconds a run may end after a caller's own deadline; the edge is patient for longer than that."""


class Runs:
    """One per process: the runs under way that may be joined."""

    def __init__(self) -> None:
        self._open: dict[Key, _Run] = {}
        self._tasks: set[asyncio.Task[Outcome]] = set()

    def under_way(self, key: Key, deadline: Deadline) -> "_Run | None":
        """The run to join, if there is one that serves until this deadline."""
        run = self._open.get(key)
        return run if run is not None and run.serves(deadline) else None

    def begin(self, key: Key, deadline: Deadline, work: Coroutine[Any, Any, Outcome]) -> "_Run":
        """Start a run, which those who come now may join."""
        task = asyncio.get_running_loop().create_task(work)
        run = self._open[key] = _Run(task, deadline, key, self._open)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return run

    def forget(self) -> None:
        """Let nobody join any more: what the runs have read may have changed. They go on for those who wait."""
        self._open.clear()

    async def aclose(self) -> None:
        """End what is under way."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


class _Run:
    """Lives from its first caller to its last; takes itself out of ``among``, the runs that may be joined."""

    __slots__ = ("_among", "_deadline", "_key", "_task", "_waiting")

    def __init__(self, task: asyncio.Task[Outcome], deadline: Deadline, key: Key, among: "dict[Key, _Run]") -> None:
        self._task = task
        self._deadline = deadline
        self._key = key
        self._among = among
        self._waiting: set[asyncio.Future[None]] = set()
        task.add_done_callback(self._ended)

    def serves(self, deadline: Deadline) -> bool:
        """Whether a caller with this deadline may wait for it."""
        return self._deadline.at <= deadline.at + _LATER and self._deadline.remaining() >= deadline.remaining() / 2

    async def outcome(self) -> Outcome:
        """Wait for the end; raises what the run raised. Whoever is cancelled here only stops to wait."""
        waiter = self._task.get_loop().create_future()
        self._waiting.add(waiter)
        try:
            await waiter
        finally:
            self._waiting.discard(waiter)
            if not self._waiting and not self._task.done():
                self._close()
                self._task.cancel()
        if self._task.cancelled():  # from outside: its callers were not
            raise RuntimeError("the run that answers was cancelled")
        return self._task.result()

    def _ended(self, task: asyncio.Task[Outcome]) -> None:
        self._close()
        if not task.cancelled():
            task.exception()  # looked at: perhaps nobody waits any more
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)

    def _close(self) -> None:
        if self._among.get(self._key) is self:
            del self._among[self._key]
