"""What the cache of reads knows of itself, as metrics: read at each scrape, counted nowhere twice."""

from collections.abc import Iterator

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from connectors.cache import Cache


class ReadCache(Collector):
    """Over one cache; lives as long as the process. By platform and operation it is told by ``Upstream``."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    def collect(self) -> Iterator[Metric]:
        """What a scrape reads."""
        stats = self._cache.stats()
        keys = CounterMetricFamily(
            "tongxin_read_cache_keys",
            "Keys by how they were answered: hit, stale (past their time, but still allowed), miss.",
            labels=("result",),
        )
        for result, count in (("hit", stats.hits), ("stale", stats.stale), ("miss", stats.misses)):
            keys.add_metric((result,), count)
        yield keys
        for name, means, count in (
            ("refreshes", "Keys fetched again while something stale was answered.", stats.refreshes),
            ("dropped", "Entries dropped because what they tell of changed.", stats.dropped),
            ("evictions", "Entries that made room for others before their time was over.", stats.evictions),
            ("shared_hits", "Keys that the store shared with other gateways answered.", stats.shared_hits),
            ("shared_failures", "Calls of that store that failed or took too long.", stats.shared_failures),
        ):
            yield CounterMetricFamily(f"tongxin_read_cache_{name}", means, value=count)
        yield GaugeMetricFamily("tongxin_read_cache_entries", "Entries in memory.", value=stats.entries)
        yield GaugeMetricFamily("tongxin_read_cache_bytes", "Memory they take, reckoned.", value=stats.bytes)
