"""Our pages out of the platform's: a cursor is a row's place in the list, a page any stretch behind one.

The platform counts pages (``pageNo`` from 1, ``pageSize`` at most 100), so a stretch is cut out of one page that holds
it, or of neighbours. It tells how many rows there are only when asked: that is asked for where a caller wants to know,
or where nothing else tells whether more rows follow.
"""

import asyncio
import base64
import binascii
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

import msgspec

from connectors.errors import BadCursorError, PlatformError
from connectors.records.page import Page, PageArgs, Row
from connectors.zhezhengding.rows import Rows
from connectors.zhezhengding.signing import Value

P = TypeVar("P", bound=msgspec.Struct)
R = TypeVar("R")
_PLACE = re.compile(r"zzd ([1-9][0-9]{0,8})")
Paging = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Which of the platform's pages to ask for, and how many rows of the first to leave out.

    ``tells_more``: the pages hold a row beyond the stretch, where there is one.
    """

    numbers: range
    size: int
    skip: int
    tells_more: bool

    @classmethod
    def of(cls, start: int, first: int, largest: int) -> "Stretch":
        """Pages that hold ``first`` rows from place ``start`` on: one, if any size of page allows."""
        for wanted in (first + 1, first):
            for size in range(wanted, largest + 1):
                if start // size == (start + wanted - 1) // size:
                    number = start // size + 1
                    return cls(range(number, number + 1), size, start % size, tells_more=wanted > first)
        numbers = range(start // largest + 1, (start + first - 1) // largest + 2)
        return cls(numbers, largest, start % largest, tells_more=numbers[-1] * largest > start + first)


@dataclass(frozen=True, slots=True)
class Pages(Generic[P, R]):
    """One kind of list: how a page of it is fetched, and what its rows become (None: left out)."""

    platform: str
    operation: str
    largest: int
    record: Callable[[P], R | None]

    async def page(self, fetch: Callable[[Paging], Awaitable[Rows[P]]], wanted: PageArgs) -> Page[R]:
        """Read one page of ours. Raises ``BadCursorError`` and what ``fetch`` raises."""
        start = self._start(wanted.after)
        stretch = Stretch.of(start, wanted.first, self.largest)
        count = wanted.with_total or not stretch.tells_more
        asked: list[Paging] = [
            {"pageNo": number, "pageSize": stretch.size, "returnTotalSize": count} for number in stretch.numbers
        ]
        parts = await asyncio.gather(*map(fetch, asked))
        total = parts[0].total
        rows = [row for part in parts for row in part.rows][stretch.skip :]
        follow = len(rows) > wanted.first
        if isinstance(total, int):
            follow = total > start + wanted.first
        elif not stretch.tells_more:
            follow = len(rows) >= wanted.first
        return self._cut(rows[: wanted.first], start, has_next=follow, total=total if wanted.with_total else None)

    def _cut(self, rows: list[P], start: int, *, has_next: bool, total: int | PlatformError | None) -> Page[R]:
        records = [(start + at, self.record(row)) for at, row in enumerate(rows, 1)]
        edges = tuple([Row(cursor=_cursor(place), node=record) for place, record in records if record is not None])
        return Page(edges=edges, has_next=has_next, total=total)  # type: ignore[arg-type]  # an error may stand there

    def _start(self, after: str | None) -> int:
        if after is None:
            return 0
        try:
            text = base64.b64decode(after.encode() + b"=" * (-len(after) % 4), altchars=b"-_", validate=True).decode()
        except (ValueError, binascii.Error) as error:
            raise BadCursorError(self.platform, self.operation, "no cursor of this list") from error
        place = _PLACE.fullmatch(text)
        if place is None:
            raise BadCursorError(self.platform, self.operation, "no cursor of this list")
        return int(place[1])


@lru_cache(maxsize=4096)  # the first places of every list are the same
def _cursor(place: int) -> str:
    return base64.urlsafe_b64encode(f"zzd {place}".encode()).rstrip(b"=").decode()
