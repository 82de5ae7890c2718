"""Rows that somebody may not see: left out, wherever they stand."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from connectors.contracted.payloads import RowPayload
from connectors.contracted.rows import Shape
from connectors.errors import PlatformError
from connectors.records.page import Page

P = TypeVar("P", bound=RowPayload)
R = TypeVar("R")
Guarded = Shape[P, Any]


def guarded(payload: type[P], record: Callable[[P], R], shown: Callable[[P], bool | PlatformError]) -> "Shape[P, Any]":
    """The shape of rows that are read where ``shown`` says so.

    A hidden one becomes None; where it cannot be decided the error stands in the row's place.
    """

    def read(row: P) -> R | PlatformError | None:
        may = shown(row)
        if isinstance(may, PlatformError):
            return may
        return record(row) if may else None

    return Shape(payload, read)


def pages_without_hidden(pages: Sequence[Page[Any] | PlatformError]) -> list[Page[Any] | PlatformError]:
    """The pages without the rows that were hidden."""
    return [page if isinstance(page, PlatformError) else _without_hidden(page) for page in pages]


def _without_hidden(page: Page[Any]) -> Page[Any]:
    if all(edge.node is not None for edge in page.edges):
        return page
    edges = tuple(edge for edge in page.edges if edge.node is not None)
    return Page(edges=edges, has_next=page.has_next, total=page.total)
