"""Rows that were decoded to the very types of the graph are not looked at again; all others are."""

from typing import Any

import msgspec
import pytest

from connectors.projection import projected
from gateway.execution.trust import Trust
from tests.gateway.execution.library.graph import BookRecord, ChapterRecord
from tests.gateway.execution.library.running import Library, answered, ids, planned

TEXT = f"{{ books(ids: {ids('Book:a')}) {{ chapters {{ title words }} }} }}"
DECODED = projected(ChapterRecord, frozenset({"title", "words"}))


def trust() -> Trust:
    """Of the level of chapters."""
    return Trust(next(level for path, level in planned(TEXT).levels if path[-1:] == ("chapters",)).plain)


def decoded(text: str) -> Any:
    """A row as a platform's answer is decoded."""
    return msgspec.json.decode(text, type=DECODED)


def test_rows_of_decoded_types_are_trusted() -> None:
    """Decoding has checked each value against the type a scalar takes as it is."""
    rows = [decoded('{"title": "I", "words": 9}'), decoded('{"title": null, "words": 0}')]

    assert trust().of(type(rows[0]), rows)


@pytest.mark.parametrize(
    "rows",
    [
        [ChapterRecord(title="I", words=9)],
        [decoded('{"title": "I", "words": 2147483648}')],
        [decoded('{"title": "I", "words": 1}'), decoded('{"title": "I", "words": -2147483649}')],
    ],
)
def test_made_by_hand_or_beyond_an_int_is_looked_at(rows: list[Any]) -> None:
    """A class of ours can be made with anything in it; msgspec knows no 32 bits."""
    assert not trust().of(type(rows[0]), rows)


def test_rows_of_several_classes_are_looked_at() -> None:
    """Where there is not one class, nobody vouches for all."""
    assert not trust().of(None, [ChapterRecord(title="I", words=9), decoded('{"title": "I", "words": 1}')])


def test_what_was_not_decoded_is_not_there() -> None:
    """A type that lacks an attribute of the level is not trusted with it."""
    assert not trust().of(projected(ChapterRecord, frozenset({"title"})), [])


def test_values_that_are_turned_or_read_are_never_trusted() -> None:
    """Only what is shown as it stands in the record."""
    plan = planned(f"{{ books(ids: {ids('Book:a')}) {{ initial pages }} }}")

    assert not Trust(plan.levels[-1][1].plain).possible


@pytest.mark.parametrize("rows", [("I", 9), ("I", 2**31), (None, -(2**31) - 1)])
async def test_trusted_or_not_the_answer_is_the_same(rows: tuple[str | None, int]) -> None:
    """An Int that is too large is an error of its place, and loses its object only."""
    by_hand, by_platform = Library(BookRecord(key="a")), Library(BookRecord(key="a"))
    text = msgspec.json.encode([ChapterRecord(title=title, words=words) for title, words in (rows, ("II", 1))])
    by_hand.chapters["a"] = msgspec.json.decode(text, type=list[ChapterRecord])
    by_platform.chapters["a"] = msgspec.json.decode(text, type=list[DECODED])  # type: ignore[valid-type]  # made by us

    found, expected = await answered(by_platform, TEXT), await answered(by_hand, TEXT)

    assert (found.data, found.paths) == (expected.data, expected.paths)
    assert found.paths == ([] if rows[1] == 9 else ["books.0.chapters.0.words"])
