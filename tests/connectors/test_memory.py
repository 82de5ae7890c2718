"""The bound that aiocache's memory lacks."""

from connectors.memory import BoundedMemoryCache


async def test_the_bound_holds() -> None:
    """However much is set, one by one or at once, no more than the bound is kept."""
    cache = BoundedMemoryCache(3)

    for number in range(10):
        await cache.set(f"one-{number}", number)
    await cache.multi_set([(f"many-{number}", number) for number in range(10)])

    kept = await cache.multi_get([f"{kind}-{number}" for kind in ("one", "many") for number in range(10)])
    assert [value for value in kept if value is not None] == [7, 8, 9]


async def test_the_least_recently_used_goes() -> None:
    """Reading an entry or setting it again keeps it; the one left alone longest goes."""
    cache = BoundedMemoryCache(3)
    await cache.multi_set([("read", 1), ("left", 2), ("set", 3)])

    await cache.get("read")
    await cache.set("set", 4)
    await cache.set("new", 5)

    assert await cache.multi_get(["read", "left", "set", "new"]) == [1, None, 4, 5]


async def test_what_is_kept_is_the_value_itself() -> None:
    """Nothing is copied or written down: records are immutable."""
    cache = BoundedMemoryCache(3)
    value = object()

    await cache.set("value", value)

    assert await cache.get("value") is value
    assert await cache.get("nothing") is None


async def test_entries_whose_time_is_over_go() -> None:
    """Though there is room, they do not stay: a write takes out those at the old end, what still holds is kept."""
    now = 1000.0
    cache = BoundedMemoryCache(100, lambda: now)
    await cache.multi_set([("short-1", 1), ("short-2", 2)], ttl=30)
    await cache.set("long", 3, ttl=300)
    await cache.set("endless", 4)

    now += 31
    await cache.set("new", 5, ttl=30)

    assert await cache.multi_get(["short-1", "short-2", "long", "endless", "new"]) == [None, None, 3, 4, 5]
