"""Connections that live answers travel over: how many are open, and why WebSockets were closed."""

from collections.abc import Iterator

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from gateway.live.transports.transports import Transports


class LiveConnections(Collector):
    """Over the one ``Transports``; lives as long as the process."""

    def __init__(self, transports: Transports) -> None:
        self._transports = transports

    def collect(self) -> Iterator[Metric]:
        """What a scrape reads."""
        websockets = len(self._transports.websockets)
        connections = GaugeMetricFamily(
            "tongxin_live_connections", "Connections open for live answers.", labels=("transport",)
        )
        connections.add_metric(("websocket",), websockets)
        connections.add_metric(("sse",), max(0, self._transports.seats.open - websockets))
        yield connections
        closed = CounterMetricFamily(
            "tongxin_live_websockets_closed", "WebSockets that the gateway closed, by the code.", labels=("code",)
        )
        for code, count in sorted(self._transports.service.closed.items()):
            closed.add_metric((str(int(code)),), count)
        yield closed
