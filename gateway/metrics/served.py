"""Counts what the gateway itself serves: by route, method and status, with how long it took."""

import time
from bisect import bisect_left
from collections.abc import Iterator

from prometheus_client.core import GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0)
"""Upper bounds in seconds: OpenTelemetry's advice for this metric, and two finer ones below."""

_GONE = 499  # the caller hung up first; the number nginx gave it
_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})
_OTHER_METHOD = "_OTHER"  # OpenTelemetry's word
_NO_ROUTE = "other"


class Served(Collector):
    """The counts; lives as long as the process. OpenTelemetry's names, HTTP semantic conventions for servers."""

    def __init__(self) -> None:
        self.active = 0
        self._counts: dict[tuple[str, str, int], list[float]] = {}

    def ended(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count a request."""
        counts = self._counts.get((route, method, status))
        if counts is None:
            counts = self._counts[route, method, status] = [0.0] * (len(BOUNDS) + 2)
        counts[bisect_left(BOUNDS, seconds)] += 1
        counts[-1] += seconds

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


class Measured:
    """Around the whole app, as plain ASGI."""

    def __init__(self, app: ASGIApp, served: Served) -> None:
        self._app = app
        self._served = served

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve as ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), _GONE

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        self._served.active += 1
        try:
            await self._app(scope, receive, noted)
        finally:
            self._served.active -= 1
            method = scope["method"] if scope["method"] in _METHODS else _OTHER_METHOD
            route = getattr(scope.get("route"), "path", _NO_ROUTE)
            self._served.ended(route, method, status, time.perf_counter() - began)


def cumulative(bounds: tuple[float, ...], counts: list[float]) -> list[tuple[str, float]]:
    """A histogram's buckets as Prometheus has them: each holds all that are below its bound."""
    buckets, seen = [], 0.0
    for bound, count in zip((*bounds, float("inf")), counts, strict=True):
        seen += count
        buckets.append(("+Inf" if bound == float("inf") else str(bound), seen))
    return buckets
