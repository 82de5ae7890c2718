"""Lists of objects, read so that what is not of the form costs the field or the row."""

import json

import pytest
from msgspec import Struct

from connectors.errors import UnexpectedAnswerError
from connectors.zhezhengding.envelope import Held
from connectors.zhezhengding.rows import RowShape


class Payload(Struct):
    """A row of the tests."""

    code: str
    name: str
    count: int | None = None


SHAPE = RowShape(Payload, "code")


def held(value: object, total: object = None) -> Held:
    """What an envelope held."""
    return Held("zhezhengding", "list", json.dumps(value, ensure_ascii=False).encode(), total)


def test_rows_of_the_form_are_read_at_once() -> None:
    """Numbers may come as text; a list may be null, and stand in a string."""
    assert SHAPE.read(held([{"code": "a", "name": "甲", "count": "3"}])).rows == [Payload("a", "甲", 3)]
    assert SHAPE.read(held(None)).rows == []
    assert SHAPE.read(held(json.dumps([{"code": "a", "name": "甲"}]))).rows == [Payload("a", "甲")]


@pytest.mark.parametrize("quoted", [False, True])
def test_a_wrong_field_costs_itself(quoted: bool) -> None:  # noqa: FBT001 - a case
    """A field of another type, or a documented one that is missing, holds the error; the others stay."""
    rows = [{"code": "a", "name": {"value": "甲"}, "count": 1}, {"code": "b", "nameV2": "乙", "count": "n/a"}]

    found = SHAPE.read(held(json.dumps(rows) if quoted else rows))

    first, second = found.rows
    assert (first.code, first.count, second.code) == ("a", 1, "b")
    assert all(isinstance(value, UnexpectedAnswerError) for value in (first.name, second.name, second.count))
    assert not found.nameless


@pytest.mark.parametrize("lost", [{"name": "丙"}, {"code": 7, "name": "丙"}, "row", None])
def test_a_row_without_its_key_costs_itself(lost: object) -> None:
    """It cannot be told which one it is; that one was there is known."""
    found = SHAPE.read(held([{"code": "a", "name": "甲"}, lost]))

    assert [row.code for row in found.rows] == ["a"]
    assert found.nameless


@pytest.mark.parametrize("value", [{"code": "a"}, 5, "text", "{}"])
def test_what_is_no_list_is_unexpected(value: object) -> None:
    """Then nothing can be read at all."""
    with pytest.raises(UnexpectedAnswerError):
        SHAPE.read(held(value))


def test_the_total_is_read_leniently() -> None:
    """A3: a number, perhaps as text; of no form it is the error, and the rows stay."""
    assert SHAPE.read(held([], "7")).total == 7
    assert SHAPE.read(held([])).total is None
    assert isinstance(SHAPE.read(held([], {"a": 1})).total, UnexpectedAnswerError)
