"""A page of a long list, as a platform gives it."""

from typing import Generic, TypeVar

from connectors.records.record import Record

T = TypeVar("T")


class PageArgs(Record, frozen=True):
    """Which page: ``first`` rows (1 to 100) after the cursor; the total only when wanted."""

    first: int
    after: str | None = None
    with_total: bool = False


class Row(Record, Generic[T], frozen=True):
    """One item and the cursor behind which the list goes on."""

    cursor: str
    node: T


class Page(Record, Generic[T], frozen=True):
    """Rows in the platform's order. ``total`` is None unless asked for."""

    edges: tuple[Row[T], ...]
    has_next: bool
    total: int | None = None

    @property
    def nodes(self) -> tuple[T, ...]:
        """The items without their cursors."""
        return tuple([edge.node for edge in self.edges])

    @property
    def page_info(self) -> "Page[T]":
        """Where the page stands: a page says so itself."""
        return self

    @property
    def has_previous(self) -> bool:
        """Never: platforms' cursors run one way."""
        return False

    @property
    def start(self) -> str | None:
        """Cursor of the first row."""
        return self.edges[0].cursor if self.edges else None

    @property
    def end(self) -> str | None:
        """Cursor of the last row."""
        return self.edges[-1].cursor if self.edges else None
