"""Messages of one's own, people by their names, committees' portals and their schedules."""

import pytest

from connectors.sandbox.world import PersonSeed
from schema.identifiers import global_id
from tests.stack import Gateway, Sandbox, SignInDesk, span

MAIL = """query ($filter: MessageFilter) { messages(first: 20, filter: $filter) { totalCount nodes {
    id kind title body sentAt sender { id name } receivers { id name } receiverCount readAt } } }"""
SEARCH = """query ($name: String!, $at: ID!) { officials(name: $name, organizationId: $at, first: 20) {
    nodes { id name title organization { id name } } } }"""
PORTAL = """query ($id: ID!) { organization(id: $id) { name
    portal { apps { code name path } brands { name slogan } above { id name level } } } }"""
SCHEDULE = """query ($id: ID!, $from: DateTime!, $to: DateTime!) { organization(id: $id) { name
    schedule(from: $from, to: $to) { title startsAt organization { id } } } }"""


def official(sandbox: Sandbox, *, staff: bool = False) -> PersonSeed:
    """Somebody with an employee code; of a committee's office, or of another."""
    return next(
        person
        for person in sandbox.world.officials
        if person.work and person.work.employee_code and ("staff" in person.roles) is staff
    )


async def test_messages_are_the_askers_own(sandbox: Sandbox, desk: SignInDesk) -> None:
    """One call; the asker stands among sender and receivers of each that names them all; kinds narrow the list."""
    person = official(sandbox)
    assert person.work is not None
    own = global_id("Official", person.work.employee_code)
    token = await desk.token(person.id, "zhezhengding", "openid office:read")
    sandbox.reset()

    body = await desk.gateway.query(MAIL, token=token)
    calls = sandbox.calls()
    mail = await desk.gateway.query(MAIL, {"filter": {"kinds": ["MAIL"]}}, token)

    assert "errors" not in body
    assert calls == {"zhezhengding.messages.list": 1}
    rows = body["data"]["messages"]["nodes"]
    assert rows
    named = [row for row in rows if row["receiverCount"] == len(row["receivers"])]
    assert all(own in {row["sender"]["id"], *(one["id"] for one in row["receivers"])} for row in named)
    assert all(row["sender"]["name"] and row["body"] for row in rows)
    assert {row["kind"] for row in mail["data"]["messages"]["nodes"]} == {"MAIL"}
    assert all(row["title"] for row in mail["data"]["messages"]["nodes"])


async def test_messages_take_their_scope_and_have_no_ids_to_try(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Refused by the scope's name; and staff find nobody's message by its id."""
    staff = official(sandbox, staff=True)
    token = await desk.token(staff.id, "zhezhengding", "openid office:read")
    rows = (await desk.gateway.query(MAIL, token=token))["data"]["messages"]["nodes"]

    refused = await desk.gateway.query(MAIL, token=await desk.token(staff.id, "zhezhengding"))
    found = await desk.gateway.query("query ($id: ID!) { node(id: $id) { id } }", {"id": rows[0]["id"]}, token)

    assert refused["data"] == {"messages": None}
    assert refused["errors"][0]["extensions"]["scope"] == "office:read"
    assert found["data"] == {"node": None}
    assert found["errors"][0]["extensions"]["code"] == "BAD_ID"


async def test_people_are_found_by_their_names(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Below an organisation, by a part of the name, with their posts."""
    person = official(sandbox)
    assert person.work is not None
    token = await desk.token(person.id, "zhezhengding", "openid directory:read")
    variables = {"name": person.name, "at": global_id("Organization", person.work.unit_code)}

    body = await desk.gateway.query(SEARCH, variables, token)

    assert "errors" not in body
    nodes = body["data"]["officials"]["nodes"]
    assert global_id("Official", person.work.employee_code) in {node["id"] for node in nodes}
    assert all(person.name in node["name"] and node["title"] and node["organization"]["name"] for node in nodes)


@pytest.mark.parametrize(
    ("name", "at", "code"),
    [
        (" ", global_id("Organization", "GO_root"), "BAD_INPUT"),
        ("王" * 51, global_id("Organization", "GO_root"), "BAD_INPUT"),
        ("王", global_id("Studio", "1"), "BAD_ID"),
        ("王", "nothing", "BAD_ID"),
    ],
)
async def test_a_search_for_nothing_is_refused(
    name: str, at: str, code: str, sandbox: Sandbox, desk: SignInDesk
) -> None:
    """A blank name, one too long, and what is no organisation."""
    token = await desk.token(official(sandbox).id, "zhezhengding", "openid directory:read")

    body = await desk.gateway.query(SEARCH, {"name": name, "at": at}, token)

    assert body["data"] == {"officials": None}
    assert body["errors"][0]["extensions"]["code"] == code


async def test_the_directory_is_not_searched_without_its_scope(desk: SignInDesk) -> None:
    """A citizen is refused by the scope's name."""
    variables = {"name": "王", "at": global_id("Organization", "GO_root")}

    body = await desk.gateway.query(SEARCH, variables, await desk.token("citizen-0001"))

    assert body["data"] == {"officials": None}
    assert body["errors"][0]["extensions"]["scope"] == "directory:read"


async def test_a_committee_has_a_portal_and_a_plain_unit_none(sandbox: Sandbox, gateway: Gateway) -> None:
    """Applications and brands are public; the level above takes the directory's scope."""
    committee = sandbox.world.committees[-1]
    unit = next(one for one in sandbox.world.units if one.code not in {c.code for c in sandbox.world.committees})

    body = await gateway.query(PORTAL, {"id": global_id("Organization", committee.code)})
    plain = await gateway.query(PORTAL, {"id": global_id("Organization", unit.code)})

    portal = body["data"]["organization"]["portal"]
    assert body["data"]["organization"]["name"] == committee.name
    assert portal["apps"]
    assert all(app["path"].startswith("/") for app in portal["apps"])
    assert portal["brands"][0]["name"]
    assert portal["above"] is None
    assert body["errors"][0]["extensions"]["scope"] == "directory:read"
    assert plain["data"]["organization"]["portal"] is None
    assert "errors" not in plain


async def test_who_may_see_the_directory_sees_the_level_above(sandbox: Sandbox, desk: SignInDesk) -> None:
    """A county's committee lies below its city's."""
    committee = next(c for c in sandbox.world.committees if c.level.name == "COUNTY")
    token = await desk.token(official(sandbox).id, "zhezhengding", "openid directory:read")

    body = await desk.gateway.query(PORTAL, {"id": global_id("Organization", committee.code)}, token)

    assert "errors" not in body
    assert body["data"]["organization"]["portal"]["above"]["level"] == "MUNICIPAL"


async def test_an_organisations_schedule_is_for_committee_staff(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Staff read it; another official is refused, although the scope is there."""
    staff = official(sandbox, staff=True)
    assert staff.work is not None
    variables = {"id": global_id("Organization", staff.work.unit_code), **span(sandbox.world)}
    scope = "openid office:read"

    told = await desk.gateway.query(SCHEDULE, variables, await desk.token(staff.id, "zhezhengding", scope))
    other = await desk.gateway.query(SCHEDULE, variables, await desk.token(official(sandbox).id, "zhezhengding", scope))

    assert "errors" not in told
    rows = told["data"]["organization"]["schedule"]
    assert rows
    assert {row["organization"]["id"] for row in rows} == {variables["id"]}
    assert other["data"]["organization"]["schedule"] is None
    assert other["errors"][0]["extensions"]["code"] == "FORBIDDEN_ROLE"
