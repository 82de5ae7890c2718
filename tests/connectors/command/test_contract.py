"""The contract is a valid description, the sandbox answers by it, and the client asks by it."""

import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator
from schemathesis.specs.openapi.definitions import OPENAPI_31

import connectors.command
from connectors.command.settings import CommandSettings
from connectors.irs_signing import IrsKeys, canonical_query, http_date, irs_headers
from connectors.records.alert import AlertLevel, AlertQuery, AlertStatus
from connectors.records.grid import GridQuery
from connectors.records.page import PageArgs
from connectors.records.person_lookup import PersonQuery
from connectors.records.unified_order import OrderOrigin, UnifiedOrderQuery
from connectors.records.village_form import VillageFormQuery, VillageFormStatus
from connectors.records.work_order import WorkOrderStatus
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.world import World
from connectors.viewer import Ask
from tests.contracts import contract_of

CONTRACT = contract_of(Path(connectors.command.__file__).parent / "contract")
REGION, GRID = "331082", "G3310820001"
PAGE = PageArgs(first=2, with_total=True)


def references_in(node: Any) -> Iterator[str]:
    """Every ``$ref`` below the node."""
    if isinstance(node, dict):
        yield from ([node["$ref"]] if isinstance(node.get("$ref"), str) else [])
        yield from (found for value in node.values() for found in references_in(value))
    elif isinstance(node, list):
        yield from (found for value in node for found in references_in(value))


@pytest.mark.parametrize("file", CONTRACT.files)
def test_contract_is_valid_openapi(file: str) -> None:
    """It follows OpenAPI 3.1, its schemas JSON Schema, and no reference leads nowhere."""
    content = CONTRACT.files[file]

    found = [error.message for error in Draft202012Validator(OPENAPI_31).iter_errors(content)]

    assert found == []
    for schema in content["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    for reference in references_in(content):
        assert CONTRACT.resolved({"$ref": reference}, file)


def test_sandbox_serves_what_the_contract_names(sandbox: SandboxApp, settings: CommandSettings) -> None:
    """Both know the same operations under the same paths and methods."""
    below = f"{settings.path}/{settings.component}"
    served = {
        o.name: (*o.methods, o.path.removeprefix(below))
        for o in sandbox.operations
        if o.name not in {"unknown", "elsewhere"}
    }

    assert served == {name: (o.method, o.path) for name, o in CONTRACT.operations.items()}


async def read_everything(command: SimpleNamespace, world: World, ask: Ask) -> None:
    """Each operation, with every parameter the sources know."""
    await command.grids.load_grids([GRID, "G0"], ask)
    [page] = await command.grids.list_grids([GridQuery(region_key=REGION, text="网格")], PAGE, ask)
    await command.grids.list_grids([GridQuery()], PageArgs(first=1, after=page.end), ask)
    await command.grids.load_grid_workers(["W33108200011"], ask)
    await command.grids.list_grid_workers([GRID], PAGE, ask)
    await command.alerts.load_alerts(["AL3310820001"], ask)
    query = AlertQuery(region_key=REGION, level=AlertLevel.RED, status=AlertStatus.RESOLVED)
    await command.alerts.list_alerts([query, AlertQuery()], PAGE, ask)
    await command.alerts.list_grid_alerts([GRID], PAGE, ask)
    await command.orders.load_unified_orders(["UO3310820001"], ask)
    order = UnifiedOrderQuery(
        region_key=REGION, origin=OrderOrigin.HOTLINE, status=WorkOrderStatus.CLOSED, overdue=False
    )
    await command.orders.list_unified_orders([order, UnifiedOrderQuery(overdue=True)], PAGE, ask)
    await command.orders.list_grid_orders([GRID], PAGE, ask)
    await command.orders.list_alert_orders(["AL3310820001"], PAGE, ask)
    await command.orders.list_hotline_orders(["W0000001"], PAGE, ask)
    await command.forms.load_village_forms(["VF3310820001"], ask)
    forms = [VillageFormQuery(region_key=REGION, status=VillageFormStatus.PREFILLED), VillageFormQuery()]
    await command.forms.list_village_forms(forms, PAGE, ask)
    await command.persons.find_persons([PersonQuery(world.citizens[0].id_number, "核对救助申请")], ask)


def asked(request: httpx.Request, settings: CommandSettings) -> str:
    """The operation a request is; fails where the contract does not describe it."""
    path = request.url.path.removeprefix(f"{settings.path}/{settings.component}")
    name: str = next(n for n, o in CONTRACT.operations.items() if (o.method, o.path) == (request.method, path))
    parameters, sent = CONTRACT.parameters(name), dict(request.url.params)
    assert set(sent) <= set(parameters), name
    assert {one for one, told in parameters.items() if told.get("required")} <= set(sent), name
    if request.content:
        assert CONTRACT.against_body(name, httpx.Response(200, content=request.content).json()) == []
    return name


async def test_client_and_sandbox_keep_the_contract(
    command: SimpleNamespace, world: World, ask: Ask, settings: CommandSettings
) -> None:
    """Each request is one it describes, each answer of its shape; and every operation is asked."""
    await read_everything(command, world, ask)

    names = [asked(request, settings) for request in command.requests]
    wrong = [told for name, a in zip(names, command.answers, strict=True) for told in CONTRACT.against(name, a)]
    assert wrong == []
    assert set(names) == set(CONTRACT.operations)
    assert all(answer.status_code == 200 for answer in command.answers)


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/grids", {}),
        ("/grids", {"ids": "a b"}),
        ("/grids", {"ids": "G1", "else": "1"}),
        ("/grids/list", {"first": "0"}),
        ("/alerts/list", {"first": "1", "level": "PURPLE"}),
        ("/orders/list", {"first": "1", "after": "x"}),
    ],
)
async def test_wrong_input_is_refused_by_the_contract(
    path: str, query: dict[str, str], sandbox: SandboxApp, settings: CommandSettings
) -> None:
    """Nothing is guessed; the refusal is a problem of the contract."""
    client = signing(settings)

    answer = await client(sandbox, path, query)

    name = next(name for name, o in CONTRACT.operations.items() if o.path == f"/api/v1{path}")
    assert (answer.status_code, CONTRACT.against(name, answer)) == (422, [])


def signing(settings: CommandSettings) -> Any:
    """A caller with the right keys who asks for anything."""

    async def call(sandbox: SandboxApp, path: str, query: dict[str, str]) -> httpx.Response:
        whole = f"{settings.path}/{settings.component}/api/v1{path}"
        keys = IrsKeys(settings.access_key, settings.secret_key.get_secret_value())
        headers = irs_headers(keys, "GET", whole, canonical_query(query.items()), http_date(time.time()))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(sandbox), base_url="http://irs") as client:
            return await client.get(whole, params=query, headers=headers)

    return call
