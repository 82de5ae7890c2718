"""A moment is read with its offset or not at all; a day in one form only."""

from datetime import date, datetime

import pytest
from graphql import GraphQLError

from schema.scalars import DATE, DATE_TIME


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


def test_a_day() -> None:
    """ISO 8601, as given."""
    assert DATE.parse_value is not None

    assert DATE.parse_value("2026-03-04") == date(2026, 3, 4)


@pytest.mark.parametrize("text", ["20260304", "2026-W10-3", "2026-3-4", "2026-02-30", "2026-03-04T10:00:00Z", 5, None])
def test_what_is_no_day_is_refused(text: object) -> None:
    """No calendar date in its long form."""
    assert DATE.parse_value is not None

    with pytest.raises(GraphQLError, match="calendar date"):
        DATE.parse_value(text)
