"""A place and everything in it, and the ways back to the place."""

from typing import Any

from connectors.viewer import Scope
from schema.identifiers import global_id
from tests.stack import Gateway, Sandbox, SignInDesk

ON_DUTY = f"openid {Scope.GRAPH_READ} {Scope.DUTY_READ} {Scope.OFFICE_READ}"
LINHAI = {"code": "331082"}
PLACE = """query Place($code: String!) { region(code: $code) { code name level parent { code } children { code }
    organizations { id name region { code } }
    studios(first: 2, orderBy: LIKES_DESC) { totalCount nodes { name category kind starRating tags memberCount region { code }
        jointStudios { id name region { code } jointStudios { id } } } }
    members(first: 2) { totalCount nodes { name organization { region { code } } } }
    questions(first: 2) { nodes { title region { code } } }
    proposals(first: 2) { nodes { title organization { region { code } } } }
    deliberations(first: 2) { nodes { title region { code } } }
    opinionReports(first: 2) { nodes { title region { code } } }
    microSuggestions(first: 2) { nodes { title region { code } } }
    workOrders(first: 2) { nodes { title region { code } } }
    grids(first: 2) { nodes { name region { code } } }
    alerts(first: 2) { nodes { title region { code } } }
    unifiedWorkOrders(first: 2) { nodes { title region { code } } }
    villageForms(first: 2) { nodes { title region { code } } } } }"""
FOR_DUTY = ("microSuggestions", "opinionReports", "workOrders", "alerts", "unifiedWorkOrders", "villageForms")
OPEN = ("studios", "members", "questions", "proposals", "deliberations", "grids")


async def test_a_place_shows_what_is_in_it(gateway: Gateway, sandbox: Sandbox) -> None:
    """Anyone reads a place's committees, studios, members, questions, proposals, deliberations and grids."""
    sandbox.reset()

    body = await gateway.query(PLACE, LINHAI)

    place = body["data"]["region"]
    assert (place["name"], place["parent"]["code"], place["children"]) == ("临海市", "331000", [])
    assert {committee["region"]["code"] for committee in place["organizations"]} == {"331082"}
    assert all(place[name]["nodes"] for name in OPEN)
    assert {row["region"]["code"] for name in ("studios", "questions", "grids") for row in place[name]["nodes"]} == {
        "331082"
    }
    assert max(sandbox.calls().values()) <= 2


async def test_joint_studios_name_one_another(gateway: Gateway) -> None:
    """A studio leads to those it works together with, of any region, and each of them back."""
    page = """{ studios(first: 50) { nodes { id kind starRating tags memberCount jointStudios { id jointStudios { id } } } } }"""

    studios = (await gateway.query(page))["data"]["studios"]["nodes"]

    joined = [studio for studio in studios if studio["jointStudios"]]
    assert joined
    for studio in joined:
        for other in studio["jointStudios"]:
            assert studio["id"] in {back["id"] for back in other["jointStudios"]}
    assert {studio["kind"] for studio in studios} > {"SECTOR"}
    assert all(1 <= studio["starRating"] <= 5 for studio in studios if studio["starRating"])


async def test_a_citys_lists_may_be_narrowed_to_a_county(gateway: Gateway) -> None:
    """The filter of a place's list names a part of it; another place is refused."""
    page = """query Part($code: String!, $part: String!) { region(code: $code) { children { code }
        studios(first: 50, filter: {regionCode: $part}) { nodes { region { code } } } } }"""

    inside = await gateway.query(page, {"code": "331000", "part": "331082"})
    outside = await gateway.query(page, {"code": "331082", "part": "331081"})

    assert {studio["region"]["code"] for studio in inside["data"]["region"]["studios"]["nodes"]} == {"331082"}
    assert "331082" in {child["code"] for child in inside["data"]["region"]["children"]}
    assert [error["extensions"]["code"] for error in outside["errors"]] == ["BAD_INPUT"]


async def test_what_offices_do_in_a_place_is_for_those_on_duty(gateway: Gateway, desk: SignInDesk) -> None:
    """Micro-suggestions, reports, work orders and what the command centre does are refused to anyone, and read by a clerk."""
    refused = await gateway.query(PLACE, LINHAI)
    clerk = next(person.id for person in desk.sandbox.world.officials if "staff" in person.roles)
    token = await desk.token(clerk, "zhezhengding", f"{ON_DUTY} {Scope.OPINION_READ}")

    told: dict[str, Any] = (await gateway.query(PLACE, LINHAI, token))["data"]["region"]

    assert {error["path"][-1] for error in refused["errors"]} == {*FOR_DUTY}
    assert all(told[name]["nodes"] for name in FOR_DUTY)
    assert {row["region"]["code"] for name in FOR_DUTY for row in told[name]["nodes"]} == {"331082"}


async def test_a_committee_leads_to_what_goes_on_in_its_place(gateway: Gateway, desk: SignInDesk) -> None:
    """By its region: the lists of the command centre, narrowed as at the root; another place is refused."""
    clerk = next(person.id for person in desk.sandbox.world.officials if "staff" in person.roles)
    token = await desk.token(clerk, "zhezhengding", ON_DUTY)
    page = """query ($id: ID!, $part: String!) { organization(id: $id) { name region { code
        grids(first: 9, filter: {regionCode: $part}) { totalCount nodes { region { code } } }
        alerts(first: 9, filter: {level: RED}) { nodes { level } }
        unifiedWorkOrders(first: 9, filter: {origin: GRID}) { nodes { origin } }
        villageForms(first: 9, filter: {status: SUBMITTED}) { nodes { status } } } } }"""
    city = global_id("Organization", "GO_zx331000")

    told = (await gateway.query(page, {"id": city, "part": "331082"}, token))["data"]["organization"]["region"]
    outside = await gateway.query(page, {"id": global_id("Organization", "GO_zx331002"), "part": "331082"}, token)

    assert {row["region"]["code"] for row in told["grids"]["nodes"]} == {"331082"}
    assert {row["level"] for row in told["alerts"]["nodes"]} == {"RED"}
    assert {row["origin"] for row in told["unifiedWorkOrders"]["nodes"]} == {"GRID"}
    assert {row["status"] for row in told["villageForms"]["nodes"]} == {"SUBMITTED"}
    assert [(e["path"][-1], e["extensions"]["code"]) for e in outside["errors"]] == [("grids", "BAD_INPUT")]


async def test_no_place_is_refused(gateway: Gateway) -> None:
    """A code that is no place is BAD_INPUT."""
    body = await gateway.query('{ region(code: "999999") { name } }')

    assert body["data"] == {"region": None}
    assert [error["extensions"]["code"] for error in body["errors"]] == ["BAD_INPUT"]
