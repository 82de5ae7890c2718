"""What live answers do: who listens, what happened, how often it was read and told."""

from collections.abc import Iterator

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from gateway.live.subscriptions import Subscriptions


class LiveAnswers(Collector):
    """Over the one ``Subscriptions``; lives as long as the process."""

    def __init__(self, subscriptions: Subscriptions) -> None:
        self._subscriptions = subscriptions

    def collect(self) -> Iterator[Metric]:
        """What a scrape reads."""
        live = self._subscriptions
        yield GaugeMetricFamily("tongxin_live_streams", "Subscriptions open.", value=len(live))
        yield GaugeMetricFamily("tongxin_live_topics", "Topics that are listened to.", value=live.topics)
        counts = live.counts
        told = (
            ("tongxin_live_opened", "Subscriptions opened.", counts.opened),
            ("tongxin_live_events", "Events of topics that were listened to.", counts.events),
            ("tongxin_live_runs", "Runs of operations for events: one for all who are answered the same.", counts.runs),
            ("tongxin_live_messages", "Messages put before readers.", counts.messages),
        )
        for name, words, count in told:
            yield CounterMetricFamily(name, words, value=count)
        ended = CounterMetricFamily("tongxin_live_ended", "Subscriptions that were ended, by why.", labels=("reason",))
        for reason, count in (("slow_reader", counts.slow), ("token", counts.tokens_ended), ("behind", counts.behind)):
            ended.add_metric((reason,), count)
        yield ended
