"""Invents values: by the type, the field's name and its Chinese description; the same seed gives the same value."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta, timezone
from hashlib import blake2b
from typing import Any

from graphql import GraphQLEnumType, GraphQLNamedType

_CHINA = timezone(timedelta(hours=8))
_FIRST_DAY = datetime(2026, 1, 1, 9, tzinfo=_CHINA)
_DAYS = 365
_CLAUSE = re.compile(r"[^，；。：、（(,;:.]+")
_LATER = re.compile(r"^(to|until|due|end)|(Until|End|To|Due|Deadline|Sunset)(s?(At|On))?$|^ends")
_PHONE = re.compile(r"(?i)phone|mobile")
_ADDRESS_OF_FILE = re.compile(r"(?i)url$|^(portrait|picture|link)$")


def number_of(*seed: object) -> int:
    """A number that looks like none in particular."""
    return int.from_bytes(blake2b("\x1f".join(map(str, seed)).encode(), digest_size=6).digest())


def leaf_of(kind: GraphQLNamedType, owner: str, field: str, words: str) -> Any:
    """A value of a scalar or an enum. ``owner`` is the object's seed; ``words`` describe the field."""
    if isinstance(kind, GraphQLEnumType):
        names = [*kind.values]
        return names[number_of(owner, field) % len(names)]
    invent = _SCALARS.get(kind.name, _text)
    return invent(owner, field, words)


def _text(owner: str, field: str, words: str) -> str:
    number = number_of(owner) % 1000
    if _PHONE.search(field):
        return f"0576-8800{number:04}"
    if _ADDRESS_OF_FILE.search(field):
        return f"https://example.invalid/{field}/{number}"
    clause = _CLAUSE.search(words)
    return f"{clause[0].strip() if clause else field} {number}"


def _moment(owner: str, field: str) -> datetime:
    """One of a year's days, the same for all of an object's fields; what ends is a few hours later."""
    begins = _FIRST_DAY + timedelta(days=number_of(owner) % _DAYS)
    return begins + timedelta(hours=8 if _LATER.search(field) else 0)


def _day(owner: str, field: str, _: str) -> str:
    day: date = _moment(owner, field).date()
    return (day + timedelta(days=7 if _LATER.search(field) else 0)).isoformat()


_SCALARS: Mapping[str, Callable[[str, str, str], Any]] = {
    "Int": lambda owner, field, _: number_of(owner, field) % 100,
    "Float": lambda owner, field, _: number_of(owner, field) % 101 / 100,
    "Boolean": lambda owner, field, _: number_of(owner, field) % 2 == 0,
    "DateTime": lambda owner, field, _: _moment(owner, field).isoformat(),
    "Date": _day,
}
