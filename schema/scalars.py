"""The graph's own scalars."""

import contextlib
from datetime import UTC, date, datetime

import strawberry
from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition


def _read(text: object) -> datetime:
    """ISO 8601 with an offset. Raises ``GraphQLError``, which becomes BAD_USER_INPUT."""
    with contextlib.suppress(ValueError, OverflowError):  # the latter at the ends of the calendar
        moment = datetime.fromisoformat(text) if isinstance(text, str) else None
        if moment is not None and moment.tzinfo is not None:
            moment.astimezone(UTC)  # what cannot be told in another offset nobody can reckon with
            return moment
    raise GraphQLError("DateTime must be an ISO 8601 string with an offset, such as 2026-03-04T10:00:00+08:00.")


def _read_day(text: object) -> date:
    """ISO 8601, in its long form only. Raises ``GraphQLError``, which becomes BAD_USER_INPUT."""
    with contextlib.suppress(ValueError):
        day = date.fromisoformat(text) if isinstance(text, str) else None
        if day is not None and day.isoformat() == text:
            return day
    raise GraphQLError("Date must be an ISO 8601 calendar date, such as 2026-03-04.")


DATE_TIME: ScalarDefinition = strawberry.scalar(
    name="DateTime",
    description="A moment, ISO 8601 with offset: 2026-03-04T10:00:00+08:00.",
    specified_by_url="https://scalars.graphql.org/andimarek/date-time.html",
    serialize=datetime.isoformat,
    parse_value=_read,
)
DATE: ScalarDefinition = strawberry.scalar(
    name="Date",
    description="A day, ISO 8601: 2026-03-04.",
    specified_by_url="https://scalars.graphql.org/andimarek/local-date.html",
    serialize=date.isoformat,
    parse_value=_read_day,
)
CHINESE_OF_SCALARS = {
    "_Any": '实体的类型与全局标识：`{"__typename": "Studio", "id": "…"}`（Apollo Federation）。',
    "DateTime": "时刻，ISO 8601，带时区偏移：2026-03-04T10:00:00+08:00。",
    "Date": "日期，ISO 8601：2026-03-04。",
}
"""Descriptions by name: Strawberry's definitions of scalars carry nothing along."""
