"""What the platforms' guards decided, as metrics: read at each scrape."""

from collections.abc import Iterator

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from connectors.guarding.guard import Guard
from connectors.records.health import BreakerState
from gateway.health.connectors import Watches

_COUNTS = {
    "refused": "Calls not made, because a breaker was open.",
    "crowded": "Calls not made, because too many were under way.",
    "retried": "Reads made once more after a failure.",
    "unpaid": "Reads not made once more, because as many had been as may.",
    "hedged": "Reads made once more beside one that was late.",
    "hedge_won": "Of these, answered before the first.",
}


class Guards(Collector):
    """Over all platforms; lives as long as the process."""

    def __init__(self, watches: Watches) -> None:
        self._guards = tuple(watch.guard for watch in watches.all)

    def collect(self) -> Iterator[Metric]:
        """What a scrape reads."""
        for name, means in _COUNTS.items():
            family = CounterMetricFamily(f"tongxin_guard_{name}", means, labels=("platform",))
            for guard in self._guards:
                family.add_metric((guard.platform,), guard.counts[name])
            yield family
        yield from _breakers(self._guards)


def _breakers(guards: tuple[Guard, ...]) -> Iterator[Metric]:
    state = GaugeMetricFamily(
        "tongxin_breaker_state",
        "1 for the state that holds: CLOSED, OPEN or HALF_OPEN.",
        labels=("platform", "state"),
    )
    refused = GaugeMetricFamily(
        "tongxin_breaker_operations", "Operations whose breaker is not closed.", labels=("platform",)
    )
    ordered = GaugeMetricFamily("tongxin_breaker_ordered", "1 while an operator's order holds.", labels=("platform",))
    waiting = GaugeMetricFamily(
        "tongxin_guard_waiting", "Calls that wait because as many as may are under way.", labels=("platform",)
    )
    for guard in guards:
        one, now = (guard.platform,), guard.state()
        for name in BreakerState:
            state.add_metric((*one, name.value), now is name)
        refused.add_metric(one, len(guard.operations()))
        ordered.add_metric(one, guard.order is not None)
        waiting.add_metric(one, guard.crowded)
    yield from (state, refused, ordered, waiting)
