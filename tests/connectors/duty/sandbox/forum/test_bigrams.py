"""The index of texts by pairs of characters."""

import pytest

from connectors.duty.sandbox.forum.bigrams import Bigrams, grams_in

TEXTS = ("椒江区政协法律服务委员工作室", "路桥区政协二手车交易委员工作室", "王大友", "王友", "Zhejiang 5G 基站")


@pytest.mark.parametrize(
    ("text", "grams"),
    [
        ("法律服务", ["法律", "律服", "服务"]),
        ("法 律", ["法", "律"]),
        ("法律，法律", ["法律"]),
        ("5G Zh", ["5g", "zh"]),
        ("，。!", []),
        ("", []),
    ],
)
def test_pairs_that_stand_side_by_side(text: str, grams: list[str]) -> None:
    """Marks part words; a word of one character is itself."""
    assert grams_in(text) == grams


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("法律", {0}),
        ("王", {2, 3}),
        ("大友", {2}),
        ("委员工作室", {0, 1}),
        ("zhejiang", {4}),
        ("海", set()),
        ("，", set()),
    ],
)
def test_texts_are_found(words: str, found: set[int]) -> None:
    """By their words, by one character, whatever the case; marks alone find nothing."""
    assert set(Bigrams(TEXTS).found(words)) == found


def test_more_and_rarer_is_better() -> None:
    """A text with all the words stands above one with the common ones only; the words as they stand count most."""
    scores = Bigrams(TEXTS).found("法律服务委员工作室")

    assert scores[0] > scores.get(1, 0.0)
    assert scores[0] == 110.0
    assert Bigrams(["法律服务", "服务法律"]).found("法律服务")[0] == 110.0
