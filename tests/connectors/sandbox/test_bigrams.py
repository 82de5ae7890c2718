"""Finding Chinese texts by pairs of characters."""

import pytest

from connectors.sandbox.bigrams import BigramIndex, grams

TEXTS = ["老人膝盖疼要不要手术", "高血压药能停吗", "信用卡逾期会影响房贷吗", "ETC 通行卡怎么办理", "信用卡怎么办理"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("医保", {"医保"}),
        ("医保结算", {"医保", "保结", "结算"}),
        ("老 人", {"老", "人"}),
        ("ＥＴＣ卡", {"et", "tc", "c卡"}),
        ("！？ _", set()),
    ],
)
def test_grams_are_pairs_within_words(text: str, expected: set[str]) -> None:
    """Blanks and signs part words; width and case do not matter."""
    assert grams(text) == expected


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("高血压", 1),
        ("信用卡逾期", 2),
        ("房贷", 2),
        ("etc怎么办", 3),
        ("信用卡 办理", 4),
        ("疼", 0),
        ("要不要手术呢", 0),
    ],
)
def test_the_best_text_is_found(query: str, best: int) -> None:
    """By what few texts hold rather than by what many do."""
    found = BigramIndex(TEXTS).found(query)

    assert max(found, key=lambda number: found[number]) == best
    assert all(0 < score <= 1 for score in found.values())


@pytest.mark.parametrize("query", ["", "？", "量子", "信天翁卡通片子", "x" * 100_000])
def test_what_hardly_stands_anywhere_finds_nothing(query: str) -> None:
    """Rather than whatever shares a pair."""
    assert BigramIndex(TEXTS).found(query) == {}


def test_texts_are_added() -> None:
    """And found like the first ones."""
    index = BigramIndex(TEXTS)

    number = index.add("高血压患者的长处方")

    assert set(index.found("长处方")) == {number}
    assert set(index.found("高血压")) == {1, number}
