"""Reads the parameters of our own contracts as strictly as ``contract/`` says."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from enum import Enum
from typing import TypeVar

from connectors.sandbox.paging import BadPlaceError, Order, PageWanted
from connectors.zhezhengding.office.codes import (
    CURSOR_INVALID,
    PARAMETER_INVALID,
    PARAMETER_MISSING,
    RANGE_TOO_WIDE,
    TOO_MANY_KEYS,
)
from connectors.zhezhengding.sandbox.envelopes import FailedError

E = TypeVar("E", bound=Enum)
T = TypeVar("T")
MOST_KEYS = 100
LONGEST = timedelta(days=31)
_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")
_MEDIA = re.compile(r"\$[A-Za-z0-9_-]{1,64}")
_WRITE_ID = re.compile(r"[A-Za-z0-9_-]{16,64}")
_FIRST = re.compile(r"[1-9][0-9]?|100")
_YEARS = range(1970, 2101)
_LISTS = frozenset({"ids", "employeeCodes", "organizationCodes", "kinds", "receiverCodes", "mediaIds", "fileNames"})


class Asked:
    """One request's parameters, blank ones left out; every method raises ``FailedError``."""

    def __init__(self, values: Mapping[str, Sequence[str]], known: Collection[str]) -> None:
        self._values = values
        for name, given in values.items():
            if name not in known and name != "tenantId":
                raise FailedError(PARAMETER_INVALID, f"no such parameter: {name[:64]}")
            if len(given) > 1 and name not in _LISTS:
                raise FailedError(PARAMETER_INVALID, f"{name} is given twice")

    def has(self, name: str) -> bool:
        """Whether it was given."""
        return name in self._values

    def text(self, name: str, longest: int) -> str:
        """Words, which must be given."""
        return _within(name, self._required(name)[0], longest)

    def words(self, name: str, longest: int) -> str | None:
        """Words, if given."""
        return _within(name, self._values[name][0], longest) if name in self._values else None

    def key(self, name: str) -> str:
        """A key, which must be given."""
        return _matching(name, self._required(name)[0], _KEY)

    def optional_key(self, name: str) -> str | None:
        """A key, if given."""
        return self.key(name) if name in self._values else None

    def write_id(self) -> str:
        """The caller's idempotency id."""
        return _matching("writeId", self._required("writeId")[0], _WRITE_ID)

    def keys(self, name: str) -> list[str]:
        """A repeated key, at most 100 values, each told once."""
        given = self._required(name)
        if len(given) > MOST_KEYS:
            raise FailedError(TOO_MANY_KEYS, f"{name} takes at most {MOST_KEYS}")
        return list(dict.fromkeys(_matching(name, one, _KEY) for one in given))

    def files(self) -> list[dict[str, str]]:
        """Files by media id, each with its name."""
        media, names = self._values.get("mediaIds", ()), self._values.get("fileNames", ())
        if len(media) != len(names) or len(media) > MOST_KEYS:
            raise FailedError(PARAMETER_INVALID, "mediaIds and fileNames go together")
        pairs = zip(media, names, strict=True)
        return [{"mediaId": _matching("mediaIds", m, _MEDIA), "name": _within("fileNames", n, 200)} for m, n in pairs]

    def flag(self, name: str) -> bool | None:
        """True, false or not said."""
        value = self._values.get(name, (None,))[0]
        if value not in {None, "true", "false"}:
            raise FailedError(PARAMETER_INVALID, f"{name} is true or false")
        return None if value is None else value == "true"

    def choice(self, name: str, kind: type[E]) -> E:
        """One of an enumeration's values."""
        return _chosen(name, self._required(name)[0], kind)

    def choices(self, name: str, kind: type[E]) -> frozenset[E]:
        """Some of an enumeration's values; none given means none."""
        return frozenset(_chosen(name, one, kind) for one in self._values.get(name, ()))

    def moment(self, name: str) -> datetime:
        """A time with its offset."""
        try:
            moment = datetime.fromisoformat(self._required(name)[0])
        except ValueError as error:
            raise FailedError(PARAMETER_INVALID, f"{name} is no time") from error
        if moment.tzinfo is None or moment.year not in _YEARS:
            raise FailedError(PARAMETER_INVALID, f"{name} is no time of ours")
        return moment

    def span(self) -> tuple[datetime, datetime]:
        """From (included) to (not included), at most 31 days."""
        start, end = self.moment("from"), self.moment("to")
        if start >= end:
            raise FailedError(PARAMETER_INVALID, "from is not before to")
        if end - start > LONGEST:
            raise FailedError(RANGE_TOO_WIDE, "at most 31 days")
        return start, end

    def page(self, order: Order[T]) -> PageWanted:
        """Which page of that order."""
        first = _matching("first", self._required("first")[0], _FIRST)
        try:
            after = order.place_from(self._values.get("after", (None,))[0])
        except BadPlaceError as error:
            raise FailedError(CURSOR_INVALID, "after is no cursor of this list") from error
        return PageWanted(int(first), after, with_total=self.flag("withTotal") is True)

    def _required(self, name: str) -> Sequence[str]:
        if name not in self._values:
            raise FailedError(PARAMETER_MISSING, f"{name} is required")
        return self._values[name]


def _matching(name: str, value: str, form: re.Pattern[str]) -> str:
    if not form.fullmatch(value):
        raise FailedError(PARAMETER_INVALID, f"{name} is not of its form")
    return value


def _within(name: str, value: str, longest: int) -> str:
    if len(value) > longest:
        raise FailedError(PARAMETER_INVALID, f"{name} takes at most {longest} characters")
    return value


def _chosen(name: str, value: str, kind: type[E]) -> E:
    try:
        return kind(value)
    except ValueError as error:
        raise FailedError(PARAMETER_INVALID, f"{name} is none of its values") from error
