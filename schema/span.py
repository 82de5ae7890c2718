"""Spans of time that lists without pages are asked for: bounded, so that these stay short."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from connectors.records.shift import Span
from connectors.refusals import RefusedError
from schema.fields import argument

MOST_DAYS = 31
MOST_ROWS = 500

SPAN = (
    argument("from", datetime, zh="起（含）", en="From then on."),
    argument("to", datetime, zh="止（不含）", en=f"Until then, at most {MOST_DAYS} days later."),
)


def span_of(arguments: Mapping[str, Any]) -> tuple[Span]:
    """The span asked for. Raises ``RefusedError`` (BAD_INPUT, RANGE_TOO_WIDE)."""
    start, end = arguments["from"], arguments["to"]
    if end <= start:
        raise RefusedError("BAD_INPUT", field="to")
    if end - start > timedelta(days=MOST_DAYS):
        raise RefusedError("RANGE_TOO_WIDE", days=MOST_DAYS, rows=MOST_ROWS)
    return (Span(start=start, end=end),)
