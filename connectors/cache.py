"""What was read lately: when it is answered as it is, when it is fetched again, and what makes it go.

Owns when an entry is answered (fresh, stale while it is fetched again, stale because the platform fails). What may be
kept, and for how long, is the rule's (``freshness.py``); where it is kept is ``memory.py``'s, and behind that, where
several gateways share one, ``shared.py``'s. What is on the way is ``flights.py``'s: a hundred requests that miss the
same key at once cause a single upstream read. Errors are never kept.
"""

import asyncio
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from connectors.deadline import Deadline
from connectors.errors import PlatformError
from connectors.flights import Flight, Flights, Reading, spread
from connectors.found import CacheStats, Found
from connectors.joining import Joining, Run
from connectors.memory import BoundedMemoryCache, Entry
from connectors.shared import SharedStore


class Cache:
    """One per process.

    Args:
        memory: the first level.
        clock: monotonic, in seconds.
        shared: the second level, which other gateways use too; it is asked only for what the first has not.
        share: whether reads that ask for the same at the same time wait for one call.
        keep: whether what was read is kept at all; ``Reader`` looks at it (``keeps``).
        refreshes: how many loads may run behind the askers' backs at once.
        patience: seconds a fetch is waited for by who could be answered with something stale.
        spread: the share of its time by which a load ends earlier, drawn once a load.
        wall: the time of day, in seconds since 1970.
    """

    def __init__(
        self,
        memory: BoundedMemoryCache,
        clock: Callable[[], float] = time.monotonic,
        *,
        shared: SharedStore | None = None,
        share: bool = True,
        keep: bool = True,
        refreshes: int = 8,
        patience: float = 1.0,
        spread: Callable[[], float] = spread,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self.memory = memory
        self.shares = share
        self.keeps = keep
        self.on_drop: list[Callable[[Collection[str]], None]] = []
        """Told, at once, of the tags that are dropped: what is made of many entries has to go too."""
        self._clock = clock
        self._shared = shared
        self._flights = Flights(memory, shared, clock=clock, wall=wall, spread=spread)
        self._joining = Joining()
        self._patience = patience
        self._most_refreshes = refreshes
        self._refreshing = 0
        self._counts = CacheStats()

    def stats(self) -> CacheStats:
        """The counts as they are now."""
        shared = self._shared
        return replace(
            self._counts,
            evictions=self.memory.evictions,
            entries=len(self.memory),
            bytes=self.memory.bytes,
            shared_hits=shared.hits if shared else 0,
            shared_failures=shared.failures if shared else 0,
        )

    def fresh(self, prefix: str, keys: Sequence[str]) -> list[Entry] | None:
        """The entries of all these keys, at once; None where one of them is not there or not fresh: then ``read``."""
        found = self.memory.fresh(prefix, keys, self._clock())
        if found is not None:
            self._counts.hits += len(found)
        return found

    async def read(self, reading: Reading, keys: Iterable[str], deadline: Deadline) -> Found:
        """Answer kept keys at once, those on the way from their flight, the rest from one load.

        A caller whose deadline passes finds the keys that are still on the way missing from the answer, unless
        something stale stands in; the flight goes on for the others.
        """
        found, missing, aged = Found(), {}, {}
        now, known, prefix = self._clock(), self.memory.get, reading.prefix
        for key in dict.fromkeys(keys):
            name = prefix + key
            entry = known(name)
            if entry is None or entry.stale_until <= now:
                missing[key] = name
            elif entry.fresh_until > now:
                found.keep(key, entry)
            else:
                found.keep(key, entry, stale=True)
                aged[key] = name
        self._counts.hits += found.hits - found.stale
        self._counts.stale += found.stale
        if aged:
            self._refresh(reading, aged)
        if missing:
            self._counts.misses += len(missing)
            await self._fetched(reading, missing, deadline, found)
        return found

    async def joined(self, reading: Reading, keys: tuple[str, ...], deadline: Deadline) -> tuple[Run | None, bool]:
        """Read by a rule that keeps nothing; as ``Joining.read``."""
        self._counts.misses += len(keys)
        return await self._joining.read(reading, keys, deadline)

    def drop(self, tags: Collection[str]) -> None:
        """Forget what carries one of these tags, in both levels.

        What is being fetched at this moment may have been read before the change: it answers those who wait for it,
        nobody joins it any more, and it is not kept.
        """
        wanted = self.renew(tags)
        for told in self.on_drop:
            told(wanted)

    def renew(self, tags: Collection[str]) -> frozenset[str]:
        """Have what carries one of these tags read again: as ``drop``, but nobody is told that anything changed."""
        wanted = frozenset(tags)
        self._counts.dropped += self.memory.drop(wanted)
        self._flights.forget(wanted)
        self._joining.forget(wanted)
        if self._shared is not None and wanted:
            self._shared.drop(wanted)
            self._flights.background(self._shared.tell())
        return wanted

    async def aclose(self) -> None:
        """End the flights that are under way."""
        await self._flights.aclose()
        await self._joining.aclose()
        if self._shared is not None:
            await self._shared.aclose()

    async def _fetched(self, reading: Reading, names: Mapping[str, str], deadline: Deadline, found: Found) -> None:
        under_way = self._flights.under_way(names) if self.shares else {}
        flights = dict(under_way)
        remaining = deadline.remaining()
        new = {key: name for key, name in names.items() if key not in flights}
        if new and remaining > 0:
            flights.update(dict.fromkeys(new, self._flights.start(reading, new)))
        if flights and remaining > 0:
            spared = all(self._spare(reading, name) for name in names.values())
            patience = min(remaining, self._patience) if spared else remaining
            await asyncio.wait({flight.done for flight in flights.values()}, timeout=patience)
        for key in names:
            self._settle(reading, key, flights.get(key), found, joined=key in under_way)

    def _settle(self, reading: Reading, key: str, flight: Flight | None, found: Found, *, joined: bool) -> None:
        """Answer a key with what its flight brought; with something stale where that is an illness or not there."""
        landed = flight if flight is not None and flight.done.done() else None
        if landed is not None:
            landed.done.result()  # raises what broke the flight
            value = landed.values[key]
            if not (isinstance(value, PlatformError) and value.illness):
                found.take(key, landed, joined=joined)
                return
        spare = self._spare(reading, reading.prefix + key)
        if spare is not None:
            found.keep(key, spare, stale=True)
            self._counts.stale += 1
        elif landed is not None:
            found.take(key, landed, joined=joined)
        else:
            found.lack()

    def _spare(self, reading: Reading, name: str) -> Entry | None:
        """What may stand in where the platform fails."""
        entry, now = self.memory.get(name), self._clock()
        if entry is None or entry.spare_until > now:
            return entry
        return (
            entry
            if reading.extension.until > now and reading.rule.stale_if_error and not reading.rule.private
            else None
        )

    def _refresh(self, reading: Reading, names: Mapping[str, str]) -> None:
        """Fetch again what is answered stale, unless that is done already or too much is."""
        under_way = self._flights.under_way(names)
        due = {key: name for key, name in names.items() if key not in under_way}
        if not due or self._refreshing >= self._most_refreshes:
            return
        self._refreshing += 1
        self._counts.refreshes += len(due)
        self._flights.start(reading, due).done.add_done_callback(self._refreshed)

    def _refreshed(self, _: "asyncio.Future[None]") -> None:
        self._refreshing -= 1
