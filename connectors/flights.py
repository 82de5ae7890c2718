"""What is being read right now: one flight per entry, however many wait for it.

A flight asks the second level first, where there is one, and the platform for the rest; what it brings it keeps, unless
it was dropped meanwhile.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any

from connectors.errors import PlatformError
from connectors.freshness import ReadRule
from connectors.guarding.order import NEVER_EXTENDED, Extension
from connectors.memory import BoundedMemoryCache, Entry
from connectors.shared import Brought, SharedStore

MOST_SPREAD = 0.1
"""The share of its time by which a load may end earlier than the rule says: so that not all loads end at once. What was
loaded together ends together, and is fetched again in one call."""
ABSENT_SECONDS = 5.0
"""How long it is kept that there is no such thing: it may come soon."""


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A read as the cache sees it.

    ``prefix`` and a key are the name of an entry: together they hold all that decides the answer. ``load`` answers one
    value per key, errors in the place of those that failed, and does not raise. ``extension`` says until when what is
    kept stands in beyond the rule's time.
    """

    rule: ReadRule
    prefix: str
    load: Callable[[list[str]], Awaitable[Mapping[str, Any]]]
    extension: Extension = NEVER_EXTENDED

    def entry(
        self, key: str, value: Any, now: float, fetched_at: float, *, fresh_for: float, passing: bool = False
    ) -> Entry | None:
        """A value as it is kept, fresh for so long from now on, only so long if it is ``passing``; None for none."""
        rule = self.rule
        if isinstance(value, PlatformError):
            return None
        tags = rule.tags_of(key)
        if value is None or passing:
            until = now + min(fresh_for, ABSENT_SECONDS)
            return Entry(value, fetched_at, until, until, until, tags)
        until = now + fresh_for
        return Entry(value, fetched_at, until, until + rule.stale_for, until + rule.stale_if_error, tags)


class Passing(dict[str, Any]):
    """Values by key of an answer that could be read in part only: they are kept for a moment."""


class Flight:
    """One load under way, of one read's keys; lives until all who wait were answered.

    ``names``: the entries' names by key. ``values`` and ``fresh_until`` (nothing for what is not kept) are
    there once ``done`` is.
    """

    __slots__ = ("done", "fetched_at", "fresh_until", "names", "reading", "took_ms", "values")

    def __init__(self, reading: Reading, names: Mapping[str, str]) -> None:
        self.reading = reading
        self.names = names
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.values: dict[str, Any] = {}
        self.fresh_until: dict[str, float] = {}
        self.fetched_at = 0.0
        self.took_ms: float | None = None

    def landed(self, values: Mapping[str, Any], took_ms: float, at: float) -> None:
        """Take what the platform answered; ``fetched_at`` stays what it is where something older is among it."""
        self.values.update(values)
        self.took_ms = took_ms
        self.fetched_at = self.fetched_at or at

    def is_about(self, name: str, tags: frozenset[str]) -> bool:
        """Whether the entry of that name will carry one of the tags."""
        reading = self.reading
        return not tags.isdisjoint(reading.rule.tags_of(name[len(reading.prefix) :]))


def spread() -> float:
    """By how much this load ends earlier."""
    return random.random() * MOST_SPREAD  # noqa: S311 - no secret


class Flights:
    """One per cache. ``clock``, ``wall`` and ``spread`` as in ``Cache``."""

    def __init__(
        self,
        memory: BoundedMemoryCache,
        shared: SharedStore | None,
        *,
        clock: Callable[[], float],
        wall: Callable[[], float],
        spread: Callable[[], float],
    ) -> None:
        self._memory = memory
        self._shared = shared
        self._clock = clock
        self._wall = wall
        self._spread = spread
        self._flights: dict[str, Flight] = {}
        self._tasks: set[asyncio.Task[Any]] = set()

    def under_way(self, names: Mapping[str, str]) -> dict[str, Flight]:
        """Which of these names, by key, are on the way."""
        known = self._flights.get
        return {key: flight for key, name in names.items() if (flight := known(name)) is not None}

    def forget(self, tags: frozenset[str]) -> None:
        """Let nobody join what may have been read before things with these tags changed, and keep none of it."""
        for name in [name for name, flight in self._flights.items() if flight.is_about(name, tags)]:
            del self._flights[name]

    def start(self, reading: Reading, names: Mapping[str, str]) -> Flight:
        """Open a flight. A task of its own: the caller who began it may go away."""
        flight = Flight(reading, names)
        self._flights.update(dict.fromkeys(names.values(), flight))
        self.background(self._fly(flight))
        return flight

    def background(self, work: Coroutine[Any, Any, Any]) -> None:
        """Do something that nobody waits for, until the cache is closed."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def aclose(self) -> None:
        """End the flights that are under way."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _fly(self, flight: Flight) -> None:
        try:
            brought = await self._brought(flight)
            left = [key for key in flight.names if key not in flight.values]
            kept = await self._loaded(flight, left) if left else {}
            flight.done.set_result(None)
        except BaseException as error:  # whatever it was, nobody may wait for ever
            broken = isinstance(error, Exception)
            flight.done.set_exception(error if broken else RuntimeError("flight cancelled"))
            flight.done.exception()  # looked at: a flight nobody waits for any more is no warning
            if not broken:
                raise
            return
        finally:
            for name in flight.names.values():
                if self._flights.get(name) is flight:
                    del self._flights[name]
        if self._shared is not None and brought is not None and kept:
            await self._shared.write(brought, kept, flight.reading.rule.longest)

    async def _loaded(self, flight: Flight, keys: list[str]) -> dict[str, Entry]:
        """Load from the platform; answers what of it was kept, by name."""
        reading, began = flight.reading, self._clock()
        values = await reading.load(keys)
        now, wall = self._clock(), self._wall()
        flight.landed(values, (now - began) * 1000, wall)
        fresh_for = reading.rule.fresh_for * (1 - self._spread())
        passing = isinstance(values, Passing)
        kept = {}
        for key, value in values.items():
            name = flight.names[key]
            if self._flights.get(name) is not flight:  # dropped meanwhile, or overtaken
                continue
            entry = reading.entry(key, value, now, wall, fresh_for=fresh_for, passing=passing)
            if entry is not None:
                self._memory.put(name, entry, now)
                flight.fresh_until[key] = entry.fresh_until
                if not passing:  # other gateways may read it whole
                    kept[name] = entry
            elif isinstance(value, PlatformError) and not value.illness:
                self._memory.discard(name)  # it is no longer so, or no longer for this asker
        return kept

    async def _brought(self, flight: Flight) -> Brought | None:
        """Take what the second level has, fresh into the answer, older as something to fall back on.

        Private entries stay in this process.
        """
        rule = flight.reading.rule
        if self._shared is None or rule.private:
            return None
        brought = await self._shared.read({name: rule.tags_of(key) for key, name in flight.names.items()})
        if brought is not None:
            for key, name in flight.names.items():
                held = brought.found.get(name)
                if held is not None and self._flights.get(name) is flight:  # else dropped meanwhile, or overtaken
                    self._take(flight, key, held[1], min(held[0], self._wall()))
        return brought

    def _take(self, flight: Flight, key: str, value: Any, fetched_at: float) -> None:
        """Keep here what another gateway read then."""
        reading, name, now = flight.reading, flight.names[key], self._clock()
        age = self._wall() - fetched_at
        entry = reading.entry(key, value, now - age, fetched_at, fresh_for=reading.rule.fresh_for)
        mine = self._memory.get(name)
        if entry is None or (mine is not None and mine.fetched_at >= fetched_at):
            return
        self._memory.put(name, entry, now)
        if entry.fresh_until > now:
            flight.values[key], flight.fresh_until[key] = value, entry.fresh_until
            flight.fetched_at = min(flight.fetched_at or fetched_at, fetched_at)
