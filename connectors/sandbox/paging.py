"""Pages of sorted lists, and cursors that hold a row's place in its order."""

import base64
import binascii
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import msgspec

T = TypeVar("T")
Place = tuple[float, str]
"""Where a row stands: what it is sorted by, ascending, and its id."""


class BadPlaceError(ValueError):
    """A cursor that is none of this order; each platform says so in its own way."""


@dataclass(frozen=True, slots=True)
class PageWanted:
    """``first`` rows after that place; the total when asked for."""

    first: int
    after: Place | None
    with_total: bool


@dataclass(frozen=True, slots=True)
class Order(Generic[T]):
    """An order by name, and the place of a row in it."""

    name: str
    place: Callable[[T], Place]

    def page(self, rows: Sequence[T], wanted: PageWanted, row: Callable[[T], dict[str, Any]]) -> dict[str, Any]:
        """Cut a page out of rows that are sorted by this order."""
        start = bisect_right(rows, wanted.after, key=self.place) if wanted.after is not None else 0
        chosen = rows[start : start + wanted.first]
        return {
            "rows": [row(each) | {"cursor": self.cursor(each)} for each in chosen],
            "hasNext": start + wanted.first < len(rows),
            "total": len(rows) if wanted.with_total else None,
        }

    def cursor(self, row: T) -> str:
        """Say where a row stands; only letters, digits, ``-`` and ``_``."""
        return base64.urlsafe_b64encode(msgspec.json.encode((self.name, *self.place(row)))).rstrip(b"=").decode()

    def place_from(self, cursor: str | None) -> Place | None:
        """Read a cursor of this order; raises ``BadPlaceError`` for any other."""
        if cursor is None:
            return None
        try:
            text = base64.b64decode(cursor.encode() + b"=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
            name, at, key = msgspec.json.decode(text, type=tuple[str, float, str])
        except (ValueError, binascii.Error, msgspec.MsgspecError) as error:
            raise BadPlaceError from error
        if name != self.name:
            raise BadPlaceError
        return at, key
