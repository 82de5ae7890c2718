"""The bounds of what is kept in this process."""

import sys

from connectors.memory import BoundedMemoryCache, Entry, size_of
from connectors.records.page import Page, Row
from connectors.records.studio import StudioRef

NOW = 1000.0


def entry(value: object, seconds: float = 60.0, tags: tuple[str, ...] = ()) -> Entry:
    """An entry that is fresh for so long."""
    until = NOW + seconds
    return Entry(value, NOW, until, until, until, tags)


def filled(cache: BoundedMemoryCache, *names: str) -> BoundedMemoryCache:
    """The cache with an entry of each name."""
    for name in names:
        cache.put(name, entry(name), NOW)
    return cache


def kept(cache: BoundedMemoryCache, *names: str) -> list[str]:
    """Which of the names are there."""
    return [name for name in names if name in cache._entries]


def test_the_bound_holds() -> None:
    """However much is put, no more than the bound is kept, and what had to go is counted."""
    cache = filled(BoundedMemoryCache(3), *(str(number) for number in range(10)))

    assert kept(cache, *(str(number) for number in range(10))) == ["7", "8", "9"]
    assert (len(cache), cache.evictions) == (3, 7)


def test_the_least_recently_used_goes() -> None:
    """Reading an entry or putting it again keeps it; the one left alone longest goes."""
    cache = filled(BoundedMemoryCache(4), "read", "left", "put", "together")

    cache.get("read")
    cache.fresh("to", ["gether"], NOW)
    filled(cache, "put", "new")

    assert kept(cache, "read", "left", "put", "together", "new") == ["read", "put", "together", "new"]


def test_bytes_are_bounded_too() -> None:
    """Large entries make room sooner; one larger than everything is not kept and costs the others nothing."""
    cache = filled(BoundedMemoryCache(1000, max_bytes=20 * size_of("x" * 100)), *"abcdefghij")

    cache.put("large", entry("x" * 1_000_000), NOW)
    before = len(cache)
    for number in range(100):
        cache.put(f"n{number}", entry("x" * 100), NOW)

    assert before == 10
    assert len(cache) == 20
    assert cache.bytes == 20 * size_of("x" * 100)


def test_putting_again_and_forgetting_add_up() -> None:
    """What goes takes its bytes and its tags along."""
    cache = BoundedMemoryCache(10)
    for number in range(5):
        cache.put("same", entry("x" * number, tags=("tag",)), NOW)

    cache.discard("same")
    cache.discard("same")

    assert (len(cache), cache.bytes, cache._tagged) == (0, 0, {})


def test_fresh_is_all_or_nothing() -> None:
    """One that is missing or at its end, and the whole read has to be looked at closely."""
    cache = filled(BoundedMemoryCache(10), "p:a", "p:b")
    cache.put("p:old", entry("old", seconds=1), NOW)

    found = cache.fresh("p:", ["a", "b", "a"], NOW)

    assert found is not None
    assert [one.value for one in found] == ["p:a", "p:b", "p:a"]
    assert cache.fresh("p:", ["a", "none"], NOW) is None
    assert cache.fresh("p:", ["old"], NOW + 1) is None


def test_entries_whose_time_is_over_go() -> None:
    """Though there is room, they do not stay: a put takes out those at the old end, what still holds is kept."""
    cache = BoundedMemoryCache(100)
    cache.put("short-1", entry(1, seconds=30), NOW)
    cache.put("short-2", entry(2, seconds=30), NOW)
    cache.put("long", entry(3, seconds=300), NOW)
    cache.put("spare", Entry(4, NOW, NOW, NOW, NOW + 600), NOW)

    cache.put("new", entry(5), NOW + 31)

    assert kept(cache, "short-1", "short-2", "long", "spare", "new") == ["long", "spare", "new"]
    assert cache.evictions == 0


def test_what_is_kept_is_the_value_itself() -> None:
    """Nothing is copied or written down: records are immutable."""
    cache, value = BoundedMemoryCache(3), object()

    cache.put("value", entry(value), NOW)
    held = cache.get("value")

    assert held is not None
    assert held.value is value
    assert cache.get("nothing") is None


def test_sizes_are_about_right() -> None:
    """What is reckoned for a page of records is not below what it takes, nor more than four times that."""
    rows = tuple(
        Row(cursor=f"c{n}", node=StudioRef(key=f"studio-{n:04d}", name="委员工作室" * 3, category=None))
        for n in range(50)
    )
    takes = sum(
        sys.getsizeof(part) for row in rows for part in (row, row.cursor, row.node, row.node.key, row.node.name)
    )

    assert takes < size_of(Page(edges=rows, has_next=False)) < 4 * takes


def test_what_cannot_be_reckoned_counts_as_something() -> None:
    """A number of any size, half a character: an entry all the same."""
    assert size_of(2**200) > 1000
    assert size_of("\ud800") > 1000
