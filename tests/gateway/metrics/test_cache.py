"""The cache of reads as metrics."""

from prometheus_client import CollectorRegistry

from connectors.deadline import Deadline
from connectors.flights import Reading
from connectors.freshness import ReadRule
from gateway.caching import CacheSettings, opened_cache
from gateway.metrics.cache import ReadCache


async def test_what_was_counted_is_shown() -> None:
    """Hits, misses, drops and what the memory holds, each under its name."""
    cache, registry = opened_cache(CacheSettings()), CollectorRegistry()
    registry.register(ReadCache(cache))

    async def load(keys: list[str]) -> dict[str, str]:
        return {key: key for key in keys}

    reading = Reading(ReadRule("things", 10, 60.0, tags=("thing:{key}",)), "here:", load)
    await cache.read(reading, ["a", "b"], Deadline.after(30))
    await cache.read(reading, ["a"], Deadline.after(30))
    cache.drop({"thing:b"})

    def told(name: str, **labels: str) -> float | None:
        return registry.get_sample_value(f"tongxin_read_cache_{name}", labels)

    assert [told("keys_total", result=result) for result in ("hit", "stale", "miss")] == [1, 0, 2]
    assert (told("dropped_total"), told("evictions_total"), told("shared_failures_total")) == (1, 0, 0)
    assert told("entries") == 1
    assert (told("bytes") or 0) > 0
