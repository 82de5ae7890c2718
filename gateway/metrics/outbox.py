"""What writes bring about and is not done yet, as metrics: what the watch beside the requests read last."""

from collections.abc import Iterator, Sequence

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from gateway.writes.depth import COUNTED, Depth
from gateway.writes.tries import Tries

_PLATFORM = ("platform",)


class OutboxEffects(Collector):
    """Over the platforms there are; lives as long as the process."""

    def __init__(self, depth: Depth, tries: Tries, platforms: Sequence[str]) -> None:
        self._depth, self._tries, self._platforms = depth, tries, platforms

    def collect(self) -> Iterator[Metric]:
        """What a scrape reads."""
        tries = CounterMetricFamily(
            "tongxin_outbox_tries",
            "Tries of effects by how they ended: done, pending, unknown or failed.",
            labels=(*_PLATFORM, "outcome"),
        )
        for (platform, outcome), count in sorted(self._tries.counts.items()):
            tries.add_metric((platform, outcome), count)
        yield tries
        yield from self._waiting()

    def _waiting(self) -> Iterator[Metric]:
        seen = self._depth.seen
        if seen is None:
            return
        effects = GaugeMetricFamily(
            "tongxin_outbox_effects",
            "Effects that wait (PENDING, UNKNOWN) or were given up (FAILED).",
            labels=(*_PLATFORM, "status"),
        )
        ages = GaugeMetricFamily(
            "tongxin_outbox_oldest_effect_age_seconds",
            "For how long the oldest effect waits; 0 where none does.",
            labels=_PLATFORM,
        )
        for platform in self._platforms:
            for status in COUNTED:
                effects.add_metric((platform, status.value), seen.effects.get((platform, status.value), 0))
            since = seen.oldest.get(platform, seen.at)
            ages.add_metric((platform,), (seen.at - since).total_seconds())
        yield effects
        yield ages
        yield GaugeMetricFamily(
            "tongxin_outbox_read_timestamp_seconds",
            "When these were last read from the database, in seconds since 1970.",
            value=seen.at.timestamp(),
        )
