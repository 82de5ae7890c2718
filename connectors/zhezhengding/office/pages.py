"""Reads the lists of our own contracts so that what is not of the form costs the field, the row or the page.

``{"items": [row]}`` by key, ``{"items": [{"employeeCode", "rows", "hasNext", "total"}]}`` by owner. First the whole
answer is read at once, strictly; only where that fails it is read again piece by piece (``connectors/lenient.py``).
"""

# ruff: noqa: N815 - upstream's spelling

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, Protocol, TypeVar

import msgspec

from connectors.errors import PlatformError
from connectors.lenient import NOT_THE_FORM, broken_in, row_from, rows_from, values_in
from connectors.records.page import Page, Row
from connectors.zhezhengding.envelope import Held


class OwnPayload(msgspec.Struct):
    """What rows of our own contracts begin with; ``cursor`` stands in lists that are read in pages."""

    id: str
    cursor: str = ""


P = TypeVar("P", bound=OwnPayload)
R = TypeVar("R")


class Owned(Protocol):
    """A page of one owner, strictly read."""

    rows: list[Any]
    hasNext: bool
    total: int | None


@dataclass(frozen=True, slots=True)
class Shape(Generic[P, R]):
    """A row and the record it becomes; ``record`` passes errors in values' places on (``connectors.lenient.kept``)."""

    payload: type[P]
    record: Callable[[P], R]


class _Items(msgspec.Struct, Generic[P]):
    items: list[P]


class _Page(msgspec.Struct, Generic[P]):
    rows: list[P]
    employeeCode: str = ""
    organizationCode: str = ""
    hasNext: bool = False
    total: int | None = None


class _RawItems(msgspec.Struct):
    items: msgspec.Raw


@lru_cache(maxsize=64)
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind, strict=False)


def records_in(held: Held, shape: Shape[P, R], asked: Collection[str]) -> Mapping[str, R | PlatformError]:
    """Read rows by key.

    Where a row does not even tell its key, each key ``asked`` for that is missing is an error: it may be that row.
    Raises ``UnexpectedAnswerError`` when the answer is no such list.
    """
    payload: Any = shape.payload
    try:
        rows: list[P] = held.strictly(_decoder(_Items[payload])).items
    except NOT_THE_FORM:
        broken = broken_in(held.platform, held.operation)
        found, nameless = rows_from(_items(held), shape.payload, "id", broken)
        lost: dict[str, R | PlatformError] = dict.fromkeys(asked, broken) if nameless else {}
        return lost | {key: shape.record(row) for key, row in found.items()}
    return {row.id: shape.record(row) for row in rows}


def record_in(held: Held, shape: Shape[P, R]) -> R:
    """Read one row; raises ``UnexpectedAnswerError`` when it is none, or does not tell its key."""
    broken = broken_in(held.platform, held.operation)
    try:
        row = row_from(msgspec.json.decode(held.unquoted), shape.payload, broken)
    except NOT_THE_FORM as error:
        raise broken from error
    if _is_broken(row.id):
        raise broken
    return shape.record(row)


def pages_in(
    held: Held, shape: Shape[P, R], owner: str, asked: Collection[str]
) -> Mapping[str, Page[R] | PlatformError]:
    """Read the page of each owner by what stands in ``owner``; raises ``UnexpectedAnswerError`` when it is no list.

    Where a page does not tell its owner, each owner ``asked`` for that is missing is an error.
    """
    payload: Any = shape.payload
    try:
        pages = held.strictly(_decoder(_Items[_Page[payload]])).items  # type: ignore[type-var]  # a page has no id
        found = {getattr(page, owner): _page(page, shape) for page in pages}
    except NOT_THE_FORM:
        return _pages_leniently(held, shape, owner, asked)
    return found if "" not in found else _pages_leniently(held, shape, owner, asked)


def _page(page: Owned, shape: Shape[P, R]) -> Page[R]:
    edges = tuple(Row(cursor=row.cursor, node=shape.record(row)) for row in page.rows)
    return Page(edges=edges, has_next=page.hasNext, total=page.total)


def _pages_leniently(
    held: Held, shape: Shape[P, R], owner: str, asked: Collection[str]
) -> Mapping[str, Page[R] | PlatformError]:
    broken = broken_in(held.platform, held.operation)
    pages: dict[str, Page[R] | PlatformError] = {}
    nameless = False
    for value in values_in(_items(held), broken):
        key = value.get(owner) if isinstance(value, dict) else None
        if isinstance(key, str) and key:
            pages[key] = _page_leniently(value, shape, broken)
        else:
            nameless = True
    return (dict.fromkeys(asked, broken) if nameless else {}) | pages


def _page_leniently(value: Mapping[str, Any], shape: Shape[P, R], broken: PlatformError) -> Page[R] | PlatformError:
    """Row by row; one that tells no key is an error in its own place. Without rows the page is the error."""
    rows, has_next = value.get("rows"), value.get("hasNext", False)
    total: Any = value.get("total")
    if not isinstance(rows, list) or not isinstance(has_next, bool):
        return broken
    if total is not None and (isinstance(total, bool) or not isinstance(total, int)):
        total = broken
    return Page(edges=tuple(_edge(row, shape, broken) for row in rows), has_next=has_next, total=total)


def _edge(value: Any, shape: Shape[P, R], broken: PlatformError) -> Row[Any]:
    if not isinstance(value, dict):
        return Row(cursor="", node=broken)
    row = row_from(value, shape.payload, broken)
    cursor: Any = row.cursor
    node: Any = broken if _is_broken(row.id) else shape.record(row)
    return Row(cursor=cursor if isinstance(cursor, str) else "", node=node)


def _is_broken(value: Any) -> bool:
    return isinstance(value, PlatformError)


def _items(held: Held) -> msgspec.Raw:
    items: msgspec.Raw = held.decoded(_decoder(_RawItems)).items
    return items
