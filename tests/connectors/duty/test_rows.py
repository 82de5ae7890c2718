"""Rows that cannot be read are failures of the platform, whatever is wrong with them."""

import pytest

from connectors.duty.mapping import studio_from
from connectors.duty.payloads import StudioPayload
from connectors.duty.rows import records_in
from connectors.errors import UnexpectedAnswerError
from connectors.transport import Answer


@pytest.mark.parametrize(
    "row",
    [
        b'{"id": "S1", "name": "' + "工作室".encode("gbk") + b'"}',
        b'{"id": "' + "工作室".encode("gbk") + b'"}',
        b'{"name": "nameless"}',
        b'"S1"',
    ],
)
def test_a_row_that_does_not_tell_its_key(row: bytes) -> None:
    """Text in another encoding, no key, no object: the answer is not of the form, which is no fault of ours."""
    answer = Answer("duty", "studios", 200, {}, b'{"items": [' + row + b"]}")

    with pytest.raises(UnexpectedAnswerError):
        records_in(answer, StudioPayload, "id", studio_from)


def test_a_row_of_another_form_costs_itself() -> None:
    """Where the key can be read, the error stands there alone."""
    answer = Answer("duty", "studios", 200, {}, b'{"items": [{"id": "S1", "name": 5}]}')

    records = records_in(answer, StudioPayload, "id", studio_from)

    assert list(records) == ["S1"]
    assert isinstance(records["S1"], UnexpectedAnswerError)
