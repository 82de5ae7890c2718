"""Work orders of the 12345 hotline: an owner's own, and what the office sees."""

import pytest

from connectors.errors import PlatformError
from connectors.sandbox.faults import FaultKind
from tests.stack import Gateway, Sandbox, SignInDesk

ORDER = """id number status kind title body region { code name } location { latitude longitude address }
    handler { id name } acceptedAt dueAt closedAt changedAt overdue history { status at by note }
    supplements { body at attachments { id } } followUp { satisfied comment at } attachments { id }
    sourceQuestion { id title }"""
OWN = f"query {{ viewer {{ displayName workOrders(first: 20) {{ totalCount nodes {{ {ORDER} }} }} }} }}"
ALL = """query ($filter: WorkOrderFilter) { workOrders(filter: $filter, first: 20) {
    totalCount nodes { id overdue region { code } location { address } } } }"""
ONE = f"query ($id: ID!) {{ workOrder(id: $id) {{ {ORDER} }} }}"


async def test_owners_follow_their_own_orders(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Each with its exact place and its whole course, in the list and by its id."""
    token = await desk.token(sandbox.world.citizens[0].id)

    body = await desk.gateway.query(OWN, token=token)
    orders = body["data"]["viewer"]["workOrders"]["nodes"]
    one = await desk.gateway.query(ONE, {"id": orders[0]["id"]}, token)

    assert "errors" not in body
    assert all(order["number"] and order["history"] and order["location"] for order in orders)
    assert one["data"]["workOrder"] == orders[0]


async def test_others_find_none_of_them(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Another citizen finds neither the order nor whether there is one; without a token the list is refused."""
    mine = await desk.token(sandbox.world.citizens[0].id)
    other = await desk.token(sandbox.world.citizens[1].id)
    order = (await desk.gateway.query(ALL, token=mine))["data"]["workOrders"]["nodes"][0]["id"]

    found = await desk.gateway.query(ONE, {"id": order}, other)
    listed = (await desk.gateway.query(ALL, token=other))["data"]["workOrders"]["nodes"]
    refused = await desk.gateway.query(ALL)

    assert found == {"data": {"workOrder": None}}
    assert order not in {one["id"] for one in listed}
    assert refused["data"] == {"workOrders": None}
    assert refused["errors"][0]["extensions"]["code"] in {"FORBIDDEN", "UNAUTHENTICATED"}


async def test_the_office_sees_all_but_no_exact_place(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Filtered by place and by what is overdue."""
    office = next(person for person in sandbox.world.officials if "staff" in person.roles and person.work)
    token = await desk.token(office.id, "zhezhengding")

    all_of_them = await desk.gateway.query(ALL, token=token)
    late = await desk.gateway.query(ALL, {"filter": {"regionCode": "331002", "overdue": True}}, token)

    assert all_of_them["data"]["workOrders"]["totalCount"] > late["data"]["workOrders"]["totalCount"] > 0
    rows = late["data"]["workOrders"]["nodes"]
    assert all(row["overdue"] and row["region"]["code"] == "331002" for row in rows)
    assert {row["location"] for row in all_of_them["data"]["workOrders"]["nodes"]} == {None}


async def test_the_office_finds_those_who_were_not_content(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Orders by what was said when their owners were called back: content, or not."""
    office = next(person for person in sandbox.world.officials if "staff" in person.roles and person.work)
    token = await desk.token(office.id, "zhezhengding")
    page = """query ($satisfied: Boolean!) { workOrders(filter: {satisfied: $satisfied}, first: 50) {
        nodes { followUp { satisfied at } } } }"""

    told = [await desk.gateway.query(page, {"satisfied": content}, token) for content in (False, True)]

    for content, body in zip((False, True), told, strict=True):
        assert {row["followUp"]["satisfied"] for row in body["data"]["workOrders"]["nodes"]} == {content}


@pytest.mark.parametrize("kind", [FaultKind.REFUSE, FaultKind.HTTP500])
async def test_without_the_citizen_app_the_rest_stands(kind: FaultKind, sandbox: Sandbox, desk: SignInDesk) -> None:
    """The list is null with the error; who one is stands."""
    token = await desk.token(sandbox.world.citizens[0].id)
    sandbox.break_("zheliban", kind)

    body = await desk.gateway.query(OWN, token=token)

    assert body["data"]["viewer"]["displayName"]
    assert body["data"]["viewer"]["workOrders"] is None
    assert [error["extensions"]["code"] for error in body["errors"]] == [PlatformError.code]


async def test_a_filter_names_a_place_there_is(gateway: Gateway, desk: SignInDesk, sandbox: Sandbox) -> None:
    """A code that is no place is refused before anything is asked."""
    token = await desk.token(sandbox.world.citizens[0].id)
    sandbox.reset()

    body = await gateway.query(ALL, {"filter": {"regionCode": "999999"}}, token)

    assert body["errors"][0]["extensions"]["code"] == "BAD_INPUT"
    assert sandbox.calls() == {}
