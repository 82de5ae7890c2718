"""What the engine does: how operations ran, what graphql-core had to run and why, documents remembered."""

from collections.abc import Iterator

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from gateway.execution.engine import Engine
from gateway.execution.fallback import FALLBACKS


class EngineRuns(Collector):
    """Over one engine; lives as long as the process. Labels are few: nothing of an operation is one."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def collect(self) -> Iterator[Metric]:
        """What a scrape reads."""
        counts, documents = self._engine.counts, self._engine.documents
        ended = CounterMetricFamily(
            "tongxin_operations",
            "Operations by what ran them: a plan, graphql-core, or nothing as they were refused.",
            labels=("by",),
        )
        for by, count in (("plan", counts.planned), ("graphql_core", counts.fallbacks), ("refused", counts.refused)):
            ended.add_metric((by,), count)
        yield ended
        reasons = CounterMetricFamily(
            "tongxin_plan_fallbacks", "Operations that graphql-core had to run, by reason.", labels=("reason",)
        )
        for reason, count in sorted(FALLBACKS.items()):
            reasons.add_metric((reason,), count)
        yield reasons
        told = (
            ("tongxin_operations_with_errors", "Operations that ran and had errors in fields.", counts.spoiled),
            ("tongxin_operation_points", "Actual cost of all operations, in points.", counts.points),
            ("tongxin_source_reads", "Reads of sources by operations, from a cache or not.", counts.reads),
            ("tongxin_documents_compiled", "Documents that were parsed and validated.", documents.made),
            ("tongxin_documents_remembered", "Requests whose document was known already.", documents.hits),
        )
        for name, words, count in told:
            yield CounterMetricFamily(name, words, value=count)
        yield GaugeMetricFamily("tongxin_documents_kept", "Documents kept with their plans.", value=len(documents))
