"""Reads what a platform sends when it is not of the form: a field that is wrong costs that field.

The fast way is msgspec's: a whole list at once, strictly. Only where that fails is the same answer read again here,
row by row and field by field; what is missing or of another type is then the error itself, in the value's place. It
passes through the mapping (``kept``) into the record, and the graph raises it where the field is asked for.
"""

import types
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, TypeVar, Union, get_args, get_origin

import msgspec

from connectors.errors import PlatformError, UnexpectedAnswerError

P = TypeVar("P", bound=msgspec.Struct)
T = TypeVar("T")
R = TypeVar("R")
NOT_THE_FORM = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
"""What msgspec raises for bytes or values that are not of a type."""


class Readability:
    """How many rows of one operation were read leniently since the start, and how many of them lack something."""

    __slots__ = ("lacking", "rows")

    def __init__(self) -> None:
        self.rows = self.lacking = 0


READ: dict[tuple[str, str], Readability] = defaultdict(Readability)
"""By platform and operation; there is nothing where every answer was of its form."""


def rows_read(platform: str, operation: str) -> tuple[int, int]:
    """How many rows of that operation were read leniently, and how many of them lack something."""
    read = READ.get((platform, operation))
    return (0, 0) if read is None else (read.rows, read.lacking)


def row_from(value: Any, shape: type[P], broken: PlatformError) -> P:
    """Read one decoded JSON object; fields that are not of the form hold ``broken``.

    Raises ``UnexpectedAnswerError`` (``broken``) when it is no object at all.
    """
    if not isinstance(value, dict):
        raise broken
    fields = {}
    for field in msgspec.structs.fields(shape):
        if field.encode_name in value:
            fields[field.name] = _read(value[field.encode_name], field.type, broken)
        elif field.required:
            fields[field.name] = broken
    read = READ[broken.platform, broken.operation]
    read.rows += 1
    read.lacking += any(value is broken for value in fields.values())
    return shape(**fields)


def rows_from(raw: bytes | msgspec.Raw, shape: type[P], key: str, broken: PlatformError) -> tuple[dict[str, P], bool]:
    """Read a list of objects by what stands in their field ``key``, leniently.

    Answers the rows, and whether one of them did not even tell its key: then a key that is missing cannot be said to
    be unknown. Raises ``UnexpectedAnswerError`` when it is no list.
    """
    rows: dict[str, P] = {}
    nameless = False
    for value in values_in(raw, broken):
        row = row_from(value, shape, broken) if isinstance(value, dict) else None
        name = getattr(row, key, None)
        if row is None or not isinstance(name, str):
            nameless = True
        else:
            rows[name] = row
    return rows, nameless


def values_in(raw: bytes | msgspec.Raw, broken: PlatformError) -> Iterable[Any]:
    """The values of a JSON list, one that cannot be read as None. Raises ``broken`` when it is no list."""
    try:
        parts = msgspec.json.decode(raw, type=list[msgspec.Raw])
    except NOT_THE_FORM as error:
        raise broken from error
    for part in parts:
        try:
            yield msgspec.json.decode(part)
        except NOT_THE_FORM:
            yield None


def kept(value: T | PlatformError, then: Callable[[T], R]) -> R | PlatformError:
    """Turn a payload's value into a record's; an error in its place stays."""
    return value if isinstance(value, PlatformError) else then(value)


def broken_in(platform: str, operation: str) -> UnexpectedAnswerError:
    """The error that stands for a field, row or list that is not of the form."""
    return UnexpectedAnswerError(platform, operation, "not of the form")


def _read(value: Any, kind: Any, broken: PlatformError) -> Any:
    try:
        return msgspec.convert(value, kind, strict=False)
    except NOT_THE_FORM:
        pass
    for option in _options(kind):
        if isinstance(value, dict) and isinstance(option, type) and issubclass(option, msgspec.Struct):
            return row_from(value, option, broken)
        if isinstance(value, list) and get_origin(option) in {list, tuple}:
            item = get_args(option)[0]
            return get_origin(option)(_read(each, item, broken) for each in value)
    return broken


def _options(kind: Any) -> tuple[Any, ...]:
    """The types a union allows, or the one."""
    return get_args(kind) if get_origin(kind) in {Union, types.UnionType} else (kind,)
