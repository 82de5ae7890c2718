"""What this gateway itself answered lately: the sums of ``Served``, looked at every few seconds, as rates."""

import time
from bisect import bisect_left
from collections import deque
from collections.abc import Callable
from typing import NamedTuple

from gateway.metrics.served import BOUNDS, Served

KEPT_SECONDS = 300.0
EVERY_SECONDS = 5.0
_ROUTE = "/graphql"
_SERVER_ERROR = 500


class Rates(NamedTuple):
    """Over the last five minutes, requests a minute over the last one; None where nobody asked."""

    requests: int
    per_minute: float
    error_share: float | None
    p95_ms: float | None


class _Sum(NamedTuple):
    at: float
    buckets: tuple[float, ...]
    failed: float


class Traffic:
    """One per process; of GraphQL only, which is what a gateway is for."""

    def __init__(self, served: Served, clock: Callable[[], float] = time.monotonic) -> None:
        self._served = served
        self._clock = clock
        self._sums: deque[_Sum] = deque([self._sum()])

    def note(self) -> None:
        """Look at the sums, if the last look is long enough ago."""
        now = self._clock()
        if now - self._sums[-1].at < EVERY_SECONDS:
            return
        self._sums.append(self._sum())
        while len(self._sums) > 1 and self._sums[1].at <= now - KEPT_SECONDS:
            self._sums.popleft()

    def rates(self) -> Rates:
        """The rates now."""
        now = self._sum()
        oldest = self._sums[0]
        buckets = [after - before for after, before in zip(now.buckets, oldest.buckets, strict=True)]
        count = sum(buckets)
        minute = next((one for one in reversed(self._sums) if one.at <= now.at - 60), oldest)
        lately, seconds = sum(now.buckets) - sum(minute.buckets), max(now.at - minute.at, 1.0)
        failed = (now.failed - oldest.failed) / count if count else None
        return Rates(
            requests=int(count),
            per_minute=round(lately * 60 / seconds, 1),
            error_share=None if failed is None else round(failed, 4),
            p95_ms=_quantile(buckets, 0.95),
        )

    def _sum(self) -> _Sum:
        buckets, failed = [0.0] * (len(BOUNDS) + 1), 0.0
        for (route, _, status), counts in self._served.counts().items():
            if route == _ROUTE:
                buckets = [mine + more for mine, more in zip(buckets, counts[:-1], strict=True)]
                failed += sum(counts[:-1]) if status >= _SERVER_ERROR else 0
        return _Sum(self._clock(), tuple(buckets), failed)


def _quantile(buckets: list[float], share: float) -> float | None:
    count = sum(buckets)
    if not count:
        return None
    reached: list[float] = []
    for bucket in buckets:
        reached.append((reached[-1] if reached else 0.0) + bucket)
    at = min(bisect_left(reached, share * count), len(BOUNDS) - 1)
    return BOUNDS[at] * 1000
