"""The graph's own scalars."""

from datetime import datetime

import strawberry
from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition


def _read(text: object) -> datetime:
    """ISO 8601 with an offset. Raises ``GraphQLError``, which becomes BAD_USER_INPUT."""
    try:
        moment = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise GraphQLError("DateTime must be an ISO 8601 string with an offset, such as 2026-03-04T10:00:00+08:00.")
    return moment


DATE_TIME: ScalarDefinition = strawberry.scalar(
    name="DateTime",
    description="A moment, ISO 8601 with offset: 2026-03-04T10:00:00+08:00.",
    specified_by_url="https://scalars.graphql.org/andimarek/date-time.html",
    serialize=datetime.isoformat,
    parse_value=_read,
)
DATE_TIME_ZH = "时刻，ISO 8601，带时区偏移：2026-03-04T10:00:00+08:00。"
