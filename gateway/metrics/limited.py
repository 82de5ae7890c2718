"""Who was limited over time, and whether gateways share their counts, as metrics."""

from collections.abc import Iterator

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from gateway.limits.rates import Rates
from gateway.limits.sharing import SharedUse


class Limited(Collector):
    """Over the counts of one process; lives as long."""

    def __init__(self, rates: Rates, shared: SharedUse) -> None:
        self._rates = rates
        self._shared = shared

    def collect(self) -> Iterator[Metric]:
        """What a scrape reads."""
        limited = CounterMetricFamily(
            "tongxin_limited",
            "Refusals because too much was asked for over time: by kind (request, points, upload, sign-on, failure, "
            "registration, connection) and by whom (client, person, address).",
            labels=("kind", "by"),
        )
        for (kind, by), count in sorted(self._rates.limited.items()):
            limited.add_metric((kind, by), count)
        yield limited
        yield GaugeMetricFamily(
            "tongxin_limits_buckets",
            "Callers of whom is kept what they used up lately, under every limit.",
            value=sum(len(buckets) for _, buckets in self._rates),
        )
        if self._shared.used:
            yield GaugeMetricFamily(
                "tongxin_limits_shared",
                "1 while gateways share by Redis what was used up, 0 while each counts for itself.",
                value=1 if self._shared.ok else 0,
            )
            yield CounterMetricFamily(
                "tongxin_limits_share_failures", "Times Redis could not be told or asked.", value=self._shared.failures
            )
