"""Reads the parameters of our own services as strictly as ``contract/`` says."""

import re
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any, TypeVar

from starlette.requests import Request

from connectors.sandbox.paging import Order, PageWanted

E = TypeVar("E", bound=Enum)
MISSING = "PARAMETER-MISSING"
INVALID = "PARAMETER-INVALID"
TOO_MANY_KEYS = "TOO-MANY-KEYS"
CURSOR_INVALID = "CURSOR-INVALID"
RANGE_TOO_WIDE = "RANGE-TOO-WIDE"
PAGE = ("first", "after", "withTotal")
_KEY = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_ACCOUNT = re.compile(r"[A-Za-z0-9_.-]{1,128}")
_REGION = re.compile(r"[0-9]{6}")
_FIRST = re.compile(r"[1-9][0-9]?|100")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|-[0-9]{2}:[0-9]{2})")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOST_KEYS = 100
MOST_DAYS = 366


class ParameterError(Exception):
    """What the contract does not allow; ``code`` is the envelope's, without the service's word before it."""

    def __init__(self, code: str, name: str) -> None:
        super().__init__(name)
        self.code = code


class Parameters:
    """The query of one request; every method raises ``ParameterError``."""

    def __init__(self, request: Request, known: Collection[str]) -> None:
        pairs = request.query_params.multi_items()
        self._values: Mapping[str, str] = dict(pairs)
        if len(pairs) != len(self._values):
            raise ParameterError(INVALID, "given twice")
        for name in self._values:
            if name not in known:
                raise ParameterError(INVALID, "no such parameter")

    def keys(self, name: str, form: re.Pattern[str] = _KEY) -> list[str]:
        """Comma-joined keys, at most 100, each told once."""
        values = self._required(name).split(",")
        if len(values) > _MOST_KEYS:
            raise ParameterError(TOO_MANY_KEYS, name)
        if not all(form.fullmatch(value) for value in values):
            raise ParameterError(INVALID, name)
        return list(dict.fromkeys(values))

    def accounts(self, name: str) -> list[str]:
        """Comma-joined accounts of the citizen app."""
        return self.keys(name, _ACCOUNT)

    def page(self, order: Order[Any]) -> PageWanted:
        """Which page; raises ``BadPlaceError`` for a cursor of another order."""
        first = self._required("first")
        if not _FIRST.fullmatch(first):
            raise ParameterError(INVALID, "first")
        return PageWanted(int(first), order.place_from(self._values.get("after")), self.flag("withTotal") or False)

    def flag(self, name: str) -> bool | None:
        """True, false or not said."""
        value = self._values.get(name)
        if value not in (None, "true", "false"):
            raise ParameterError(INVALID, name)
        return None if value is None else value == "true"

    def key(self, name: str) -> str | None:
        """The key of a thing."""
        return self._matching(name, _KEY)

    def required_key(self, name: str) -> str:
        """The key of a thing that must be given."""
        self._required(name)
        return self.key(name) or ""

    def text(self, name: str, form: re.Pattern[str]) -> str:
        """A text of that form that must be given."""
        self._required(name)
        return self._matching(name, form) or ""

    def account(self, name: str) -> str | None:
        """An account of the citizen app."""
        return self._matching(name, _ACCOUNT)

    def required_account(self, name: str) -> str:
        """An account that must be given."""
        self._required(name)
        return self.account(name) or ""

    def region(self, name: str) -> str | None:
        """A GB/T 2260 code."""
        return self._matching(name, _REGION)

    def required_region(self, name: str) -> str:
        """A GB/T 2260 code that must be given."""
        self._required(name)
        return self.region(name) or ""

    def moment(self, name: str) -> float | None:
        """A time, in UTC with ``Z`` or with an offset behind Greenwich: a plus cannot be signed safely."""
        value = self._matching(name, _MOMENT)
        try:
            return None if value is None else datetime.fromisoformat(value).timestamp()
        except (ValueError, OverflowError) as error:
            raise ParameterError(INVALID, name) from error

    def days(self) -> tuple[date, date]:
        """``from`` and ``to``, both included and at most 366 days."""
        first, last = self._day("from"), self._day("to")
        if last < first:
            raise ParameterError(INVALID, "to")
        if last - first >= timedelta(days=MOST_DAYS):
            raise ParameterError(RANGE_TOO_WIDE, "to")
        return first, last

    def choice(self, name: str, kind: type[E]) -> E | None:
        """One of an enumeration's values."""
        return self._chosen(name, self._values[name], kind) if name in self._values else None

    def required_choice(self, name: str, kind: type[E]) -> E:
        """One of an enumeration's values, which must be given."""
        return self._chosen(name, self._required(name), kind)

    def choices(self, name: str, kind: type[E]) -> frozenset[E] | None:
        """Comma-joined values of an enumeration."""
        value = self._values.get(name)
        return None if value is None else frozenset(self._chosen(name, each, kind) for each in value.split(","))

    def _day(self, name: str) -> date:
        value = self._required(name)
        try:
            return date.fromisoformat(value) if _DATE.fullmatch(value) else _no_day()
        except ValueError as error:
            raise ParameterError(INVALID, name) from error

    @staticmethod
    def _chosen(name: str, value: str, kind: type[E]) -> E:
        try:
            return kind(value)
        except ValueError as error:
            raise ParameterError(INVALID, name) from error

    def _required(self, name: str) -> str:
        value = self._values.get(name)
        if not value:
            raise ParameterError(MISSING, name)
        return value

    def _matching(self, name: str, form: re.Pattern[str]) -> str | None:
        value = self._values.get(name)
        if value is not None and not form.fullmatch(value):
            raise ParameterError(INVALID, name)
        return value


def _no_day() -> date:
    raise ValueError
