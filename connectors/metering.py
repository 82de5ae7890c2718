"""What is known of a platform's calls: how many, how they ended, how long they took.

One meter a platform. It keeps the last five minutes in slots of ten seconds, for health, and sums since the start,
for metrics; both are bounded by the number of operations. Who calls wraps the call (``Meter.call``); what came from
the cache instead is told by ``Reader``.
"""

import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from connectors.errors import PlatformError, TooSlowError

SLOT_SECONDS = 10
KEPT_SECONDS = 300
BOUNDS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 30.0, 60.0)
"""Upper bounds of the latency buckets, in seconds; a last bucket holds what is above."""


@dataclass(slots=True)
class Tally:
    """Counts of one operation over some time. ``latencies`` has one count a bucket, see ``BOUNDS``."""

    calls: int = 0
    errors: int = 0  # of the platform's health (``PlatformError.illness``)
    timeouts: int = 0
    retries: int = 0
    hits: int = 0  # keys answered from the cache
    stale: int = 0  # of these, after their time because the platform failed
    seconds: float = 0.0
    latencies: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))

    def add(self, other: "Tally") -> None:
        """Add another's counts to these."""
        for name in ("calls", "errors", "timeouts", "retries", "hits", "stale", "seconds"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.latencies = [mine + others for mine, others in zip(self.latencies, other.latencies, strict=True)]

    def quantile(self, share: float) -> float | None:
        """Seconds within which that share of the calls ended (the bucket's upper bound); None without calls."""
        if not self.calls:
            return None
        wanted, seen = share * self.calls, 0
        for bound, count in zip((*BOUNDS, BOUNDS[-1]), self.latencies, strict=True):
            seen += count
            if seen >= wanted:
                return bound
        return BOUNDS[-1]


Tallies = dict[str, Tally]


def _tallies() -> Tallies:
    return defaultdict(Tally)


class Meter:
    """One platform's; lives as long as its connection. Times are seconds of ``clock``, which only runs forward."""

    def __init__(self, platform: str, clock: Callable[[], float] = time.monotonic) -> None:
        self.platform = platform
        self.totals: Tallies = _tallies()
        self.endings: dict[tuple[str, str], int] = defaultdict(int)  # (operation, outcome) since the start
        self.last_good: float | None = None
        self.last_error: PlatformError | None = None
        self._clock = clock
        self._slots: deque[tuple[int, Tallies]] = deque()

    @contextmanager
    def call(self, operation: str) -> Iterator[None]:
        """Count the call made inside: its time and how it ended. What it raises goes on."""
        began = self._clock()
        try:
            yield
        except PlatformError as error:
            self._ended(operation, self._clock() - began, error)
            raise
        self._ended(operation, self._clock() - began, None)

    def retried(self, operation: str) -> None:
        """Count a call that is about to be made once more."""
        for tally in self._of(operation):
            tally.retries += 1

    def kept(self, operation: str, keys: int, stale: int = 0) -> None:
        """Count keys that the cache answered."""
        for tally in self._of(operation):
            tally.hits += keys
            tally.stale += stale

    def window(self, seconds: int = KEPT_SECONDS) -> Mapping[str, Tally]:
        """Counts by operation over the last seconds, at most ``KEPT_SECONDS``, to the slot."""
        oldest = (self._clock() - seconds) // SLOT_SECONDS
        found: Tallies = _tallies()
        for number, tallies in self._slots:
            if number > oldest:
                for operation, tally in tallies.items():
                    found[operation].add(tally)
        return dict(found)

    def _ended(self, operation: str, seconds: float, error: PlatformError | None) -> None:
        ill = error is not None and error.illness
        bucket = next((at for at, bound in enumerate(BOUNDS) if seconds <= bound), len(BOUNDS))
        for tally in self._of(operation):
            tally.calls += 1
            tally.errors += ill
            tally.timeouts += isinstance(error, TooSlowError)
            tally.seconds += seconds
            tally.latencies[bucket] += 1
        self.endings[operation, "ok" if error is None else error.code] += 1
        if ill:
            self.last_error = error
        else:
            self.last_good = self._clock()

    def _of(self, operation: str) -> tuple[Tally, Tally]:
        number = int(self._clock() // SLOT_SECONDS)
        if not self._slots or self._slots[-1][0] != number:
            self._slots.append((number, _tallies()))
            while self._slots[0][0] <= number - KEPT_SECONDS // SLOT_SECONDS:
                self._slots.popleft()
        return self.totals[operation], self._slots[-1][1][operation]
