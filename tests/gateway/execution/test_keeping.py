"""Kept answers are bounded, and end in time."""

import msgspec
import pytest

from gateway.execution import keeping
from gateway.execution.keeping import KeptAnswers, Key
from gateway.execution.operation import Outcome


def key(name: str) -> Key:
    """Of one query."""
    return (name, None, b"")


def put(kept: KeptAnswers, name: str, size: int = 1000, until: float = 100.0) -> None:
    """Keep an answer of about that many bytes."""
    data = msgspec.Raw(b'"' + b"x" * size + b'"')
    kept.put(key(name), Outcome(executed=True, data=data), data, until)


def names(kept: KeptAnswers) -> set[str]:
    """Which of a to e are kept."""
    return {name for name in "abcde" if kept.get(key(name)) is not None}


def test_the_least_recently_used_go_when_the_bytes_are_full() -> None:
    """Looking one up counts as use."""
    kept = KeptAnswers(50_000, lambda: 1.0)
    for name in "abcde":
        put(kept, name, size=5000)
    one = kept.bytes // 5
    full = KeptAnswers(one * 9, lambda: 1.0)
    for name in "abcdefghi":
        put(full, name, size=5000)

    full.get(key("a"))
    put(full, "j", size=5000)

    assert names(full) == set("acde")
    assert full.bytes == one * 9


def test_an_answer_takes_the_place_of_the_one_before() -> None:
    """And its bytes."""
    kept, other = KeptAnswers(50_000, lambda: 1.0), KeptAnswers(50_000, lambda: 1.0)
    put(other, "a", size=100)

    for size in (5000, 1000, 100):
        put(kept, "a", size=size)

    assert (len(kept), kept.bytes) == (1, other.bytes)


def test_what_is_too_large_is_not_kept() -> None:
    """One answer may take an eighth of the memory."""
    kept = KeptAnswers(16_000, lambda: 1.0)

    put(kept, "a", size=2000)
    put(kept, "b", size=100)

    assert names(kept) == {"b"}


def test_entries_are_bounded_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many small ones; the least recently used go."""
    monkeypatch.setattr(keeping, "MOST_ENTRIES", 3)
    kept = KeptAnswers(1_000_000, lambda: 1.0)

    for name in "abc":
        put(kept, name)
    kept.get(key("a"))
    put(kept, "d")

    assert names(kept) == {"a", "c", "d"}


def test_what_has_ended_takes_no_memory() -> None:
    """It goes when it is looked up, or with the writes that follow; an ended write is not kept."""
    now = 1.0
    kept = KeptAnswers(1_000_000, lambda: now)
    put(kept, "a", until=2.0)
    put(kept, "b", until=2.0)

    now = 3.0
    ended = kept.get(key("a"))
    put(kept, "c")

    assert ended is None
    assert len(kept) == 1
    kept.clear()
    assert (len(kept), kept.bytes) == (0, 0)
