"""Tells a caller that its operation uses what goes away: RFC 9745 (Deprecation), RFC 8594 (Sunset), an extension."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone
from email.utils import format_datetime
from typing import Any

from gateway.execution.operation import Language
from gateway.http.security import Header
from schema.deprecated import Deprecated

_CHINA = timezone(timedelta(hours=8))

Used = Sequence[tuple[str, Deprecated]]


def headers_of(used: Used) -> tuple[Header, ...]:
    """Of all that an operation uses, the first day on which something was deprecated, and the first end.

    None where nothing is.
    """
    if not used:
        return ()
    since = _midnight(min(said.since for _, said in used))
    last = _midnight(min(said.until for _, said in used)) + timedelta(days=1)
    return (
        (b"deprecation", b"@%d" % since.timestamp()),
        (b"sunset", format_datetime(last.astimezone(UTC), usegmt=True).encode()),
    )


def told_of(used: Used, language: Language) -> list[dict[str, Any]]:
    """Each by its schema coordinate, with its days and what to use instead."""
    return [
        {
            "coordinate": coordinate,
            "reason": said.zh if language is Language.ZH else said.en,
            "deprecated": said.since.isoformat(),
            "sunset": said.until.isoformat(),
        }
        for coordinate, said in used
    ]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), _CHINA)
