"""What one read found, and what the cache counts."""

import math
from dataclasses import dataclass
from typing import Any

from connectors.flights import Flight
from connectors.memory import Entry
from connectors.provenance import CacheState


class Found:
    """What one read found: values by key, and of all of them together the least fresh."""

    __slots__ = ("fetched_at", "fresh_until", "hits", "stale", "state", "upstream_ms", "values")

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.hits = 0  # keys answered without a load of this read's own
        self.stale = 0
        self.state = CacheState.KEPT
        self.fetched_at = math.inf
        self.fresh_until = math.inf
        self.upstream_ms: float | None = None

    def keep(self, key: str, entry: Entry, *, stale: bool = False) -> None:
        """Take what was kept."""
        self.values[key] = entry.value
        self.hits += 1
        self.fetched_at = min(self.fetched_at, entry.fetched_at)
        self.fresh_until = min(self.fresh_until, entry.fresh_until)
        if stale:
            self.stale += 1
            self.state = CacheState.STALE

    def take(self, key: str, flight: Flight, *, joined: bool) -> None:
        """Take what a flight brought."""
        self.values[key] = flight.values[key]
        self.hits += joined
        self.fetched_at = min(self.fetched_at, flight.fetched_at)
        self.fresh_until = min(self.fresh_until, flight.fresh_until.get(key, 0.0))
        if flight.took_ms is not None:  # else the second level had it all
            self.upstream_ms = max(self.upstream_ms or 0.0, flight.took_ms)
            if self.state is CacheState.KEPT:
                self.state = CacheState.FETCHED

    @property
    def since(self) -> float:
        """When the oldest of it was fetched, in seconds since 1970; 0 where nothing was found."""
        return self.fetched_at if self.values else 0.0

    @property
    def until(self) -> float:
        """Until when all of it is fresh; 0 where something must not be kept."""
        return self.fresh_until if self.values else 0.0

    def lack(self) -> None:
        """Note that a key has no answer: what is made of this read is of no use later."""
        self.fresh_until = 0.0
        if self.state is CacheState.KEPT:
            self.state = CacheState.FETCHED


@dataclass(slots=True)
class CacheStats:
    """Counts since the start, in keys where nothing else is said; ``entries`` and ``bytes`` are as they are now."""

    hits: int = 0
    stale: int = 0  # answered after their time, which ``hits`` does not count
    misses: int = 0
    refreshes: int = 0  # keys fetched again behind somebody's back
    dropped: int = 0  # entries dropped by their tags
    evictions: int = 0  # entries that had to make room
    entries: int = 0
    bytes: int = 0
    shared_hits: int = 0  # keys the second level answered
    shared_failures: int = 0  # calls of the second level that failed or took too long
