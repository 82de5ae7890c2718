"""A member's page: on duty when, spoke where, said what; and the way from each back to the member."""

from datetime import timedelta
from typing import Any

import pytest

from connectors.sandbox.faults import FaultKind
from connectors.sandbox.world import MemberSeed
from schema.identifiers import global_id
from tests.stack import Gateway, Sandbox

PAGE = """query ($id: ID!, $from: DateTime!, $to: DateTime!, $first: Int = 100) { member(id: $id) { name
    dutyShifts(from: $from, to: $to) { startsAt endsAt topic member { id } studio { name } }
    deliberations(first: $first) { totalCount nodes { id title kind status opensAt organization { id name } } }
    statements(first: $first) { totalCount nodes { id body postedAt
        author { ... on Member { id name } } deliberation { id title } } } } }"""
PART = """query ($id: ID!, $after: String) { member(id: $id) {
    statements(first: 2, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } } }"""
CALENDAR = """query ($from: DateTime!, $to: DateTime!) { dutyShifts(regionCode: "331002", from: $from, to: $to) {
    id member { dutyShifts(from: $from, to: $to) { id } } } }"""
ROOM = """query ($id: ID!) { deliberation(id: $id) { statements(first: 100) {
    nodes { author { ... on Member { deliberations(first: 100) { nodes { id } } } } } } } }"""


@pytest.fixture
def member(sandbox: Sandbox) -> MemberSeed:
    """The convener of the first studio."""
    return sandbox.world.studios[0].members[0]


def asked(sandbox: Sandbox, member: MemberSeed, **more: Any) -> dict[str, Any]:
    """Variables: that member, and the weeks around today."""
    today = sandbox.world.today
    span = {"from": (today - timedelta(days=20)).isoformat(), "to": (today + timedelta(days=10)).isoformat()}
    return {"id": global_id("Member", member.key), **span, **more}


async def test_the_page_is_whole(sandbox: Sandbox, gateway: Gateway, member: MemberSeed) -> None:
    """Anyone reads every part, in a call for each; all of it is that member's."""
    sandbox.reset()

    body = await gateway.query(PAGE, asked(sandbox, member))

    assert "errors" not in body, body["errors"]
    page = body["data"]["member"]
    starts = [shift["startsAt"] for shift in page["dutyShifts"]]
    assert starts == sorted(starts)
    assert {shift["member"]["id"] for shift in page["dutyShifts"]} <= {global_id("Member", member.key)}
    assert page["statements"]["totalCount"] == len(page["statements"]["nodes"]) > 0
    for said in page["statements"]["nodes"]:
        assert said["author"] == {"id": global_id("Member", member.key), "name": page["name"]}
    moments = [said["postedAt"] for said in page["statements"]["nodes"]]
    assert moments == sorted(moments, reverse=True)
    rooms = {said["deliberation"]["id"]: said["deliberation"]["title"] for said in page["statements"]["nodes"]}
    assert {room["id"]: room["title"] for room in page["deliberations"]["nodes"]} == rooms
    assert max(sandbox.calls().values()) == 1, sandbox.calls()


async def test_statements_are_walked_page_by_page(sandbox: Sandbox, gateway: Gateway, member: MemberSeed) -> None:
    """Pages go on where the last one ended, and hold each once."""
    whole = (await gateway.query(PAGE, asked(sandbox, member)))["data"]["member"]["statements"]

    first = (await gateway.query(PART, {"id": global_id("Member", member.key)}))["data"]["member"]["statements"]
    last = {"id": global_id("Member", member.key), "after": first["pageInfo"]["endCursor"]}
    rest = (await gateway.query(PART, last))["data"]["member"]["statements"]

    assert first["nodes"] + rest["nodes"] == [{"id": said["id"]} for said in whole["nodes"][:4]]
    assert len(first["nodes"]) == 2
    assert first["pageInfo"]["hasNextPage"]


async def test_who_speaks_in_a_room_leads_to_all_their_rooms(sandbox: Sandbox, gateway: Gateway) -> None:
    """This one among them; one call for all members."""
    room = global_id("Deliberation", f"DL{sandbox.world.committees[0].region_code}005")
    sandbox.reset()

    body = await gateway.query(ROOM, {"id": room})

    authors = [said["author"] for said in body["data"]["deliberation"]["statements"]["nodes"] if said["author"]]
    members = [author["deliberations"]["nodes"] for author in authors if author]
    assert len(members) > 1
    assert all({"id": room} in rooms for rooms in members)
    assert sandbox.calls()["duty.members.deliberations"] == 1


async def test_who_is_on_duty_leads_to_all_their_shifts(sandbox: Sandbox, gateway: Gateway) -> None:
    """The one of the calendar among them; one call for all members."""
    today = sandbox.world.today
    span = {"from": (today - timedelta(days=7)).isoformat(), "to": (today + timedelta(days=7)).isoformat()}
    sandbox.reset()

    body = await gateway.query(CALENDAR, span)

    assert body["data"]["dutyShifts"]
    for shift in body["data"]["dutyShifts"]:
        assert {"id": shift["id"]} in shift["member"]["dutyShifts"]
    assert sandbox.calls()["duty.members.shifts"] == 1


async def test_a_span_too_long_costs_the_shifts_alone(sandbox: Sandbox, gateway: Gateway, member: MemberSeed) -> None:
    """Above 31 days, as for a studio."""
    later = (sandbox.world.today + timedelta(days=40)).isoformat()

    body = await gateway.query(PAGE, asked(sandbox, member) | {"to": later})

    assert [(e["path"][-1], e["extensions"]["code"]) for e in body["errors"]] == [("dutyShifts", "RANGE_TOO_WIDE")]
    assert body["data"]["member"]["statements"]["nodes"]


@pytest.mark.parametrize(
    ("operation", "part"),
    [
        ("members.shifts", "dutyShifts"),
        ("members.deliberations", "deliberations"),
        ("members.statements", "statements"),
    ],
)
async def test_what_fails_costs_its_part(
    sandbox: Sandbox, gateway: Gateway, member: MemberSeed, operation: str, part: str
) -> None:
    """That part is null and names the platform; the rest of the page is whole."""
    sandbox.break_("duty", FaultKind.HTTP500, operation)

    body = await gateway.query(PAGE, asked(sandbox, member))

    page = body["data"]["member"]
    assert {name for name, told in page.items() if told is None} == {part}
    assert [(e["path"], e["extensions"]["platform"]) for e in body["errors"]] == [(["member", part], "duty")]
