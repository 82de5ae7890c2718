"""The cache of reads from its settings."""

import pytest
from pydantic import ValidationError

from connectors.deadline import Deadline
from connectors.flights import Reading
from connectors.freshness import ReadRule
from gateway.caching import CacheSettings, opened_cache


async def test_the_settings_bound_the_cache() -> None:
    """Entries and bytes as set; sharing as set; without an address there is no second level."""
    cache = opened_cache(CacheSettings(entries=100, max_mb=1, share_in_flight=False))

    async def load(keys: list[str]) -> dict[str, str]:
        return dict.fromkeys(keys, "x" * 30000)

    reading = Reading(ReadRule("things", 10, 60.0), "here:", load)
    await cache.read(reading, map(str, range(50)), Deadline.after(30))

    assert cache.memory.max_entries == 100
    assert not cache.shares
    assert 0 < cache.stats().entries < 10
    assert cache.stats().bytes <= 1024 * 1024
    assert cache._shared is None


async def test_nothing_is_kept_where_that_is_set_off() -> None:
    """Every read asks its platform, and a Redis is none of it; reads at the same time share a call as ever."""
    settings = CacheSettings(keep=False, redis_url="redis://somewhere")  # type: ignore[arg-type]  # as a variable gives it

    cache = opened_cache(settings)

    assert not cache.keeps
    assert cache.shares
    assert cache._shared is None


@pytest.mark.parametrize("address", ["redis://somewhere", "rediss://:p%40ss@10.0.0.1:6380/2", "redis://u:p@h/0"])
async def test_an_address_makes_a_second_level(address: str) -> None:
    """Nothing is connected before something is read; the password shows nowhere."""
    settings = CacheSettings(redis_url=address)  # type: ignore[arg-type]  # as a variable gives it

    cache = opened_cache(settings)
    await cache.aclose()

    assert cache._shared is not None
    assert address not in repr(settings)


@pytest.mark.parametrize(
    "address", ["http://somewhere", "somewhere:6379", "redis://", "redis://h/name", "redis://h/0?x=1"]
)
def test_another_address_is_refused(address: str) -> None:
    """At the start, by the setting's name."""
    with pytest.raises(ValidationError, match="redis_url"):
        CacheSettings(redis_url=address)  # type: ignore[arg-type]  # as a variable gives it
