"""Which counts add up to a period, so that a year is not read day by day."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, or_

from auth.store.tables import Span, TopicCountRow

Period = tuple[date, date]
"""The first day and the last."""
_DAY = timedelta(days=1)


def counted_in(region: str, period: Period) -> ColumnElement[bool]:
    """The region's counts of the period's whole months, and of the days before and after them.

    Each stretch names the region: only then SQLite looks each of them up in the key.
    """
    row = TopicCountRow
    return or_(
        *(
            and_(row.region_key == region, row.span == span, row.day.between(*days))
            for span, days in _stretches(*period)
        )
    )


def _stretches(first: date, last: date) -> Iterator[tuple[Span, Period]]:
    begin = first if first.day == 1 else (first.replace(day=1) + 31 * _DAY).replace(day=1)
    end = (last + _DAY).replace(day=1)
    if begin >= end:
        yield Span.DAY, (first, last)
        return
    yield Span.MONTH, (begin, end - _DAY)
    yield Span.DAY, (first, begin - _DAY)
    yield Span.DAY, (end, last)
