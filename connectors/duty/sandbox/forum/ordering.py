"""In which order a list is wanted that can also be asked for what changed."""

from collections.abc import Mapping
from typing import Any, TypeVar

from connectors.sandbox.contracted.lists import Asked
from connectors.sandbox.contracted.problems import rejected
from connectors.sandbox.paging import Order

T = TypeVar("T")
_CHANGES = "CHANGED_AT_ASC"


def order_asked(asked: Asked, orders: Mapping[str, Order[T]]) -> Order[T]:
    """``orderBy``, the first of them where it is not said; that by changes goes with ``changedSince``, and only so."""
    name = asked.key("orderBy") or next(iter(orders))
    if name not in orders:
        raise rejected("INVALID_PARAMETER", f"orderBy is one of {list(orders)}")
    if (name == _CHANGES) is (asked.moment("changedSince") is None):
        raise rejected("INVALID_PARAMETER", f"changedSince goes with orderBy {_CHANGES}, and only with it")
    return orders[name]


def orders_of(*orders: Order[Any]) -> dict[str, Order[Any]]:
    """Orders by their name."""
    return {order.name: order for order in orders}
