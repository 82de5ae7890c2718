"""Reads lists of objects so that what is not of the form costs the field or the row, never the list.

First the whole list is read at once, strictly; only where that fails it is read again piece by piece
(``connectors/lenient.py``).
"""

from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import msgspec

from connectors.errors import PlatformError
from connectors.lenient import NOT_THE_FORM, broken_in, row_from, values_in
from connectors.zhezhengding.envelope import Held

P = TypeVar("P", bound=msgspec.Struct)
_NOTHING = b"null"


@dataclass(frozen=True, slots=True)
class Rows(Generic[P]):
    """The rows that told their key, in order; ``nameless`` where one did not: what is missing may be that one.

    ``total`` is how many there are on all pages, the error where it is told in no form, None where it is not told.
    """

    rows: list[P]
    nameless: bool
    total: int | PlatformError | None
    broken: PlatformError


@dataclass(frozen=True, slots=True)
class RowShape(Generic[P]):
    """Rows of one kind: their payload, and its attribute without which a row is nothing."""

    payload: type[P]
    key: str
    decoder: msgspec.json.Decoder[Any] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Make the decoder once; numbers may come as text, and a list that found nothing may be null."""
        kind: Any = list[self.payload] | None  # type: ignore[name-defined]  # a type made at run time
        object.__setattr__(self, "decoder", msgspec.json.Decoder(kind, strict=False))

    def read(self, held: Held) -> Rows[P]:
        """Read a list; raises ``UnexpectedAnswerError`` when it is none."""
        broken = broken_in(held.platform, held.operation)
        total = total_of(held)
        try:
            return Rows(held.strictly(self.decoder) or [], nameless=False, total=total, broken=broken)
        except NOT_THE_FORM:
            return self._leniently(held, total, broken)

    def read_one(self, held: Held) -> P:
        """Read one object; raises ``UnexpectedAnswerError`` when it is none, or does not tell its key."""
        broken = broken_in(held.platform, held.operation)
        try:
            row = row_from(msgspec.json.decode(held.unquoted), self.payload, broken)
        except NOT_THE_FORM as error:
            raise broken from error
        if isinstance(getattr(row, self.key), PlatformError):
            raise broken
        return row

    def _leniently(self, held: Held, total: int | PlatformError | None, broken: PlatformError) -> Rows[P]:
        try:
            unquoted = held.unquoted
        except NOT_THE_FORM as error:
            raise broken from error
        if unquoted == _NOTHING:
            return Rows([], nameless=False, total=total, broken=broken)
        values = list(values_in(unquoted, broken))
        rows = [row_from(value, self.payload, broken) for value in values if isinstance(value, dict)]
        named = [row for row in rows if not isinstance(getattr(row, self.key), PlatformError | None)]
        return Rows(named, nameless=len(named) < len(values), total=total, broken=broken)


def total_of(held: Held) -> int | PlatformError | None:
    """How many rows there are in all; the error where it is told in no form, None where it is not told."""
    if held.total is None:
        return None
    try:
        return msgspec.convert(held.total, int, strict=False)
    except msgspec.ValidationError:
        return broken_in(held.platform, held.operation)
