"""Lists of the handheld office: one page per employee, in one of two orders."""

import enum
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from connectors.sandbox.paging import Order
from connectors.zhezhengding.office.codes import PARAMETER_INVALID
from connectors.zhezhengding.sandbox.envelopes import FailedError
from connectors.zhezhengding.sandbox.office.asking import Asked
from connectors.zhezhengding.sandbox.office.shelves import Entry

PAGING = ("first", "after", "withTotal", "orderBy", "changedSince")


class OrderBy(enum.Enum):
    """The orders a list has."""

    NEWEST_FIRST = "NEWEST_FIRST"
    CHANGED_AT_ASC = "CHANGED_AT_ASC"


_ORDERS: dict[OrderBy, Order[Entry]] = {
    OrderBy.NEWEST_FIRST: Order("newest", lambda entry: (-entry.at.timestamp(), entry.id)),
    OrderBy.CHANGED_AT_ASC: Order("changed", lambda entry: (entry.changed_at.timestamp(), entry.id)),
}


def pages(
    asked: Asked,
    owners: Sequence[str],
    entries: Callable[[str], list[Entry]],
    row: Callable[[str, Entry], dict[str, Any]],
) -> dict[str, Any]:
    """One page per employee, of what ``entries`` has for them.

    In the order of changes withdrawn entries are told too, and ``changedSince`` may leave out older ones.
    """
    chosen = asked.choice("orderBy", OrderBy) if asked.has("orderBy") else OrderBy.NEWEST_FIRST
    since = _since(asked, chosen)
    order = _ORDERS[chosen]
    wanted = asked.page(order)
    items = []
    for owner in owners:
        found = [e for e in entries(owner) if _told(e, chosen) and (since is None or e.changed_at >= since)]
        found.sort(key=order.place)
        page = order.page(found, wanted, partial(row, owner))
        if page["total"] is None:
            del page["total"]
        items.append({"employeeCode": owner, **page})
    return {"items": items}


def _since(asked: Asked, chosen: OrderBy) -> datetime | None:
    if not asked.has("changedSince"):
        return None
    if chosen is not OrderBy.CHANGED_AT_ASC:
        raise FailedError(PARAMETER_INVALID, "changedSince goes with orderBy CHANGED_AT_ASC")
    return asked.moment("changedSince")


def _told(entry: Entry, chosen: OrderBy) -> bool:
    return entry.withdrawn_at is None or chosen is OrderBy.CHANGED_AT_ASC
