"""Marks on a growing row of things."""

from random import Random

from connectors.zheliban.sandbox.studios.bits import (
    Bits,
    below,
    bytes_of,
    count_between,
    highest_first,
    lowest_first,
)
from connectors.zheliban.sandbox.studios.waits import WaitBuckets

CHANCE = Random(7)  # noqa: S311 - test data, no secrets
ROW = [[mark for mark in "abc" if CHANCE.random() < share] for share in (0.1, 0.5, 0.9) for _ in range(100)]


def test_marks_are_found_put_and_taken() -> None:
    """What was given in the beginning and what was changed later is the same kind of thing."""
    bits = Bits(ROW, len(ROW))

    bits.put(len(ROW), ["a", "new"])
    bits.take(0, ["a", "b", "c", "unheard"])

    for mark in ("a", "b", "c"):
        expected = [place for place, marks in enumerate(ROW) if mark in marks and place] + [len(ROW)] * (mark == "a")
        assert list(lowest_first(bits.of(mark))) == expected
        assert list(highest_first(bits.of(mark))) == expected[::-1]
        assert bits.of(mark).bit_count() == len(expected)
    assert list(lowest_first(bits.of("new"))) == [len(ROW)]
    assert bits.of("nothing") == 0
    assert bits.any_of("abc") == bits.of("a") | bits.of("b") | bits.of("c")


def test_stretches_are_counted() -> None:
    """From any place up to any other."""
    things = Bits(ROW, len(ROW)).of("b")
    places = list(lowest_first(things))
    data = bytes_of(things)

    for start in range(0, len(ROW), 7):
        for end in range(start, len(ROW), 11):
            assert count_between(data, start, end) == sum(start <= place < end for place in places)
    assert below(0) == below(-3) == 0
    assert list(lowest_first(below(3), 10)) == [10, 11, 12]


def test_a_median_is_that_of_the_chosen() -> None:
    """Whatever is chosen, of however many; None of nothing."""
    waits = [CHANCE.lognormvariate(5, 1) for _ in range(3000)]
    buckets = WaitBuckets(waits)
    for chosen in (waits, waits[:1], waits[:2], waits[100:350], [1.0], [1e9, 1e9, 2.0]):
        marked = [(buckets.marks(wait), wait) for wait in chosen]

        def held(mark: int, marked: list[tuple[tuple[int, int], float]] = marked) -> list[float]:
            return [wait for marks, wait in marked if mark in marks]

        assert buckets.median(lambda mark: len(held(mark)), held) == sorted(chosen)[(len(chosen) - 1) // 2]
    assert buckets.median(lambda _: 0, lambda _: []) is None
    assert WaitBuckets([]).median(lambda _: 0, lambda _: []) is None
