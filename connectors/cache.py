"""What was read lately, and what is being read right now.

Owns two things: entries with a lifetime in an aiocache store, and one flight per entry, so that a hundred
requests that miss the same key at once cause a single upstream read. What may be kept, and for how long, is the
reader's rule (``reading.py``); errors are never kept.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from aiocache.base import BaseCache

from connectors.deadline import Deadline

Load = Callable[[list[str]], Awaitable[Mapping[str, Any]]]
"""Loads the named entries; answers one value per name and never raises."""


class Cache:
    """One per process; entries are named by strings that hold all that decides the answer."""

    def __init__(self, store: BaseCache, clock: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._clock = clock
        self._flights: dict[str, asyncio.Future[Any]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def read(
        self, names: Sequence[str], load: Load, lifetime: Callable[[Any], float], deadline: Deadline
    ) -> dict[str, Any]:
        """Answer the named entries: kept ones at once, those on the way from their flight, the rest in one load.

        ``lifetime`` says for how many seconds a value may be kept; 0 keeps it for nobody but those who wait.
        A caller whose deadline passes finds the names that are still on the way missing from the answer; the
        flight goes on for the others.
        """
        found = await self._kept(names)
        missing = [name for name in dict.fromkeys(names) if name not in found]
        if not missing:
            return found
        fresh = [name for name in missing if name not in self._flights]
        if fresh and deadline.remaining() > 0:
            self._start(fresh, load, lifetime)
        flights = {name: self._flights[name] for name in missing if name in self._flights}
        if not flights:
            return found
        await asyncio.wait(set(flights.values()), timeout=deadline.remaining())
        return found | {name: flight.result() for name, flight in flights.items() if flight.done()}

    async def _kept(self, names: Sequence[str]) -> dict[str, Any]:
        entries = await self._store.multi_get(list(names))
        now = self._clock()
        pairs = zip(names, entries, strict=True)
        return {name: entry[1] for name, entry in pairs if entry is not None and entry[0] > now}

    def _start(self, names: list[str], load: Load, lifetime: Callable[[Any], float]) -> None:
        """Open a flight for each name. A task of its own: the caller who began it may go away."""
        loop = asyncio.get_running_loop()
        for name in names:
            self._flights[name] = loop.create_future()
        task = loop.create_task(self._fly(names, load, lifetime))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _fly(self, names: list[str], load: Load, lifetime: Callable[[Any], float]) -> None:
        flights = {name: self._flights[name] for name in names}
        try:
            values = await load(names)
            now = self._clock()
            seconds = {name: lifetime(value) for name, value in values.items()}
            kept = [(name, (now + seconds[name], value)) for name, value in values.items() if seconds[name] > 0]
            if kept:
                await self._store.multi_set(kept, ttl=max(seconds.values()))
            for name, flight in flights.items():
                if not flight.done():
                    flight.set_result(values[name])
        except BaseException as error:  # whatever it was, nobody may wait for ever
            for flight in flights.values():
                if not flight.done():
                    flight.set_exception(error if isinstance(error, Exception) else RuntimeError("flight cancelled"))
                    flight.exception()  # looked at: a flight nobody waits for any more is no warning
            if not isinstance(error, Exception):
                raise
        finally:
            for name in names:
                self._flights.pop(name, None)

    async def aclose(self) -> None:
        """End the flights that are under way."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
