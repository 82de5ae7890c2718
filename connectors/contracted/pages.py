"""Reads pages: ``{"items": [{"ownerId", "rows", "hasNext", "total"}]}`` by owner, ``{"rows", …}`` of a whole list.

Rows carry their cursor among their own members. What is not of the form costs as little as it can: a field, a row,
the page of one owner.
"""

from collections.abc import Collection, Mapping
from typing import Any, Generic, TypeVar

import msgspec

from connectors.contracted.payloads import RowPayload
from connectors.contracted.rows import Shape, decoder_of
from connectors.errors import PlatformError
from connectors.lenient import NOT_THE_FORM, broken_in, row_from, values_in
from connectors.records.page import Page, PageArgs, Row
from connectors.transport import Answer

P = TypeVar("P", bound=RowPayload)
R = TypeVar("R")


class _Rows(msgspec.Struct, Generic[P], rename="camel", frozen=True):
    rows: list[P]
    has_next: bool
    total: int | None = None


class _OwnRows(msgspec.Struct, Generic[P], rename="camel", frozen=True):
    owner_id: str
    rows: list[P]
    has_next: bool = False
    total: int | None = None


class _OwnPages(msgspec.Struct, Generic[P], frozen=True):
    items: list[_OwnRows[P]]


class _RawItems(msgspec.Struct, frozen=True):
    items: msgspec.Raw


def page_params(page: PageArgs) -> dict[str, str]:
    """The page as parameters of a query."""
    wanted = {"first": str(page.first)}
    if page.after is not None:
        wanted["after"] = page.after
    if page.with_total:
        wanted["withTotal"] = "true"
    return wanted


def empty_page(page: PageArgs) -> Page[Any]:
    """The page of an owner the platform does not know."""
    return Page(edges=(), has_next=False, total=0 if page.with_total else None)


def page_in(answer: Answer, shape: Shape[P, R]) -> Page[R]:
    """Read one page of a whole list; raises ``UnexpectedAnswerError`` when it is none."""
    try:
        rows = decoder_of(_Rows, shape.payload).decode(answer.body)
    except NOT_THE_FORM:
        return _page_leniently(answer.json(), shape, _broken(answer))
    return _page(rows, shape)


def pages_in(answer: Answer, shape: Shape[P, R], asked: Collection[str]) -> Mapping[str, Page[R] | PlatformError]:
    """Read the page of each owner; raises ``UnexpectedAnswerError`` when it is no list of pages.

    Where a page does not tell its owner, each owner ``asked`` for that is missing is an error.
    """
    try:
        items = decoder_of(_OwnPages, shape.payload).decode(answer.body).items
    except NOT_THE_FORM:
        return _pages_leniently(answer, shape, asked)
    return {item.owner_id: _page(item, shape) for item in items}


def lists_in(
    answer: Answer, shape: Shape[P, R], asked: Collection[str]
) -> Mapping[str, tuple[R | PlatformError, ...] | PlatformError]:
    """Read the short, whole list of each owner (no cursors); as ``pages_in``."""
    pages = pages_in(answer, shape, asked)
    return {key: page if isinstance(page, PlatformError) else page.nodes for key, page in pages.items()}


def _page(rows: Any, shape: Shape[P, R]) -> Page[R]:
    read = shape.record
    edges = tuple([Row(cursor=row.cursor, node=read(row)) for row in rows.rows])
    return Page(edges=edges, has_next=rows.has_next, total=rows.total)


def _pages_leniently(
    answer: Answer, shape: Shape[P, R], asked: Collection[str]
) -> Mapping[str, Page[R] | PlatformError]:
    broken = _broken(answer)
    pages: dict[str, Page[R] | PlatformError] = {}
    nameless = False
    for value in values_in(answer.decoded(_RawItems).items, broken):
        owner = value.get("ownerId") if isinstance(value, dict) else None
        if not isinstance(owner, str):
            nameless = True
            continue
        try:
            pages[owner] = _page_leniently({"hasNext": False} | value, shape, broken)
        except PlatformError as error:
            pages[owner] = error
    return (dict.fromkeys(asked, broken) if nameless else {}) | pages


def _page_leniently(value: Any, shape: Shape[P, R], broken: PlatformError) -> Page[R]:
    """Read a page row by row; one that tells no key is an error in its own place. Raises ``broken`` without rows."""
    if not isinstance(value, dict) or not isinstance(value.get("rows"), list):
        raise broken
    has_next = value.get("hasNext")
    if not isinstance(has_next, bool):
        raise broken
    total: Any = value.get("total")
    if total is not None and (isinstance(total, bool) or not isinstance(total, int)):
        total = broken
    return Page(edges=tuple(_edge(row, shape, broken) for row in value["rows"]), has_next=has_next, total=total)


def _edge(value: Any, shape: Shape[P, R], broken: PlatformError) -> Row[Any]:
    if not isinstance(value, dict):
        return Row(cursor="", node=broken)
    row = row_from(value, shape.payload, broken)
    cursor: Any = row.cursor
    named = isinstance(getattr(row, shape.key), str)
    return Row(cursor=cursor if isinstance(cursor, str) else "", node=shape.record(row) if named else broken)


def _broken(answer: Answer) -> PlatformError:
    return broken_in(answer.platform, answer.operation)
