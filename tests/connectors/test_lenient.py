"""What is not of the form costs itself: a field, a row, at worst the list."""

import msgspec
import pytest

from connectors.errors import UnexpectedAnswerError
from connectors.lenient import broken_in, kept, row_from, rows_from

BROKEN = broken_in("here", "things")


class Inner(msgspec.Struct, frozen=True, rename="camel"):
    """Something inside a row."""

    the_code: str
    count: int = 0


class Row(msgspec.Struct, frozen=True, rename="camel"):
    """A row as a platform sends it."""

    id: str
    full_name: str
    inner: Inner | None = None
    many: list[Inner] = []
    note: str | None = None


def test_a_good_row_is_read_as_ever() -> None:
    """Nothing is lost by reading leniently."""
    read = row_from({"id": "a", "fullName": "甲", "inner": {"theCode": "x", "count": 2}, "new": 1}, Row, BROKEN)

    assert read == Row("a", "甲", Inner("x", 2))


@pytest.mark.parametrize("sent", [{"id": "a"}, {"id": "a", "fullName": {"value": "甲"}}, {"id": "a", "fullName": None}])
def test_a_missing_or_wrong_field_is_the_error(sent: object) -> None:
    """The error stands in its place, and the other fields stay."""
    read = row_from(sent, Row, BROKEN)

    assert read.id == "a"
    assert read.full_name is BROKEN
    assert read.note is None


def test_an_optional_field_of_another_type_is_an_error_too() -> None:
    """What may be missing may still not be something else: that would hide the change."""
    assert row_from({"id": "a", "fullName": "甲", "note": [1]}, Row, BROKEN).note is BROKEN


def test_inside_objects_and_lists_it_goes_on() -> None:
    """A wrong field inside costs that field, a list's wrong item that item."""
    sent = {"id": "a", "fullName": "甲", "inner": {"theCode": 5}, "many": [{"theCode": "x"}, 7, {"count": "n/a"}]}

    read = row_from(sent, Row, BROKEN)

    assert read.inner is not None
    assert (read.inner.the_code, read.inner.count) == (BROKEN, 0)
    assert read.many == [Inner("x"), BROKEN, Inner(BROKEN, BROKEN)]


def test_rows_are_found_by_their_key() -> None:
    """Each under its key; it is told when one did not name itself."""
    raw = msgspec.json.encode([{"id": "a", "fullName": "甲"}, {"id": "b"}, {"fullName": "丙"}, "none"])

    rows, nameless = rows_from(raw, Row, "id", BROKEN)

    assert list(rows) == ["a", "b"]
    assert rows["b"].full_name is BROKEN
    assert nameless


@pytest.mark.parametrize("raw", [b"{}", b"null", b"7", b"\xff", b"[" * 100_000])
def test_what_is_no_list_fails_whole(raw: bytes) -> None:
    """Then nothing can be told."""
    with pytest.raises(UnexpectedAnswerError):
        rows_from(raw, Row, "id", BROKEN)


def test_text_that_is_no_utf8_costs_its_row() -> None:
    """Text is looked at by msgspec when a row is read, not when the list is cut."""
    rows, nameless = rows_from(b'[{"id":"a","fullName":"\xff"},{"id":"b","fullName":"x"}]', Row, "id", BROKEN)

    assert list(rows) == ["b"]
    assert nameless


def test_an_error_passes_through_a_mapping() -> None:
    """It is never turned into a value."""
    assert kept(BROKEN, str.upper) is BROKEN
    assert kept("a", str.upper) == "A"
