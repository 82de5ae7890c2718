"""Reads lists of rows so that a row which cannot be read costs itself and not the list."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import msgspec

from connectors.errors import PlatformError, UnexpectedAnswerError
from connectors.transport import Answer

P = TypeVar("P", bound=msgspec.Struct)
R = TypeVar("R")


class _Items(msgspec.Struct, frozen=True):
    items: list[msgspec.Raw]


def records_in(answer: Answer, shape: type[P], key: str, read: Callable[[P], R]) -> Mapping[str, R | PlatformError]:
    """Read ``{"items": [row, …]}`` into records by the row's member ``key`` (its name on the wire).

    A row of another shape becomes an ``UnexpectedAnswerError`` under its key.

    Raises:
        UnexpectedAnswerError: the answer is no such list, or a row does not even tell its key.
    """
    records: dict[str, R | PlatformError] = {}
    for raw in answer.decoded(_Items).items:
        try:
            records[_key_of(answer, raw, key)] = read(msgspec.json.decode(raw, type=shape, strict=False))
        except (msgspec.ValidationError, UnicodeDecodeError):  # text is not looked at until a row is read
            broken = UnexpectedAnswerError(answer.platform, answer.operation, "a row is not of the form")
            records[_key_of(answer, raw, key)] = broken
    return records


def _key_of(answer: Answer, raw: msgspec.Raw, key: str) -> str:
    try:
        row: Any = msgspec.json.decode(raw)
    except UnicodeDecodeError:
        row = None
    value = row.get(key) if isinstance(row, dict) else None
    if not isinstance(value, str):
        raise UnexpectedAnswerError(answer.platform, answer.operation, "a row without its key")
    return value
