"""Parameters read as strictly as the contract says, and the three forms of answers: by key, by owner, whole lists.

A parameter that is given twice, unknown, empty or not of its form is refused (422); nothing is guessed.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Any, TypeVar

from starlette.requests import Request

from connectors.records.shift import Span
from connectors.sandbox.contracted.problems import rejected
from connectors.sandbox.paging import BadPlaceError, Order, PageWanted

T = TypeVar("T")
E = TypeVar("E", bound=Enum)
Row = dict[str, Any]
PAGE = ("first", "after", "withTotal")
"""The parameters every paged list takes."""
MOST_KEYS = 100
MOST_ROWS = 500
_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")
_REGION = re.compile(r"[0-9]{6}")
_FIRST = re.compile(r"[1-9][0-9]?|100")
_NUMBER = re.compile(r"[1-9][0-9]{0,5}")
_YEAR = re.compile(r"[12][0-9]{3}")
_FLAGS = {"true": True, "false": False}
_LONGEST = timedelta(days=31)
_MOST_TEXT = 50


class Asked:
    """The query of one request; ``known`` are the parameters the operation takes. Methods raise ``ProblemError``."""

    def __init__(self, request: Request, known: Collection[str] = ()) -> None:
        self.request = request
        pairs = request.query_params.multi_items()
        self._values = dict(pairs)
        if len(pairs) != len(self._values):
            raise rejected("INVALID_PARAMETER", "a parameter is given twice")
        if not set(self._values) <= set(known):
            raise rejected("INVALID_PARAMETER", "there is a parameter this operation does not know")
        if "" in self._values.values():
            raise rejected("MISSING_PARAMETER", "a parameter is empty")

    def keys(self, name: str = "ids", form: re.Pattern[str] = _KEY) -> list[str]:
        """The keys of a comma-separated parameter, at most 100, each once."""
        keys = self.required(name).split(",")
        if len(keys) > MOST_KEYS:
            raise rejected("TOO_MANY_KEYS", f"{name} takes at most {MOST_KEYS}")
        if not all(form.fullmatch(key) for key in keys):
            raise rejected("INVALID_PARAMETER", f"{name} holds something that is no key")
        return list(dict.fromkeys(keys))

    def owners(self) -> list[str]:
        """``ownerIds``."""
        return self.keys("ownerIds")

    def page(self, order: Order[Any]) -> PageWanted:
        """``first`` (1 to 100), ``after`` (a cursor of that order) and ``withTotal``."""
        first = self.required("first")
        if not _FIRST.fullmatch(first):
            raise rejected("INVALID_PARAMETER", "first is a number from 1 to 100")
        try:
            after = order.place_from(self._values.get("after"))
        except BadPlaceError as error:
            raise rejected("INVALID_CURSOR", "after is no cursor of this list") from error
        return PageWanted(int(first), after, self.flag("withTotal") or False)

    def flag(self, name: str) -> bool | None:
        """True, false or not said."""
        value = self._values.get(name)
        if value is not None and value not in _FLAGS:
            raise rejected("INVALID_PARAMETER", f"{name} is true or false")
        return None if value is None else _FLAGS[value]

    def key(self, name: str) -> str | None:
        """One key, or not said."""
        return self._of_form(name, _KEY)

    def region(self, name: str = "regionCode") -> str | None:
        """A division of GB/T 2260, or not said."""
        return self._of_form(name, _REGION)

    def regions(self, name: str = "ownerIds") -> list[str]:
        """Divisions of GB/T 2260."""
        return self.keys(name, _REGION)

    def year(self, name: str = "year") -> int | None:
        """A year, or not said."""
        value = self._of_form(name, _YEAR)
        return None if value is None else int(value)

    def number(self, name: str, most: int) -> int | None:
        """A number from 1, or not said."""
        value = self._of_form(name, _NUMBER)
        if value is not None and int(value) > most:
            raise rejected("INVALID_PARAMETER", f"{name} is a number from 1 to {most}")
        return None if value is None else int(value)

    def choice(self, name: str, kind: type[E]) -> E | None:
        """One of an enumeration's values, or not said."""
        value = self._values.get(name)
        if value is None:
            return None
        try:
            return kind(value)
        except ValueError as error:
            raise rejected("INVALID_PARAMETER", f"{name} is one of {[each.value for each in kind]}") from error

    def text(self, name: str) -> str | None:
        """Words to look for, at most 50 characters, or not said."""
        value = self._values.get(name)
        if value is not None and (len(value) > _MOST_TEXT or not value.isprintable()):
            raise rejected("INVALID_PARAMETER", f"{name} is a text of at most {_MOST_TEXT} characters")
        return value

    def moment(self, name: str) -> datetime | None:
        """A time with an offset, or not said; in UTC."""
        text = self._values.get(name)
        if text is None:
            return None
        try:
            moment = datetime.fromisoformat(text)
            if moment.tzinfo is not None:
                return moment.astimezone(UTC)
        except (ValueError, OverflowError):
            pass
        raise rejected("INVALID_PARAMETER", f"{name} is a time in ISO 8601 with an offset")

    def span(self) -> Span:
        """``from`` and ``to``, at most 31 days apart."""
        self.required("from"), self.required("to")
        start, end = self.moment("from"), self.moment("to")
        if start is None or end is None or start >= end:
            raise rejected("INVALID_RANGE", "to must be later than from")
        if end - start > _LONGEST:
            raise rejected("RANGE_TOO_WIDE", "at most 31 days")
        return Span(start=start, end=end)

    def required(self, name: str) -> str:
        """The text of a parameter that must be given."""
        value = self._values.get(name)
        if value is None:
            raise rejected("MISSING_PARAMETER", f"{name} is required")
        return value

    def _of_form(self, name: str, form: re.Pattern[str]) -> str | None:
        value = self._values.get(name)
        if value is not None and not form.fullmatch(value):
            raise rejected("INVALID_PARAMETER", f"{name} is not of its form")
        return value


def items_of(known: Mapping[str, T], keys: Iterable[str], row: Callable[[T], Row] | None = None) -> Row:
    """``{"items": [row, …]}``: one row per known key."""
    found = (known[key] for key in keys if key in known)
    return {"items": [row(each) for each in found] if row else list(found)}


def owners_of(
    lists: Mapping[str, Sequence[T]] | Callable[[str], Sequence[T] | None],
    keys: Iterable[str],
    order: Order[T],
    wanted: PageWanted,
    row: Callable[[T], Row],
) -> Row:
    """``{"items": [{"ownerId", "rows", "hasNext", "total"?}]}``: a page per known owner, rows sorted by ``order``."""
    find = lists if callable(lists) else lists.get
    found = ((key, find(key)) for key in keys)
    return {"items": [{"ownerId": key} | page_of(rows, order, wanted, row) for key, rows in found if rows is not None]}


def page_of(rows: Sequence[T], order: Order[T], wanted: PageWanted, row: Callable[[T], Row]) -> Row:
    """``{"rows": [{…row, "cursor"}], "hasNext", "total"?}`` of rows that are sorted by ``order``."""
    page = order.page(rows, wanted, row)
    return {name: value for name, value in page.items() if value is not None}


def short_of(lists: Mapping[str, Sequence[Row]]) -> Row:
    """``{"items": [{"ownerId", "rows"}]}``: whole lists; above 500 rows together they are refused, never cut off."""
    if sum(map(len, lists.values())) > MOST_ROWS:
        raise rejected("RANGE_TOO_WIDE", f"more than {MOST_ROWS} rows")
    return {"items": [{"ownerId": key, "rows": list(rows)} for key, rows in lists.items()]}
