"""Reads of which nothing is kept, shared while they are under way: whoever asks for the same waits for the same call.

The same are the same keys of the same name; what overlaps only in part is not shared, for that is what the cache is for
(``cache.py``). A run has a task of its own: whoever began it may go away.
"""

import asyncio
import time
from collections.abc import Mapping
from typing import Any

from connectors.deadline import Deadline
from connectors.flights import Reading

Name = tuple[str, tuple[str, ...]]
Values = Mapping[str, Any]


class Run:
    """One load under way; lives until all who wait were answered."""

    __slots__ = ("done", "fetched_at", "reading", "took_ms")

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.done: asyncio.Future[Values] = asyncio.get_running_loop().create_future()
        self.fetched_at = 0.0
        self.took_ms: float | None = None


class Joining:
    """One per cache."""

    def __init__(self) -> None:
        self._runs: dict[Name, Run] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def read(self, reading: Reading, keys: tuple[str, ...], deadline: Deadline) -> tuple[Run | None, bool]:
        """Wait for the run of these keys; answers it, and whether it was joined. None for a caller who is too late."""
        name = (reading.prefix, keys)
        run = self._runs.get(name)
        joined = run is not None
        remaining = deadline.remaining()
        if remaining <= 0:
            return None, joined
        if run is None:
            run = self._start(name, reading)
        await asyncio.wait((run.done,), timeout=remaining)
        return (run if run.done.done() else None), joined

    def forget(self, tags: frozenset[str]) -> None:
        """Let nobody join what may have read things with these tags before they changed."""
        for name in [name for name, run in self._runs.items() if _is_about(name, run, tags)]:
            del self._runs[name]

    async def aclose(self) -> None:
        """End the runs that are under way."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _start(self, name: Name, reading: Reading) -> Run:
        run = self._runs[name] = Run(reading)
        task = asyncio.get_running_loop().create_task(self._work(name, run))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return run

    async def _work(self, name: Name, run: Run) -> None:
        began = time.monotonic()
        try:
            values = await run.reading.load(list(dict.fromkeys(name[1])))
            run.took_ms, run.fetched_at = (time.monotonic() - began) * 1000, time.time()
            run.done.set_result(values)
        except BaseException as error:  # whatever it was, nobody may wait for ever
            broken = isinstance(error, Exception)
            run.done.set_exception(error if broken else RuntimeError("read cancelled"))
            run.done.exception()  # looked at: a run nobody waits for any more is no warning
            if not broken:
                raise
        finally:
            if self._runs.get(name) is run:
                del self._runs[name]


def _is_about(name: Name, run: Run, tags: frozenset[str]) -> bool:
    rule = run.reading.rule
    return bool(rule.tags) and any(not tags.isdisjoint(rule.tags_of(key)) for key in name[1])
