"""A moment is read with its offset or not at all."""

from datetime import datetime

import pytest
from graphql import GraphQLError

from schema.scalars import DATE_TIME


@pytest.mark.parametrize("text", ["2026-03-04T10:00:00+08:00", "2026-03-04T02:00:00Z", "9999-12-31T23:59:59+00:00"])
def test_a_moment_with_its_offset(text: str) -> None:
    """ISO 8601, as given."""
    assert DATE_TIME.parse_value is not None

    assert DATE_TIME.parse_value(text) == datetime.fromisoformat(text)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-04T10:00:00",
        "2026-03-04",
        "2026-13-04T10:00:00Z",
        "0001-01-01T00:00:00+23:59",
        "9999-12-31T23:59:59-23:59",
        "soon",
        5,
        None,
    ],
)
def test_what_is_no_moment_is_refused(text: object) -> None:
    """Without an offset, no date, or so early or late that it cannot be told in another offset."""
    assert DATE_TIME.parse_value is not None

    with pytest.raises(GraphQLError, match="with an offset"):
        DATE_TIME.parse_value(text)
