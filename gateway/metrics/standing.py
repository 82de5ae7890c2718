"""How this replica stands: whether it takes requests, whether its stores are there, what the audit lost."""

from collections.abc import Iterator

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from auth.audit import Audit
from gateway.ops.process import Process
from gateway.ops.stores import Stores


class Standing(Collector):
    """Over the parts that know; lives as long as the process."""

    def __init__(self, process: Process, stores: Stores, audit: Audit) -> None:
        self._process, self._stores, self._audit = process, stores, audit

    def collect(self) -> Iterator[Metric]:
        """What a scrape reads."""
        yield GaugeMetricFamily(
            "tongxin_ready",
            "1 while new requests may be sent here; 0 while it starts or drains.",
            value=self._process.ready,
        )
        there = GaugeMetricFamily(
            "tongxin_store_up",
            "1 while the database answers, and Redis where one is set; 0 while it does not.",
            labels=("store",),
        )
        for name, store in (("database", self._stores.database), ("redis", self._stores.redis)):
            if store.used and store.ok is not None:
                there.add_metric((name,), store.ok)
        yield there
        yield GaugeMetricFamily(
            "tongxin_audit_waiting_entries", "Audit entries that wait to be written.", value=self._audit.waiting
        )
        yield CounterMetricFamily(
            "tongxin_audit_lost_entries", "Audit entries that no place was left for.", value=self._audit.lost
        )
