"""Where the answers to public queries came from, and what keeping them takes."""

from collections.abc import Iterator

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from gateway.execution.answers import Answers


class AnswersServed(Collector):
    """Over the answers that are shared and kept; lives as long as the process."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    def collect(self) -> Iterator[Metric]:
        """What a scrape reads."""
        counts, kept = self._answers.counts, self._answers.kept
        origins = CounterMetricFamily(
            "tongxin_public_answers",
            "Answers to public queries by origin: kept, shared with a run under way, or a run of their own.",
            labels=("origin",),
        )
        for origin, count in (("kept", counts.kept), ("shared", counts.shared), ("run", counts.run)):
            origins.add_metric((origin,), count)
        yield origins
        yield GaugeMetricFamily("tongxin_kept_answers", "Answers that are kept whole.", value=len(kept))
        yield GaugeMetricFamily("tongxin_kept_answers_bytes", "Memory they take, reckoned.", value=kept.bytes)
