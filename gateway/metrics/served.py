"""Counts what the gateway itself serves: by route, method and status, with how long it took."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from prometheus_client.core import GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0)
"""Upper bounds in seconds: OpenTelemetry's advice for this metric, and two finer ones below."""

_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})
_OTHER_METHOD = "_OTHER"  # OpenTelemetry's word
_NO_ROUTE = "other"


class Served(Collector):
    """The counts; lives as long as the process. OpenTelemetry's names, HTTP semantic conventions for servers."""

    def __init__(self) -> None:
        self.active = 0
        self._counts: dict[tuple[str, str, int], list[float]] = {}

    def ended(self, route: str | None, method: str, status: int, seconds: float) -> None:
        """Count a request; ``route`` is the route's pattern, None where none fits."""
        known = self._counts.get((route or _NO_ROUTE, method, status))
        counts = known or self._counts_of(route or _NO_ROUTE, method, status)
        counts[bisect_left(BOUNDS, seconds)] += 1
        counts[-1] += seconds

    def _counts_of(self, route: str, method: str, status: int) -> list[float]:
        key = (route, method if method in _METHODS else _OTHER_METHOD, status)
        return self._counts.setdefault(key, [0.0] * (len(BOUNDS) + 2))

    def counts(self) -> Mapping[tuple[str, str, int], Sequence[float]]:
        """By route, method and status: a count a bucket (``BOUNDS``, and one above), and the seconds of all."""
        return self._counts

    def collect(self) -> Iterator[Metric]:
        """What a scrape reads."""
        yield GaugeMetricFamily(
            "http_server_active_requests", "Requests that are being answered now.", value=self.active
        )
        durations = HistogramMetricFamily(
            "http_server_request_duration_seconds",
            "How long requests took, by the route's pattern.",
            labels=("http_route", "http_request_method", "http_response_status_code"),
        )
        for (route, method, status), counts in sorted(self._counts.items()):
            durations.add_metric((route, method, str(status)), cumulative(BOUNDS, counts[:-1]), counts[-1])
        yield durations


def cumulative(bounds: tuple[float, ...], counts: list[float]) -> list[tuple[str, float]]:
    """A histogram's buckets as Prometheus has them: each holds all that are below its bound."""
    buckets, seen = [], 0.0
    for bound, count in zip((*bounds, float("inf")), counts, strict=True):
        seen += count
        buckets.append(("+Inf" if bound == float("inf") else str(bound), seen))
    return buckets
