"""A committee's activities: who may see what of them, and the office's list and door."""

from typing import Any

from connectors.viewer import Scope
from schema.identifiers import global_id
from tests.stack import Gateway, Sandbox, SignInDesk

DUTY = f"openid {Scope.GRAPH_READ} {Scope.DUTY_READ}"
PAGE = """query ($id: ID!) { organization(id: $id) { name activities(upcoming: true, first: 10) { totalCount nodes {
    id title startsAt endsAt venue invitedCount attendanceCount checkInOpensAt checkInClosesAt
    agenda { startsAt title } organization { id } logistics { seat } viewerAttendance { status checkedInAt } } } } }"""
OFFICE = """query ($id: ID!) { activity(id: $id) { title checkInCode { code endsAt } attendances(first: 5) {
    totalCount nodes { id status checkedInAt member { id name } activity { id } } } } }"""


def asked(sandbox: Sandbox) -> dict[str, Any]:
    """Variables: the first committee's."""
    return {"id": global_id("Organization", sandbox.world.committees[0].code)}


async def staff_token(sandbox: Sandbox, desk: SignInDesk) -> str:
    """Somebody of a committee's office."""
    staff = next(p for p in sandbox.world.officials if "staff" in p.roles)
    return await desk.token(staff.id, "zhezhengding", DUTY)


async def member_token(sandbox: Sandbox, desk: SignInDesk) -> str:
    """A member of the first committee."""
    mine = (m.person for m in sandbox.world.members if m.committee == sandbox.world.committees[0] and m.person.work)
    return await desk.token(next(p for p in mine if "staff" not in p.roles).id, "zhezhengding", DUTY)


async def test_a_members_committee_shows_what_is_next(sandbox: Sandbox, desk: SignInDesk) -> None:
    """The next first, each with its agenda; seat and standing are those of the member who asks, and nobody else's."""
    body = await desk.gateway.query(PAGE, asked(sandbox), await member_token(sandbox, desk))
    other = await desk.gateway.query(PAGE, asked(sandbox), await desk.token("citizen-0001"))

    assert "errors" not in body
    rows = body["data"]["organization"]["activities"]["nodes"]
    assert rows
    assert [row["startsAt"] for row in rows] == sorted(row["startsAt"] for row in rows)
    assert {row["organization"]["id"] for row in rows} == {asked(sandbox)["id"]}
    assert all(row["agenda"] for row in rows)
    assert any(row["viewerAttendance"] for row in rows)
    others = other["data"]["organization"]["activities"]["nodes"]
    assert [row["id"] for row in others] == [row["id"] for row in rows]
    assert all(row["viewerAttendance"] is None and row["logistics"] is None for row in others)


async def test_without_a_token_activities_are_refused(sandbox: Sandbox, gateway: Gateway) -> None:
    """The list and the thing itself; the organisation's name is public."""
    found = await gateway.query(PAGE, asked(sandbox))
    by_id = await gateway.query("query ($id: ID!) { activity(id: $id) { title } }", {"id": global_id("Activity", "A1")})

    assert found["data"]["organization"]["name"]
    assert found["data"]["organization"]["activities"] is None
    assert by_id["data"]["activity"] is None
    for body in (found, by_id):
        assert [error["extensions"]["code"] for error in body["errors"]] == ["FORBIDDEN"]
        assert Scope.GRAPH_READ in body["errors"][0]["message"]


async def test_the_office_sees_who_comes_and_what_to_show_at_the_door(sandbox: Sandbox, desk: SignInDesk) -> None:
    """All who are invited, by name, and the code of this minute; each leads back to the activity."""
    token = await staff_token(sandbox, desk)
    listed = await desk.gateway.query(PAGE, asked(sandbox), token)
    wanted = {"id": listed["data"]["organization"]["activities"]["nodes"][0]["id"]}

    body = await desk.gateway.query(OFFICE, wanted, token)

    assert "errors" not in body
    shown = body["data"]["activity"]
    assert shown["checkInCode"]["code"]
    assert shown["attendances"]["totalCount"] > 0
    assert all(row["member"]["name"] and row["status"] for row in shown["attendances"]["nodes"])
    assert {row["activity"]["id"] for row in shown["attendances"]["nodes"]} == {wanted["id"]}


async def test_members_see_neither_the_list_nor_the_code_nor_anothers_attendance(
    sandbox: Sandbox, desk: SignInDesk
) -> None:
    """The activity itself is theirs to read; the office's parts are refused, and another's standing is not found."""
    office, token = await staff_token(sandbox, desk), await member_token(sandbox, desk)
    listed = await desk.gateway.query(PAGE, asked(sandbox), office)
    wanted = {"id": listed["data"]["organization"]["activities"]["nodes"][0]["id"]}
    rows = (await desk.gateway.query(OFFICE, wanted, office))["data"]["activity"]["attendances"]["nodes"]
    me = (await desk.gateway.query("{ viewer { member { id } } }", {}, token))["data"]["viewer"]["member"]["id"]
    anothers = next(row["id"] for row in rows if row["member"]["id"] != me)

    body = await desk.gateway.query(OFFICE, wanted, token)
    found = await desk.gateway.query(
        "query ($id: ID!) { node(id: $id) { ... on Attendance { status } } }", {"id": anothers}, token
    )

    assert body["data"]["activity"]["title"]
    assert body["data"]["activity"]["checkInCode"] is None
    assert body["data"]["activity"]["attendances"] is None
    assert {error["extensions"]["code"] for error in body["errors"]} == {"FORBIDDEN_ROLE"}
    assert found == {"data": {"node": None}}
