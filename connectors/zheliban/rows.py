"""Reads rows out of an envelope, so that what is not of the form costs the field, the row or the page, never more.

First everything is read at once, strictly; only where that fails it is read again piece by piece
(``connectors/lenient.py``).
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import Any, Generic, TypeVar

import msgspec

from connectors.errors import PlatformError
from connectors.lenient import NOT_THE_FORM, broken_in, row_from, rows_from, values_in
from connectors.records.found import FoundRow
from connectors.records.page import Page, Row
from connectors.zheliban.envelope import Data
from connectors.zheliban.payloads import Payload

P = TypeVar("P", bound=msgspec.Struct)
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Shape(Generic[P, R]):
    """Rows of one kind: their payload, its attribute that is their key, and payload → record.

    ``record`` must pass errors on that stand in a value's place (``connectors.lenient.kept``). It may answer None for
    a row that is not to be shown, and an error for one of which nobody can tell.
    """

    payload: type[P]
    record: Callable[[P], R | PlatformError | None]
    key: str = "id"


class _Items(Payload, Generic[P], frozen=True):
    items: list[P]


class _RawItems(Payload, frozen=True):
    items: msgspec.Raw


class _Rows(Payload, Generic[P], frozen=True, kw_only=True):
    rows: list[P]
    hasNext: bool  # noqa: N815 - upstream's spelling
    total: int | None = None


class _OwnRows(_Rows[P], Generic[P], frozen=True, kw_only=True):
    ownerId: str  # noqa: N815 - upstream's spelling


@lru_cache(maxsize=256)
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)


def records_in(data: Data, shape: Shape[P, R], asked: Collection[str]) -> Mapping[str, R | PlatformError]:
    """Read ``{"items": [row, …]}`` into records by key; rows that are not to be shown are left out.

    Where a row does not even tell its key, each key ``asked`` for that is missing is an error: it may be that row.
    Raises ``UnexpectedAnswerError`` when it is no such list.
    """
    try:
        items = _decoder(_Items[shape.payload]).decode(data.raw).items  # type: ignore[name-defined]  # a type made at run time
    except NOT_THE_FORM:
        return _leniently(data, shape, asked)
    name, read = attrgetter(shape.key), shape.record
    return {name(row): record for row in items if (record := read(row)) is not None}


def record_in(data: Data, shape: Shape[P, R]) -> R | PlatformError | None:
    """Read what is one row; raises ``UnexpectedAnswerError`` when it is no object."""
    broken = broken_in(data.platform, data.operation)
    try:
        row = _decoder(shape.payload).decode(data.raw)
    except NOT_THE_FORM:
        row = row_from(_decoded(data.raw, Any), shape.payload, broken)
    return shape.record(row)


def page_in(data: Data, shape: Shape[P, R]) -> Page[R]:
    """Read one page of a whole list; raises ``UnexpectedAnswerError`` when it is none."""
    try:
        page = _decoder(_Rows[shape.payload]).decode(data.raw)  # type: ignore[name-defined]  # as above
    except NOT_THE_FORM:
        return _page_leniently(data.decoded(dict[str, msgspec.Raw]), shape, broken_in(data.platform, data.operation))
    return _page(page, shape)


def pages_in(data: Data, shape: Shape[P, R], asked: Collection[str]) -> Mapping[str, Page[R] | PlatformError]:
    """Read ``{"items": [{"ownerId", "rows", …}]}``; raises ``UnexpectedAnswerError`` when it is no list of pages.

    Where a page does not tell its owner, each owner ``asked`` for that is missing is an error.
    """
    try:
        items = _decoder(_Items[_OwnRows[shape.payload]]).decode(data.raw).items  # type: ignore[name-defined]  # as above
    except NOT_THE_FORM:
        return _pages_leniently(data, shape, asked)
    return {item.ownerId: _page(item, shape) for item in items}


def held(value: Any, then: Callable[[Any], Any]) -> Any:
    """Turn a payload's value into a record's; an error stays in its place, and so does null."""
    return value if value is None or isinstance(value, PlatformError) else then(value)


def held_each(values: Any, then: Callable[[Any], Any]) -> Any:
    """Turn a payload's list into a record's tuple; an error stays in its place."""
    if isinstance(values, PlatformError):
        return values
    return tuple([row if row is None or isinstance(row, PlatformError) else then(row) for row in values])


def _leniently(data: Data, shape: Shape[P, R], asked: Collection[str]) -> Mapping[str, R | PlatformError]:
    broken = broken_in(data.platform, data.operation)
    rows, nameless = rows_from(data.decoded(_RawItems).items, shape.payload, shape.key, broken)
    records: dict[str, R | PlatformError] = dict.fromkeys(asked, broken) if nameless else {}
    made = {key: shape.record(row) for key, row in rows.items()}
    return records | {key: record for key, record in made.items() if record is not None}


def _pages_leniently(data: Data, shape: Shape[P, R], asked: Collection[str]) -> Mapping[str, Page[R] | PlatformError]:
    broken = broken_in(data.platform, data.operation)
    pages: dict[str, Page[R] | PlatformError] = {}
    nameless = False
    for raw in values_in(data.decoded(_RawItems).items, broken):
        owner = raw.get("ownerId") if isinstance(raw, dict) else None
        if not isinstance(owner, str):
            nameless = True
            continue
        try:
            pages[owner] = _page_leniently(
                {k: msgspec.Raw(msgspec.json.encode(v)) for k, v in raw.items()}, shape, broken
            )
        except PlatformError as error:
            pages[owner] = error
    return (dict.fromkeys(asked, broken) if nameless else {}) | pages


def _page(rows: Any, shape: Shape[P, R]) -> Page[R]:
    read = shape.record
    edges = tuple([_edge(row, record) for row in rows.rows if (record := read(row)) is not None])
    return Page(edges=edges, has_next=rows.hasNext, total=rows.total)


def _page_leniently(raw: Mapping[str, msgspec.Raw], shape: Shape[P, R], broken: PlatformError) -> Page[Any]:
    """Read a page row by row; one that tells no key is an error in its own place. Raises ``broken`` without rows."""
    has_next = _decoded(raw.get("hasNext", msgspec.Raw(b"")), bool)
    if has_next is None or "rows" not in raw:
        raise broken
    edges = (_lenient_edge(value, shape, broken) for value in values_in(raw["rows"], broken))
    total: Any = _decoded(raw["total"], int | None, broken) if "total" in raw else None
    return Page(edges=tuple(edge for edge in edges if edge is not None), has_next=has_next, total=total)


def _lenient_edge(value: Any, shape: Shape[P, R], broken: PlatformError) -> Row[Any] | None:
    row = row_from(value, shape.payload, broken) if isinstance(value, dict) else None
    if row is None or not isinstance(getattr(row, shape.key), str):
        return _edge(row, broken)
    record = shape.record(row)
    return None if record is None else _edge(row, record)


def _edge(row: Any, node: Any) -> Row[Any]:
    """The row of a page; a cursor that cannot be read is an empty one, which no list goes on from."""
    cursor, score = getattr(row, "cursor", ""), getattr(row, "score", None)
    cursor = cursor if isinstance(cursor, str) else ""
    return Row(cursor=cursor, node=node) if score is None else FoundRow(cursor=cursor, node=node, score=score)


def _decoded(raw: Any, kind: Any, otherwise: Any = None) -> Any:
    try:
        return msgspec.json.decode(raw, type=kind)
    except NOT_THE_FORM:
        return otherwise
