"""What a search found."""

from typing import Generic, TypeVar

from connectors.records.page import Row

T = TypeVar("T")


class FoundRow(Row[T], Generic[T], frozen=True):
    """A row of a search, best first: ``score`` is 0 to 1, comparable within one search only."""

    score: float
