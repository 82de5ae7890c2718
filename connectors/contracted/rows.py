"""Reads answers that hold rows, so that what is not of the form costs the field, the row or the page, never more.

First the whole answer is read at once, strictly; only where that fails it is read again piece by piece
(``connectors/lenient.py``).
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import Any, Generic, TypeVar

import msgspec

from connectors.errors import PlatformError
from connectors.lenient import NOT_THE_FORM, broken_in, row_from, rows_from
from connectors.transport import Answer

P = TypeVar("P", bound=msgspec.Struct)
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Shape(Generic[P, R]):
    """Rows of one kind: their payload, its attribute that is their key, and payload → record.

    ``record`` must pass errors on that stand in a value's place (``connectors.lenient.kept``).
    """

    payload: type[P]
    record: Callable[[P], R]
    key: str = "id"


class _Items(msgspec.Struct, Generic[P], frozen=True):
    items: list[P]


class _RawItems(msgspec.Struct, frozen=True):
    items: msgspec.Raw


@lru_cache(maxsize=256)
def decoder_of(kind: Any, of: Any = None) -> msgspec.json.Decoder[Any]:
    """The decoder of a type, or of a generic type ``of`` another, made once; numbers may come as text."""
    return msgspec.json.Decoder(kind if of is None else kind[of], strict=False)


def records_in(answer: Answer, shape: Shape[P, R], asked: Collection[str]) -> Mapping[str, R | PlatformError]:
    """Read ``{"items": [row, …]}`` into records by key.

    Where a row does not even tell its key, each key ``asked`` for that is missing is an error: it may be that row.
    Raises ``UnexpectedAnswerError`` when the answer is no such list.
    """
    try:
        rows = decoder_of(_Items, shape.payload).decode(answer.body).items
    except NOT_THE_FORM:
        return _leniently(answer, shape, asked)
    name, read = attrgetter(shape.key), shape.record
    return {name(row): read(row) for row in rows}


def record_in(answer: Answer, shape: Shape[P, R]) -> R:
    """Read an answer that is one row; raises ``UnexpectedAnswerError`` when it is none, or does not tell its key."""
    try:
        row = decoder_of(shape.payload).decode(answer.body)
    except NOT_THE_FORM:
        broken = broken_in(answer.platform, answer.operation)
        row = row_from(answer.json(), shape.payload, broken)
        if getattr(row, shape.key) is broken:
            raise broken from None
    return shape.record(row)


def _leniently(answer: Answer, shape: Shape[P, R], asked: Collection[str]) -> Mapping[str, R | PlatformError]:
    broken = broken_in(answer.platform, answer.operation)
    rows, nameless = rows_from(answer.decoded(_RawItems).items, shape.payload, shape.key, broken)
    records: dict[str, R | PlatformError] = dict.fromkeys(asked, broken) if nameless else {}
    return records | {key: shape.record(row) for key, row in rows.items()}
