"""What is known of a platform's calls: how many, how they ended, how long they took.

One meter a platform. It keeps the last five minutes in slots of five seconds, for health, and sums since the start,
for metrics; both are bounded by the number of operations. Who calls wraps the call (``Guard.call``); what came from
the cache instead is told by ``Reader``.
"""

import operator
import re
import time
from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from connectors.causes import CauseKind, cause_of
from connectors.errors import PlatformError, TooSlowError
from connectors.http1.stats import PoolStats
from connectors.tracing import note

SLOT_SECONDS = 5
KEPT_SECONDS = 300
BOUNDS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 30.0, 60.0)
"""Upper bounds of the latency buckets, in seconds; a last bucket holds what is above."""
WELL = "ok"
MOST_OPERATIONS = 200
OTHERS = "other"
"""Under which operations beyond ``MOST_OPERATIONS`` are counted: a client that makes names up fills no memory."""

_MOST_CAUSES = 64
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


def outcome_of(error: BaseException | None) -> str:
    """How a call ended, in a word: ``ok``, or the error's class (``too_slow``, ``refused_signature``)."""
    return WELL if error is None else kind_of(type(error))


def kind_of(error: type[BaseException]) -> str:
    """An error's class in a word."""
    return _word(error.__name__)


@cache  # as many as there are classes of errors
def _word(name: str) -> str:
    return _HUMP.sub("_", name.removesuffix("Error")).lower()


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

    @classmethod
    def sum_of(cls, tallies: Iterable["Tally"]) -> "Tally":
        """All of them together."""
        total = cls()
        for tally in tallies:
            total.add(tally)
        return total

    @property
    def error_rate(self) -> float | None:
        """Share of the calls that failed by the platform's illness, 0 to 1; None without calls."""
        return round(self.errors / self.calls, 4) if self.calls else None

    def add(self, other: "Tally") -> None:
        """Add another's counts to these."""
        self.calls += other.calls
        self.errors += other.errors
        self.timeouts += other.timeouts
        self.retries += other.retries
        self.hits += other.hits
        self.stale += other.stale
        self.seconds += other.seconds
        if other.calls:
            self.latencies = list(map(operator.add, self.latencies, other.latencies))

    def quantile(self, share: float) -> float | None:
        """Seconds within which that share of the calls ended; None without calls.

        Exact to the bucket, within which calls are taken to lie evenly; what is above the last bound counts as it.
        """
        if not self.calls:
            return None
        wanted, seen, lower = share * self.calls, 0, 0.0
        for bound, count in zip(BOUNDS, self.latencies, strict=False):
            if count and seen + count >= wanted:
                return lower + (bound - lower) * max(0.0, wanted - seen) / count
            seen, lower = seen + count, bound
        return BOUNDS[-1]


Tallies = dict[str, Tally]


def _tallies() -> Tallies:
    return defaultdict(Tally)


@dataclass(slots=True)
class Run:
    """The calls that ended last, all alike: well or ill, how many in a row, since when."""

    well: bool
    length: int
    since: float


class Meter:
    """One platform's; lives as long as its connection. ``connections`` is counted by the pools of ``http1/``.

    Times are seconds of ``clock``, which only runs forward. ``ahead`` tells how many seconds the platform's own clock
    is ahead of ours, as its answers show.
    """

    def __init__(
        self,
        platform: str,
        clock: Callable[[], float] = time.monotonic,
        *,
        ahead: Callable[[], float] = lambda: 0.0,
    ) -> None:
        self.platform = platform
        self.now = clock
        self.ahead = ahead
        self.totals: Tallies = _tallies()
        self.endings: dict[tuple[str, str], int] = defaultdict(int)  # (operation, outcome) since the start
        self.connections = PoolStats()
        self.run: Run | None = None
        self.first_good: float | None = None
        self.last_good: float | None = None
        self.last_error: PlatformError | None = None
        self.last_error_at: float | None = None
        self.causes: deque[tuple[float, CauseKind]] = deque(maxlen=_MOST_CAUSES)  # of calls that failed by illness
        self._slots: deque[tuple[int, Tallies]] = deque()

    def retried(self, operation: str) -> None:
        """Count a call that is about to be made once more."""
        note("tongxin.retried", value=True)
        for tally in self._of(operation):
            tally.retries += 1

    def kept(self, operation: str, keys: int, stale: int = 0) -> None:
        """Count keys that the cache answered."""
        for tally in self._of(operation):
            tally.hits += keys
            tally.stale += stale

    def window(self, seconds: int = KEPT_SECONDS) -> Mapping[str, Tally]:
        """Counts by operation over the last seconds, at most ``KEPT_SECONDS``, to the slot."""
        oldest = (self.now() - seconds) // SLOT_SECONDS
        found: Tallies = _tallies()
        for number, tallies in self._slots:
            if number > oldest:
                for operation, tally in tallies.items():
                    found[operation].add(tally)
        return dict(found)

    def slots(self) -> Iterator[tuple[int, Tallies]]:
        """Counts by slot and operation, the oldest first; a slot's number is its begin over ``SLOT_SECONDS``."""
        return iter(self._slots)

    def ended(self, operation: str, seconds: float, error: PlatformError | None) -> None:
        """Count a call that took so long and ended so."""
        ill, late = (False, False) if error is None else (error.illness, isinstance(error, TooSlowError))
        bucket = bisect_left(BOUNDS, seconds)
        now = self.now()
        name = self._named(operation)
        for tally in (self.totals[name], self._slot(now)[name]):
            tally.calls += 1
            tally.seconds += seconds
            tally.latencies[bucket] += 1
            if error is not None:
                tally.errors += ill
                tally.timeouts += late
        self.endings[name, WELL if error is None else kind_of(type(error))] += 1
        run = self.run
        if run is None or run.well is ill:
            self.run = run = Run(well=not ill, length=0, since=now)
        run.length += 1
        if ill and error is not None:
            self._failed(error, now)
        else:
            self.last_good = now
            if self.first_good is None:
                self.first_good = now

    def unread(self, error: PlatformError) -> None:
        """Count an answer that seemed good, and could not be read."""
        now = self.now()
        for tally in self._of(error.operation):
            tally.errors += 1
        self._failed(error, now)
        self.run = Run(well=False, length=1, since=now) if self.run is None or self.run.well else self.run

    def _failed(self, error: PlatformError, now: float) -> None:
        self.last_error, self.last_error_at = error, now
        cause = cause_of(error, self.ahead())
        if cause is not None:
            self.causes.append((now, cause))

    def _of(self, operation: str) -> tuple[Tally, Tally]:
        name = self._named(operation)
        return self.totals[name], self._slot(self.now())[name]

    def _named(self, operation: str) -> str:
        return operation if operation in self.totals or len(self.totals) < MOST_OPERATIONS else OTHERS

    def _slot(self, now: float) -> Tallies:
        number = int(now // SLOT_SECONDS)
        if not self._slots or self._slots[-1][0] != number:
            self._slots.append((number, _tallies()))
            while self._slots[0][0] <= number - KEPT_SECONDS // SLOT_SECONDS:
                self._slots.popleft()
        return self._slots[-1][1]
