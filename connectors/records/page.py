"""A page of a long list, as a platform gives it."""

from typing import Generic, TypeVar

from connectors.records.record import Record

T = TypeVar("T")


class PageArgs(Record, frozen=True):
    """Which page: ``first`` rows (1 to 100) after the cursor; the total only when wanted."""

    first: int
    after: str | None = None
    with_total: bool = False


class Page(Record, Generic[T], frozen=True):
    """Rows with a cursor each, in the platform's order. ``total`` is None unless asked for."""

    nodes: tuple[T, ...]
    cursors: tuple[str, ...]
    has_next: bool
    total: int | None = None
