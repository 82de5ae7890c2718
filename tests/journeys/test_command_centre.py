"""A fourth platform, the district command centre: who reads what of it, and what is left without it."""

import json
from typing import Any

import pytest

from auth.audit import Act
from connectors.command import COMMAND
from connectors.digests import id_digest
from connectors.errors import PlatformError
from connectors.sandbox.faults import FaultKind
from connectors.viewer import Scope
from schema.identifiers import global_id
from tests.stack import PATIENT_MS, Gateway, OpenGateway, Sandbox, SignInDesk, desk_at

OFFICE = f"openid {Scope.GRAPH_READ} {Scope.OFFICE_READ} {Scope.DIRECTORY_READ}"
LOOKUP = f"openid {Scope.PERSON_LOOKUP}"
PAGE = """query District($region: String!, $first: Int!) {
    grids(filter: {regionCode: $region}, first: $first) { totalCount nodes { id name region { code } town village
        residentCount workerCount
        workers(first: 2) { nodes { name isFullTime phone grid { name } official { name organization { name } } } }
        alerts(first: 3) { nodes { id title } } unifiedWorkOrders(first: 3) { nodes { id number } } } }
    alerts(filter: {regionCode: $region, status: RESOLVED}, first: $first) { nodes { kind level status title detectedBy
        raisedAt resolvedAt grid { name } dispatches { unit { name region { name } } instruction status finishedAt
        result } } }
    unifiedWorkOrders(filter: {regionCode: $region}, first: $first) { nodes { number origin status title overdue
        handler { name } grid { name } alert { title } hotlineOrder { number } } }
    villageForms(filter: {regionCode: $region}, first: $first) { nodes { title period status village askedBy { name }
        dueOn filledShare grid { name } fields { name value origin updatedAt } } }
    studios(first: 1) { nodes { name } } }"""
PERSON = """query Person($number: String!, $purpose: String!) { personLookup(idNumber: $number, purpose: $purpose) {
    found name region { code } grid { name } statuses { kind status origin asOf } } }"""
FOR_OFFICES = ("alerts", "unifiedWorkOrders", "villageForms")
IN_LINHAI = {"region": "331082", "first": 20}
PURPOSE = "核对困难群众救助申请"
NUMBER = "331082199001011234"


def a_clerk(sandbox: Sandbox) -> str:
    """An official of a committee's office."""
    return next(person.id for person in sandbox.world.officials if "staff" in person.roles)


@pytest.fixture
def looking_up(sandbox: Sandbox, open_gateway: OpenGateway) -> Any:
    """Opens a gateway on which persons may be looked up."""
    section = {"base_url": sandbox.addresses["command"], "timeout_ms": PATIENT_MS, "person_lookup": True}
    return lambda: open_gateway(command=section)


async def test_staff_see_the_district_in_few_calls(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Grids with workers, alerts with dispatches, orders with what they came from, forms with where data came from."""
    token = await desk.token(a_clerk(sandbox), "zhezhengding", OFFICE)
    sandbox.reset()

    body = await desk.gateway.query(PAGE, IN_LINHAI, token)

    assert "errors" not in body
    data = body["data"]
    grids = data["grids"]["nodes"]
    assert data["grids"]["totalCount"] == len(grids) == 20
    assert {grid["region"]["code"] for grid in grids} == {"331082"}
    workers = grids[0]["workers"]["nodes"]
    assert [worker["isFullTime"] for worker in workers] == [True, False]
    assert workers[0]["official"]["name"] == workers[0]["name"]
    assert workers[0]["phone"].startswith("0576-")
    assert {grid["alerts"]["nodes"][0]["title"] for grid in grids[::2]}
    [dispatch] = data["alerts"]["nodes"][0]["dispatches"]
    assert (dispatch["status"], dispatch["unit"]["region"]["name"]) == ("DONE", "临海市")
    origins = {order["origin"]: order for order in data["unifiedWorkOrders"]["nodes"]}
    assert origins["HOTLINE"]["hotlineOrder"]["number"]
    assert any(order["alert"] for order in data["unifiedWorkOrders"]["nodes"] if order["origin"] == "ALERT")
    form = data["villageForms"]["nodes"][0]
    assert form["filledShare"] == pytest.approx(5 / 6)
    assert [field["origin"] is None for field in form["fields"]] == [False] * 5 + [True]
    own = {name: count for name, count in sandbox.calls().items() if name.startswith("command.")}
    assert max(own.values()) <= 2  # two branches that come to one kind at different times ask for themselves
    assert sum(own.values()) <= 10


async def test_orders_are_reached_from_what_they_came_from(sandbox: Sandbox, desk: SignInDesk) -> None:
    """A hotline order and an alert each lead to their unified work orders, in a call for all of a page."""
    token = await desk.token(a_clerk(sandbox), "zhezhengding", OFFICE)
    page = """{ unifiedWorkOrders(first: 50) { nodes { id
        hotlineOrder { id unifiedWorkOrders(first: 50) { nodes { id } } }
        alert { id unifiedWorkOrders(first: 50) { nodes { id } } } } } }"""
    sandbox.reset()

    orders = (await desk.gateway.query(page, {}, token))["data"]["unifiedWorkOrders"]["nodes"]

    for name in ("hotlineOrder", "alert"):
        origins = [(order["id"], order[name]) for order in orders if order[name]]
        assert origins
        assert all(key in {back["id"] for back in one["unifiedWorkOrders"]["nodes"]} for key, one in origins)
    assert sandbox.calls()["command.hotlineOrders.orders"] == sandbox.calls()["command.alerts.orders"] == 1


async def test_a_citizen_sees_grids_and_no_more(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Whom to turn to is public; alerts, orders and forms name the scope that is missing, by id too."""
    token = await desk.token("citizen-0001")
    alert = next(iter(await alerts_of(sandbox, desk)))

    body = await desk.gateway.query(PAGE, IN_LINHAI, token)
    by_id = await desk.gateway.query("query ($id: ID!) { node(id: $id) { id } }", {"id": alert}, token)

    data = body["data"]
    assert [data[name] for name in FOR_OFFICES] == [None] * 3
    assert data["studios"]["nodes"]
    grid = data["grids"]["nodes"][0]
    assert (grid["alerts"], grid["unifiedWorkOrders"]) == (None, None)
    assert grid["workers"]["nodes"][0]["name"]
    assert grid["workers"]["nodes"][0]["phone"] is None
    errors = {(error["extensions"]["code"], error["extensions"]["scope"]) for error in body["errors"]}
    assert errors == {("FORBIDDEN", "office:read"), ("FORBIDDEN", "directory:read")}
    assert by_id["data"] == {"node": None}


async def alerts_of(sandbox: Sandbox, desk: SignInDesk) -> list[str]:
    """Ids of some alerts."""
    token = await desk.token(a_clerk(sandbox), "zhezhengding", OFFICE)
    found = await desk.gateway.query("{ alerts(first: 3) { nodes { id } } }", token=token)
    return [alert["id"] for alert in found["data"]["alerts"]["nodes"]]


async def test_a_member_is_no_office(sandbox: Sandbox, desk: SignInDesk) -> None:
    """A member who is an official reads as one; the scope of members alone opens nothing here."""
    member = next(m for m in sandbox.world.members if m.person.work)
    token = await desk.token(member.person.id, "zhezhengding", "openid duty:read")

    body = await desk.gateway.query("{ alerts(first: 1) { nodes { id } } }", token=token)

    assert body["data"] == {"alerts": None}
    assert body["errors"][0]["extensions"]["scope"] == "office:read"


@pytest.mark.parametrize("kind", [FaultKind.REFUSE, FaultKind.HTTP500])
async def test_the_platform_down_leaves_the_rest_whole(
    kind: FaultKind, sandbox: Sandbox, open_gateway: OpenGateway
) -> None:
    """Its fields are null with its error; studios are there."""
    async with open_gateway(hurried="command") as gateway:
        desk = await desk_at(sandbox, gateway)
        token = await desk.token(a_clerk(sandbox), "zhezhengding", OFFICE)
        sandbox.break_("command", kind)

        body = await gateway.query(PAGE, IN_LINHAI, token)

    assert [body["data"][name] for name in ("grids", *FOR_OFFICES)] == [None] * 4
    assert body["data"]["studios"]["nodes"]
    told = {(error["extensions"]["code"], error["extensions"]["platform"]) for error in body["errors"]}
    assert told == {(PlatformError.code, "command")}


async def test_not_set_up_it_says_so_and_calls_nobody(sandbox: Sandbox, open_gateway: OpenGateway) -> None:
    """It is optional: without credentials its fields name the reason, and the rest is whole."""
    async with open_gateway(command={"base_url": "https://command.example.cn"}) as gateway:
        desk = await desk_at(sandbox, gateway)
        token = await desk.token(a_clerk(sandbox), "zhezhengding", OFFICE)

        body = await gateway.query(PAGE, IN_LINHAI, token)

    assert [body["data"][name] for name in ("grids", *FOR_OFFICES)] == [None] * 4
    assert body["data"]["studios"]["nodes"]
    assert {error["extensions"]["code"] for error in body["errors"]} == {"PLATFORM_NOT_CONFIGURED"}
    assert not [name for name in sandbox.calls() if name.startswith("command.")]


async def test_persons_are_not_looked_up_unless_switched_on(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Whoever asks, with whatever scope: the operator has to want it."""
    token = await desk.token(a_clerk(sandbox), "zhezhengding", LOOKUP)
    number = sandbox.world.citizens[0].id_number

    body = await desk.gateway.query(PERSON, {"number": number, "purpose": PURPOSE}, token)

    assert body["data"] == {"personLookup": None}
    assert body["errors"][0]["extensions"]["code"] == "PLATFORM_NOT_CONFIGURED"
    assert "command.persons.lookup" not in sandbox.calls()


async def look_ups(gateway: Gateway) -> list[dict[str, Any]]:
    """What the audit kept of reads of natural persons."""
    audit = gateway.parts.authority.audit
    await audit.flush()
    rows = [row async for row in audit.entries() if row.act == Act.READ_PERSONAL.name]
    return [facts for row in rows if (facts := json.loads(row.facts))["kind"] == "resident"]


async def test_a_look_up_is_audited_with_its_purpose(sandbox: Sandbox, looking_up: Any) -> None:
    """Found or not, each is an entry: who was asked about by pseudonym, what for in words, no number anywhere."""
    citizen = sandbox.world.citizens[0]
    async with looking_up() as gateway:
        desk = await desk_at(sandbox, gateway)
        token = await desk.token(a_clerk(sandbox), "zhezhengding", LOOKUP)

        known = await gateway.query(PERSON, {"number": citizen.id_number, "purpose": PURPOSE}, token)
        unknown = await gateway.query(PERSON, {"number": "11010119000101001x", "purpose": "走访前核对"}, token)

        entries = await look_ups(gateway)
        pseudonym = gateway.parts.authority.vault.pseudonym
        settings = gateway.settings.platform(COMMAND)

    person = known["data"]["personLookup"]
    assert "errors" not in known
    assert (person["found"], person["name"]) == (True, f"*{citizen.name[1:]}")
    assert {one["kind"] for one in person["statuses"]} == {"SOCIAL_SECURITY", "CREDIT", "HEALTH", "ASSISTANCE"}
    nothing = {"found": False, "name": None, "region": None, "grid": None, "statuses": None}
    assert unknown == {"data": {"personLookup": nothing}}
    digest = id_digest(citizen.id_number, settings.id_digest_key, settings.id_digest_version)
    assert [entry["purpose"] for entry in entries] == [PURPOSE, "走访前核对"]
    assert entries[0]["persons"] == [pseudonym(f"resident {digest}")]
    assert entries[0]["fields"] == [f"PersonLookup.{name}" for name in ("found", "grid", "name", "region", "statuses")]
    assert citizen.id_number not in json.dumps(entries)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"purpose": "  查 "}, "purpose"),
        ({"purpose": "长" * 101}, "purpose"),
        ({"number": "12345"}, "idNumber"),
    ],
)
async def test_without_a_purpose_or_a_number_nobody_is_looked_up(
    given: dict[str, str], field: str, sandbox: Sandbox, looking_up: Any
) -> None:
    """What is wrong is named, without its value; the platform is not asked."""
    async with looking_up() as gateway:
        desk = await desk_at(sandbox, gateway)
        token = await desk.token(a_clerk(sandbox), "zhezhengding", LOOKUP)
        variables = {"number": sandbox.world.citizens[0].id_number, "purpose": PURPOSE} | given

        body = await gateway.query(PERSON, variables, token)

    assert body["data"] == {"personLookup": None}
    assert (body["errors"][0]["extensions"]["code"], field in body["errors"][0]["message"]) == ("BAD_INPUT", True)
    assert "command.persons.lookup" not in sandbox.calls()


@pytest.mark.parametrize(
    "asked",
    [
        (PERSON, {"number": int(NUMBER), "purpose": PURPOSE}),
        (PERSON, {"number": [NUMBER], "purpose": PURPOSE}),
        (f'{{ personLookup(idNumber: {NUMBER}, purpose: "{PURPOSE}") {{ found }} }}', {}),
        (f'{{ personLookup(idNumber: [{NUMBER}], purpose: "{PURPOSE}") {{ found }} }}', {}),
        (f'{{ personLookup(idNumber "{NUMBER}") {{ found }} }}', {}),
    ],
)
async def test_a_number_in_another_form_is_not_repeated(asked: tuple[str, dict[str, Any]], gateway: Gateway) -> None:
    """As a number of JSON, in a list, in the document itself: the error names the place and not the value."""
    body = await gateway.query(*asked)

    assert body["errors"]
    assert NUMBER not in json.dumps(body)


async def test_looking_up_takes_its_own_scope(sandbox: Sandbox, looking_up: Any) -> None:
    """All that staff may read besides does not open it; an official who is no staff is not given the scope."""
    async with looking_up() as gateway:
        desk = await desk_at(sandbox, gateway)
        token = await desk.token(a_clerk(sandbox), "zhezhengding", OFFICE)
        official = next(person for person in sandbox.world.officials if "staff" not in person.roles)

        body = await gateway.query(PERSON, {"number": sandbox.world.citizens[0].id_number, "purpose": PURPOSE}, token)
        ticket = await sandbox.ticket("zhezhengding", official.id)
        refused = await desk.exchange("zhezhengding", ticket, LOOKUP)

    assert body["data"] == {"personLookup": None}
    assert body["errors"][0]["extensions"]["scope"] == "person:lookup"
    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_scope")


async def test_everything_with_an_id_is_found_by_it(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Each of the platform's nodes, for who may see it; one nobody made is none."""
    token = await desk.token(a_clerk(sandbox), "zhezhengding", OFFICE)
    keys = {
        "Grid": "G3310820001",
        "GridWorker": "W33108200011",
        "Alert": "AL3310820001",
        "UnifiedWorkOrder": "UO3310820001",
        "VillageForm": "VF3310820001",
    }
    ids = [global_id(kind, key) for kind, key in keys.items()]

    body = await desk.gateway.query(
        "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }",
        {"ids": [*ids, global_id("Grid", "G0")]},
        token,
    )

    expected = [{"__typename": kind, "id": id_} for kind, id_ in zip(keys, ids, strict=True)]
    assert body == {"data": {"nodes": [*expected, None]}}
