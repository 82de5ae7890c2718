"""Rows that cannot be read whole cost as little as they can, whatever is wrong with them."""

import pytest

from connectors.contracted.rows import record_in, records_in
from connectors.duty.mapping import MEMBER, MEMBER_BY_EMPLOYEE, STUDIO
from connectors.errors import UnexpectedAnswerError
from connectors.transport import Answer

NAMED = '{"id": "M1", "name": "陈", "sectorCode": "A", "sectorName": "甲"}'.encode()


def answered(body: bytes) -> Answer:
    """An answer with that body."""
    return Answer("duty", "studios", 200, {}, body)


@pytest.mark.parametrize(
    "row",
    [
        b'{"id": "S1", "name": "' + "工作室".encode("gbk") + b'"}',
        b'{"id": "' + "工作室".encode("gbk") + b'"}',
        b'{"name": "nameless"}',
        b'{"id": 7}',
        b'"S1"',
    ],
)
def test_a_row_that_does_not_tell_its_key(row: bytes) -> None:
    """Text in another encoding, no key, no object: the row may be any that is missing, so none of these is unknown."""
    body = b'{"items": [' + row + b', {"id": "S2"}]}'

    records = records_in(answered(body), STUDIO, ["S1", "S2"])

    assert isinstance(records["S1"], UnexpectedAnswerError)
    assert records["S2"].key == "S2"


def test_a_field_of_another_form_costs_itself() -> None:
    """What is missing or of another type holds the error in its place; the rest of the row is there."""
    body = '{"items": [{"id": "S1", "name": 5, "phone": null, "category": "SPACE", "tags": ["一", {}], "convener": '.encode()

    studio = records_in(answered(body + NAMED + b"}]}"), STUDIO, ["S1"])["S1"]

    assert (studio.key, studio.phone, studio.category.value) == ("S1", None, "OTHER")
    assert studio.convener.name == "陈"
    assert studio.tags[0] == "一"
    for broken in (studio.name, studio.address, studio.organization, studio.tags[1], studio.star_rating):
        assert isinstance(broken, UnexpectedAnswerError)


def test_an_official_is_never_lost_silently() -> None:
    """A member whose account cannot be read has an error for an official, not none."""
    body = (
        b'{"items": [{"id": "M1", "employeeCode": ["GE_1"]}, {"id": "M2", "employeeCode": "GE_2", "directoryCode": 3}]}'
    )

    records = records_in(answered(body), MEMBER, ["M1", "M2"])

    assert isinstance(records["M1"].official, UnexpectedAnswerError)
    assert isinstance(records["M1"].portrait_path, UnexpectedAnswerError)
    assert records["M2"].official.key == "GE_2"


def test_rows_are_found_by_the_attribute_of_their_shape() -> None:
    """A member who is asked for by employee code is found by it."""
    body = b'{"items": [{"id": "M1", "employeeCode": "GE_1"}, {"id": "M2"}]}'

    records = records_in(answered(body), MEMBER_BY_EMPLOYEE, ["GE_1", "GE_2"])

    assert records["GE_1"].key == "M1"
    assert isinstance(records["GE_2"], UnexpectedAnswerError)


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"items": {}}', b"\x00\xff", b"[" * 5000])
def test_an_answer_that_is_no_list(body: bytes) -> None:
    """Then nothing can be read."""
    with pytest.raises(UnexpectedAnswerError):
        records_in(answered(body), STUDIO, ["S1"])


def test_one_row_by_itself() -> None:
    """What a write answers is read in the same way."""
    assert record_in(answered(b'{"id": "S1", "name": "x"}'), STUDIO).name == "x"
    for body in (b'["S1"]', b'{"name": "x"}', b'{"id": 1, "name": "x"}'):  # none, or one that does not tell its key
        with pytest.raises(UnexpectedAnswerError):
            record_in(answered(body), STUDIO)
