"""Texts that were sent once."""

import pytest

from gateway.persisted import remembered
from gateway.persisted.remembered import LONGEST, Remembered


def test_the_least_used_goes_first() -> None:
    """Bounded by bytes: what somebody asked for just now stays."""
    texts = Remembered(3 * 1300)
    for name in "abc":
        texts.keep(name, name * 1000)
    assert texts.get("a") == "a" * 1000

    texts.keep("d", "d" * 1000)

    assert [name for name in "abcd" if texts.get(name)] == ["a", "c", "d"]


def test_there_are_never_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Short texts are bounded by their number."""
    monkeypatch.setattr(remembered, "MOST_REMEMBERED", 10)
    texts = Remembered(10**9)

    for at in range(100):
        texts.keep(str(at), "{ a }")

    assert len(texts) == 10
    assert texts.get("99") == "{ a }"


def test_a_very_long_text_is_not_remembered() -> None:
    """It would drive out many others; nor does the same again count twice."""
    texts = Remembered(10**6)

    texts.keep("long", "a" * (LONGEST + 1))
    for _ in range(9):
        texts.keep("a", "a" * LONGEST)
    texts.keep("b", "{ b }")

    assert [texts.get(name) is not None for name in ("long", "a", "b")] == [False, True, True]
