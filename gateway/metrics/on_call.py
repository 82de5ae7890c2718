"""What somebody on call is paged for: what users noticed, and what ends soon."""

from collections.abc import Iterator
from datetime import UTC, datetime

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from gateway.health.connectors import Watches
from gateway.ops.station import Station

_DAY = 86_400


class OnCall(Collector):
    """One per process; read at each scrape."""

    def __init__(self, watches: Watches, station: Station) -> None:
        self._watches = watches.all
        self._station = station

    def collect(self) -> Iterator[Metric]:
        """What a scrape reads."""
        yield self._noticed()
        yield self._credentials()

    def _noticed(self) -> Metric:
        family = CounterMetricFamily(
            "tongxin_noticed_fields",
            "Fields of answers that a platform's illness left empty (null) or filled with old data (stale), once a "
            "request each.",
            labels=("platform", "how"),
        )
        for (platform, how), count in sorted(self._station.noticed.totals.items()):
            family.add_metric((platform, how), count)
        return family

    def _credentials(self) -> Metric:
        family = GaugeMetricFamily(
            "tongxin_credentials_days",
            "Days until a platform's first certificate, or the gateway's secret there, ends; negative once it has.",
            labels=("platform", "what"),
        )
        now = datetime.now(UTC)
        for watch in self._watches:
            left: dict[str, float] = {}
            for one in watch.health().credentials:  # the first to end first
                left.setdefault(one.what, (one.ends - now).total_seconds() / _DAY)
            for what, days in left.items():
                family.add_metric((watch.platform, what), round(days, 3))
        return family
