"""The second look at what a platform sends of work orders: rows and places that reached the wrong person stop here."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from connectors.errors import (
    UnexpectedAnswerError,
)
from connectors.records.page import PageArgs
from connectors.records.work_order import (
    WorkOrder,
    WorkOrderQuery,
)
from connectors.viewer import Ask, Role

Asking = Callable[..., Ask]
HOUR, DAY = 3600.0, 86_400.0


def row(**changed: Any) -> dict[str, Any]:
    """An order as a platform may send it."""
    moment = "2026-11-01T10:00:00+08:00"
    return {
        "id": "W1",
        "cursor": "c",
        "number": "1",
        "status": "ACCEPTED",
        "kind": "HELP",
        "title": "t",
        "body": "b",
        "regionCode": "331002",
        "location": {"latitude": 28.6, "longitude": 121.4, "address": "a"},
        "handler": None,
        "acceptedAt": moment,
        "dueAt": moment,
        "closedAt": None,
        "changedAt": moment,
        "overdue": False,
        "history": [],
        "supplements": [],
        "followUp": None,
        "attachments": [],
        "sourceQuestionId": None,
        "access": {"ownerId": "u1", "grounds": "STAFF"},
    } | changed


@pytest.mark.parametrize(
    ("access", "viewer", "shown"),
    [
        ({"ownerId": "u1", "grounds": "OWNER"}, {"account": "u2"}, None),
        ({"ownerId": "u1", "grounds": "HANDLER"}, {"account": "u2"}, None),
        ({"ownerId": "u1", "grounds": "STAFF"}, {"employee_code": "GE_1"}, None),
        ({"ownerId": "u1", "grounds": "STAFF"}, {"roles": frozenset({Role.STAFF})}, "without its place"),
        ({"ownerId": "u1", "grounds": "OWNER"}, {"roles": frozenset({Role.STAFF})}, "without its place"),
        ({"ownerId": "u1", "grounds": "STAFF"}, {"account": "u1"}, "whole"),
        ({"ownerId": "u1", "grounds": "HANDLER"}, {"employee_code": "GE_1"}, "whole"),
        ({"ownerId": 1, "grounds": "OWNER"}, {"account": "u1"}, "error"),
        ({"ownerId": "u1", "grounds": "ALL"}, {"employee_code": "GE_1"}, "error"),
        ("all", {"account": "u1"}, "error"),
        ("all", {"roles": frozenset({Role.STAFF})}, "error"),
    ],
)
async def test_what_a_platform_should_not_have_sent_stops_here(
    answered: Callable[..., SimpleNamespace], asking: Asking, access: Any, viewer: Any, shown: str | None
) -> None:
    """Each row is looked at again; what cannot be decided is an error, and places are for owner and handler."""

    def data(request: httpx.Request) -> Any:
        whole = row(access=access)
        return {"rows": [whole], "hasNext": False} if request.url.path.endswith("/list") else {"items": [whole]}

    sources, ask = answered(data), asking(**viewer)
    (page,) = await sources.orders.list_work_orders([WorkOrderQuery()], PageArgs(first=5), ask)
    (found,) = await sources.orders.load_work_orders(["W1"], ask)

    assert [str(node.key) if isinstance(node, WorkOrder) else type(node) for node in page.nodes] == {
        None: [],
        "error": [UnexpectedAnswerError],
    }.get(shown, ["W1"])
    if shown in ("whole", "without its place"):
        assert isinstance(found, WorkOrder)
        assert (found.location is not None) is (shown == "whole")
    else:
        assert found is None if shown is None else isinstance(found, UnexpectedAnswerError)


async def test_a_broken_place_costs_the_place(answered: Callable[..., SimpleNamespace], asking: Asking) -> None:
    """The rest of the order stands."""
    broken = row(location={"latitude": "north", "longitude": 121.4}, handler=7)

    (found,) = await answered(lambda _: {"items": [broken]}).orders.load_work_orders(["W1"], asking("u1"))

    assert found.title == "t"
    assert isinstance(found.location.latitude, UnexpectedAnswerError)
    assert isinstance(found.handler, UnexpectedAnswerError)
