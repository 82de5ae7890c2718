"""A citizen app that tells everybody what it should tell staff only: nothing private of it goes on.

Its answers are changed too, in what decides who sees a row: missing, null, of another type, another text.
"""

import copy
import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from connectors.errors import PlatformError
from connectors.irs_signing import canonical_query
from connectors.records.page import Page, PageArgs
from connectors.records.question import QuestionQuery
from connectors.records.work_order import WorkOrderQuery
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.world import World
from connectors.viewer import Ask, Role
from connectors.zheliban.settings import ZhelibanSettings
from tests.connectors.zheliban.wire import irs_headers

PAGE = PageArgs(first=50)
STAFF: dict[str, Any] = {"roles": frozenset({Role.STAFF})}
WAYS: dict[str, Any] = {"missing": None, "null": None, "another type": [["x"]], "another text": "x"}
DECIDING = [
    "access",
    "access.visibility",
    "access.moderation",
    "access.askerId",
    "access.addresseeId",
    "access.grounds",
]
Asking = Callable[..., Ask]
Change = Callable[[dict[str, Any]], None]


class Way(httpx.AsyncBaseTransport):
    """To the sandbox, as staff whoever asks, signed anew; ``change`` alters every row that comes back."""

    def __init__(self, sandbox: SandboxApp, change: Change | None = None) -> None:
        self._on = httpx.ASGITransport(sandbox)
        self._change = change

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Carry one over."""
        told = {name: value for name, value in request.url.params.items() if not name.startswith("viewer")}
        query = canonical_query([*told.items(), ("viewerStaff", "true")])
        url = request.url.copy_with(query=query.encode())
        headers = irs_headers(request.method, request.url.path, query)
        answer = await self._on.handle_async_request(httpx.Request(request.method, url, headers=headers))
        body = json.loads(await answer.aread())
        for row in _rows_in(body["data"] or {}):
            if self._change is not None:
                self._change(row)
        return httpx.Response(answer.status_code, json=body)


def _rows_in(data: dict[str, Any]) -> list[dict[str, Any]]:
    parts = data.get("items", []) + data.get("rows", [])
    return [row for part in parts for row in part.get("rows", [part])]


def changed(place: str, way: str) -> Change:
    """Change that member of a row."""
    *path, last = place.split(".")

    def change(row: dict[str, Any]) -> None:
        holder = row
        for step in path:
            holder = holder[step]
        holder[last] = copy.deepcopy(WAYS[way])
        if way == "missing":
            del holder[last]

    return change


@pytest.fixture
def over(
    connected: Callable[..., SimpleNamespace], settings: ZhelibanSettings, sandbox: SandboxApp
) -> Callable[..., SimpleNamespace]:
    """The sources over the talkative platform, with an empty cache."""
    return lambda change=None: connected(settings, Way(sandbox, change))


def shown(found: Any) -> dict[str, Any]:
    """What of pages, or of records by key, is shown."""
    nodes = [node for one in found for node in (one.nodes if isinstance(one, Page) else [one])]
    return {node.key: node for node in nodes if node is not None and not isinstance(node, PlatformError)}


async def questions(sources: SimpleNamespace, ask: Ask, keys: list[str]) -> dict[str, Any]:
    """By key and as a list."""
    pages = await sources.questions.list_questions([QuestionQuery()], PAGE, ask)
    return shown(pages) | shown(await sources.questions.load_questions(keys, ask))


async def orders(sources: SimpleNamespace, ask: Ask, keys: list[str]) -> dict[str, Any]:
    """By key and as a list."""
    pages = await sources.orders.list_work_orders([WorkOrderQuery()], PAGE, ask)
    return shown(pages) | shown(await sources.orders.load_work_orders(keys, ask))


def askers(asking: Asking, world: World) -> dict[str, Ask]:
    """Everybody who is no staff."""
    account = next(person for person in world.persons if person.work is None)
    return {
        "nobody": asking(),
        "another citizen": asking("U-of-somebody-else"),
        "a member": asking(member_key=world.members[-1].key),
        "an official": asking(employee_code="GE_of_somebody_else"),
        "both": asking("U-of-somebody-else", member_key=world.members[-1].key, employee_code=account.id),
    }


async def private_questions(platform: SimpleNamespace, asking: Asking) -> list[str]:
    """Some of those that staff see and others do not."""
    everything = await questions(platform, asking(**STAFF), [])
    return [key for key, one in everything.items() if one.visibility.value == "PRIVATE"][:12]


async def test_private_questions_are_told_to_nobody_else(
    platform: SimpleNamespace, over: Callable[..., SimpleNamespace], world: World, asking: Asking
) -> None:
    """Neither by key nor in a list, nor replies to them."""
    keys = await private_questions(platform, asking)
    assert keys

    for name, ask in askers(asking, world).items():
        honest, told = await questions(platform, ask, keys), await questions(over(), ask, keys)
        assert set(told) & set(keys) <= set(honest), name


async def test_what_decides_and_cannot_be_read_opens_no_question(
    platform: SimpleNamespace, over: Callable[..., SimpleNamespace], world: World, asking: Asking
) -> None:
    """Missing, null, of another type, or text nobody knows."""
    keys = await private_questions(platform, asking)

    for name, ask in askers(asking, world).items():
        honest = await questions(platform, ask, keys)
        for place in DECIDING:
            for way in WAYS:
                told = shown(await over(changed(place, way)).questions.load_questions(keys, ask))
                assert set(told) <= set(honest), (name, place, way)


@pytest.mark.parametrize("place", ["", "access", "access.ownerId", "access.grounds"])
async def test_work_orders_are_told_to_nobody_else(
    platform: SimpleNamespace, over: Callable[..., SimpleNamespace], world: World, asking: Asking, place: str
) -> None:
    """Whole, or with what decides broken: neither the order nor where it is."""
    keys = list(await orders(platform, asking(**STAFF), []))[:12]
    assert keys

    for name, ask in askers(asking, world).items():
        for way in WAYS if place else ("",):
            told = await orders(over(changed(place, way) if place else None), ask, keys)
            assert told == {}, (name, place, way)


async def test_staff_see_an_order_without_its_exact_place(over: Callable[..., SimpleNamespace], asking: Asking) -> None:
    """Also where the platform says nothing that can be read of why they may see it."""
    for change in (None, changed("access.grounds", "another type"), changed("access.ownerId", "missing")):
        told = await orders(over(change), asking(**STAFF), [])
        assert told
        assert all(order.location is None for order in told.values())
