"""What the platforms' meters and watches know, as metrics: read at each scrape, counted nowhere twice."""

from collections.abc import Iterator

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from connectors.metering import BOUNDS
from connectors.records.health import ConnectorHealth, ConnectorStatus
from gateway.health.connectors import Watches
from gateway.health.watch import Watch
from gateway.metrics.served import cumulative

_OPERATION = ("platform", "operation")


class Upstream(Collector):
    """Over all platforms; lives as long as the process."""

    def __init__(self, watches: Watches) -> None:
        self._watches = watches.all

    def collect(self) -> Iterator[Metric]:
        """What a scrape reads."""
        yield from _calls(self._watches)
        yield from _connections(self._watches)
        yield from _states([(watch, watch.health()) for watch in self._watches])


def _calls(watches: tuple[Watch, ...]) -> Iterator[Metric]:
    requests = CounterMetricFamily(
        "tongxin_upstream_requests",
        "Calls to platforms by how they ended: ok, or the kind of error.",
        labels=(*_OPERATION, "outcome"),
    )
    durations = HistogramMetricFamily(
        "tongxin_upstream_request_duration_seconds", "How long calls to platforms took.", labels=_OPERATION
    )
    retries = CounterMetricFamily("tongxin_upstream_retries", "Calls made once more.", labels=_OPERATION)
    hits = CounterMetricFamily(
        "tongxin_cache_hits", "Keys the cache answered instead of a platform.", labels=_OPERATION
    )
    stale = CounterMetricFamily(
        "tongxin_cache_stale",
        "Of these, past their time: fetched again meanwhile, or the platform failed.",
        labels=_OPERATION,
    )
    for meter in (watch.meter for watch in watches):
        for (operation, outcome), count in sorted(meter.endings.items()):
            requests.add_metric((meter.platform, operation, outcome), count)
        for operation, tally in sorted(meter.totals.items()):
            named = (meter.platform, operation)
            durations.add_metric(named, cumulative(BOUNDS, [float(n) for n in tally.latencies]), tally.seconds)
            retries.add_metric(named, tally.retries)
            hits.add_metric(named, tally.hits)
            stale.add_metric(named, tally.stale)
    yield from (requests, durations, retries, hits, stale)


def _connections(watches: tuple[Watch, ...]) -> Iterator[Metric]:
    def counter(name: str, means: str) -> CounterMetricFamily:
        return CounterMetricFamily(f"tongxin_upstream_{name}", means, labels=("platform",))

    def gauge(name: str, means: str) -> GaugeMetricFamily:
        return GaugeMetricFamily(f"tongxin_upstream_{name}", means, labels=("platform",))

    families: dict[str, CounterMetricFamily | GaugeMetricFamily] = {
        "opened": counter("connections_opened", "Connections opened to platforms."),
        "failed": counter("connections_failed", "Connections that could not be opened."),
        "reused": counter("connections_reused", "Calls on a connection that had carried one before."),
        "stale": counter("stale_retries", "Calls made once more, because a kept connection had been closed."),
        "waited": counter("pool_waits", "Calls that waited for a connection."),
        "open": gauge("connections_open", "Connections that are open."),
        "waiting": gauge("pool_waiting", "Calls that wait for a connection."),
    }
    for meter in (watch.meter for watch in watches):
        for name, family in families.items():
            family.add_metric((meter.platform,), getattr(meter.connections, name))
    yield from families.values()


def _states(seen: list[tuple[Watch, ConnectorHealth]]) -> Iterator[Metric]:
    def gauge(name: str, means: str, *more: str) -> GaugeMetricFamily:
        return GaugeMetricFamily(f"tongxin_platform_{name}", means, labels=("platform", *more))

    up = gauge("up", "1 while the platform answers, if only in part; 0 while it is down or not set up.")
    configured = gauge("configured", "1 where the platform is set up.")
    status = gauge("status", "1 for the status that holds: UP, DEGRADED or DOWN.", "status")
    since = gauge("status_since_timestamp_seconds", "When that status began, in seconds since 1970.")
    ahead = gauge("clock_difference_seconds", "How far the platform's clock is ahead; 0 within five seconds.")
    good = gauge("last_good_answer_timestamp_seconds", "When the platform last answered well, in seconds since 1970.")
    probed = gauge("last_probe_timestamp_seconds", "When the platform was last probed, in seconds since 1970.")
    success = gauge("last_probe_success", "1 if the last probe found the platform well.")
    took = gauge("last_probe_duration_seconds", "How long the last probe took.")
    for watch, health in seen:
        one = (watch.platform,)
        up.add_metric(one, health.status is not ConnectorStatus.DOWN)
        configured.add_metric(one, health.configured)
        for name in ConnectorStatus:
            status.add_metric((*one, name.value), health.status is name)
        since.add_metric(one, health.since.timestamp())
        ahead.add_metric(one, health.clock_difference_seconds)
        if health.last_good_answer_at is not None:
            good.add_metric(one, health.last_good_answer_at.timestamp())
        if health.last_probe is not None:
            probed.add_metric(one, health.last_probe.at.timestamp())
            success.add_metric(one, health.last_probe.ok)
            took.add_metric(one, health.last_probe.duration_ms / 1000)
    yield from (up, configured, status, since, ahead, good, probed, success, took)
