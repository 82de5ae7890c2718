"""What became of what is told of single requests: traces, slow operations, lines of the log."""

from collections.abc import Iterator

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from gateway.observing.sending import Sending
from gateway.observing.slow import SlowOperations
from gateway.observing.tracing import Tracing
from gateway.repeats import repeats

_BECAUSE = ("share", "caller", "cause")
_RESULTS = ("sent", "queue_full", "refused", "stopped")


class Observed(Collector):
    """Over one process' tracing; lives as long."""

    def __init__(self, tracing: Tracing, sending: Sending, slow: SlowOperations) -> None:
        self._tracing = tracing
        self._sending = sending
        self._slow = slow

    def collect(self) -> Iterator[Metric]:
        """What a scrape reads."""
        traces = CounterMetricFamily(
            "tongxin_traces",
            "Traces that were recorded: as one of the share, because the caller's is, or because their cause was.",
            labels=("because",),
        )
        for because in _BECAUSE:
            traces.add_metric((because,), self._tracing.recorded[because])
        spans = CounterMetricFamily(
            "tongxin_trace_spans",
            "Spans by what became of them: sent; dropped as too many waited, the collector refused, the gateway ended.",
            labels=("result",),
        )
        for result in _RESULTS:
            spans.add_metric((result,), self._sending.counts[result])
        yield from (traces, spans)
        yield GaugeMetricFamily("tongxin_trace_spans_waiting", "Spans that wait for the collector.", len(self._sending))
        yield CounterMetricFamily("tongxin_slow_operations", "Operations slower than ops.slow_ms.", self._slow.count)
        yield CounterMetricFamily(
            "tongxin_log_lines_left_out", "Lines of the log left out, as too many were alike.", repeats.left_out
        )
