"""The handheld office: what an official's organisations announce, plan, work on and issue (operation 17)."""

from typing import Any
from urllib.parse import urlsplit

import pytest

from connectors.errors import PlatformError
from connectors.sandbox.faults import FaultKind
from connectors.sandbox.world import PersonSeed
from schema.identifiers import global_id, parsed_id
from tests.stack import Gateway, OpenGateway, Sandbox, SignInDesk, desk_at, operation, span

SCOPES = "openid graph:read office:read"
BUDGET = 5
LISTS = ("notices", "schedule", "workProgress", "documents")
FILES = "{ documents(first: 20) { nodes { id number title fileName url } } }"
NODE = """query ($id: ID!) { node(id: $id) { id ... on ScheduleItem { title } ... on WorkProgress { title }
    ... on OfficialDocument { title url } } }"""


def official(sandbox: Sandbox, *, staff: bool = False) -> PersonSeed:
    """Somebody with an employee code who is no member; of a committee's office, or of another."""
    return next(
        person
        for person in sandbox.world.officials
        if person.work and person.work.employee_code and ("staff" in person.roles) is staff
    )


async def document_of(desk: SignInDesk, token: str) -> dict[str, Any]:
    """A document that has a file."""
    body = await desk.gateway.query(FILES, token=token)
    found: dict[str, Any] = next(row for row in body["data"]["documents"]["nodes"] if row["url"])
    return found


async def test_the_desk_answers_whole_and_in_budget(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Four lists, each with the names it shows, in at most 5 calls; warm, nobody is called."""
    token = await desk.token(official(sandbox).id, "zhezhengding", SCOPES)
    names = {global_id("Organization", unit.code): unit.name for unit in sandbox.world.units}
    sandbox.reset()

    body = await desk.gateway.query(operation("17"), span(sandbox.world), token)
    cold = sandbox.calls()
    again = await desk.gateway.query(operation("17"), span(sandbox.world), token)

    assert "errors" not in body
    assert sum(cold.values()) <= BUDGET, cold
    assert sandbox.calls() == cold
    for name in ("notices", "schedule", "workProgress"):
        assert again["data"][name] == body["data"][name]
    notices, works, documents = (
        [edge["node"] for edge in body["data"][name]["edges"]] for name in ("notices", "workProgress", "documents")
    )
    schedule = body["data"]["schedule"]
    assert notices
    assert all(names[row["publisher"]["id"]] == row["publisher"]["name"] for row in notices)
    assert schedule
    assert all(person["name"] for row in schedule for person in row["attendees"])
    assert [row["startsAt"] for row in schedule] == sorted(row["startsAt"] for row in schedule)
    assert works
    assert all(0 <= row["percent"] <= 100 and row["owner"]["name"] for row in works)
    assert documents
    assert all(names[row["issuer"]["id"]] == row["issuer"]["name"] and row["number"] for row in documents)


async def test_without_the_scope_only_ones_notices_are_told(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Own notices take no ``office:read``; the other lists are refused by its name, and not asked for."""
    token = await desk.token(official(sandbox).id, "zhezhengding")
    sandbox.reset()

    body = await desk.gateway.query(operation("17"), span(sandbox.world), token)

    assert body["data"]["notices"]["edges"]
    assert [body["data"][name] for name in LISTS[1:]] == [None] * 3
    assert {
        (error["path"][0], error["extensions"]["code"], error["extensions"]["scope"]) for error in body["errors"]
    } == {(name, "FORBIDDEN", "office:read") for name in LISTS[1:]}
    assert sandbox.calls() == {"zhezhengding.office.notices.list": 1}


async def test_anyone_is_told_which_scopes_it_takes(sandbox: Sandbox, gateway: Gateway) -> None:
    """Without a token nothing is read."""
    body = await gateway.query(operation("17"), span(sandbox.world))

    assert body["data"] == dict.fromkeys(LISTS)
    assert {error["extensions"]["scope"] for error in body["errors"]} == {"graph:read", "office:read"}
    assert sandbox.calls() == {}


async def test_who_has_no_desk_has_none(sandbox: Sandbox, desk: SignInDesk) -> None:
    """A citizen without an account on the work app gets null for the notices, and no error."""
    token = await desk.token("citizen-0001")
    sandbox.reset()

    body = await desk.gateway.query("{ notices(first: 3) { edges { node { id } } } }", token=token)

    assert body == {"data": {"notices": None}}
    assert sandbox.calls() == {}


@pytest.mark.parametrize("kind", [FaultKind.REFUSE, FaultKind.HANG, FaultKind.GARBAGE])
async def test_an_ill_platform_costs_the_desk_alone(
    kind: FaultKind, sandbox: Sandbox, open_gateway: OpenGateway
) -> None:
    """Each list is null with its error; who asks and where they work otherwise is still told."""
    text = operation("17").replace("notices(first: 10)", "viewer { displayName } notices(first: 10)")
    async with open_gateway(hurried="zhezhengding") as gateway:
        desk = await desk_at(sandbox, gateway)
        token = await desk.token(official(sandbox).id, "zhezhengding", SCOPES)
        sandbox.break_("zhezhengding", kind)

        body = await gateway.query(text, span(sandbox.world), token)

    assert body["data"] == {"viewer": {"displayName": official(sandbox).name}, **dict.fromkeys(LISTS)}
    assert {tuple(error["path"]) for error in body["errors"]} == {(name,) for name in LISTS}
    assert {(error["extensions"]["platform"], error["extensions"]["code"]) for error in body["errors"]} == {
        ("zhezhengding", PlatformError.code)
    }


async def test_a_span_too_wide_is_refused_unread(sandbox: Sandbox, desk: SignInDesk) -> None:
    """More than 31 days; the message says what is given at most, and the other lists are whole."""
    token = await desk.token(official(sandbox).id, "zhezhengding", SCOPES)
    sandbox.reset()

    body = await desk.gateway.query(operation("17"), span(sandbox.world, days=32), token)

    (error,) = body["errors"]
    assert (error["path"], error["extensions"]["code"]) == (["schedule"], "RANGE_TOO_WIDE")
    assert "31" in error["message"]
    assert body["data"]["schedule"] is None
    assert body["data"]["documents"]["edges"]
    assert "zhezhengding.office.schedule.list" not in sandbox.calls()


async def test_lists_are_narrowed_by_their_filters(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Finished work, documents by their text, unread notices."""
    token = await desk.token(official(sandbox).id, "zhezhengding", SCOPES)
    text = """query ($text: String!) {
        done: workProgress(first: 50, filter: { finished: true }) { nodes { percent } }
        open: workProgress(first: 50, filter: { finished: false }) { nodes { percent } }
        all: workProgress(first: 50) { totalCount }
        documents(first: 50, filter: { text: $text }) { nodes { title number } }
        notices(first: 50, unreadOnly: true) { nodes { readAt } }
    }"""
    title = (await document_of(desk, token))["title"]

    body = await desk.gateway.query(text, {"text": title}, token)

    data = body["data"]
    assert "errors" not in body
    assert all(row["percent"] == 100 for row in data["done"]["nodes"])
    assert all(row["percent"] < 100 for row in data["open"]["nodes"])
    assert len(data["done"]["nodes"]) + len(data["open"]["nodes"]) == data["all"]["totalCount"]
    assert data["documents"]["nodes"]
    assert all(title in row["title"] + row["number"] for row in data["documents"]["nodes"])
    assert all(row["readAt"] is None for row in data["notices"]["nodes"])


async def test_what_is_on_the_desk_is_found_by_its_id(sandbox: Sandbox, desk: SignInDesk) -> None:
    """By those who see it and hold the scope; without the scope it is refused, to a stranger there is none."""
    person = official(sandbox)
    stranger = next(
        other
        for other in reversed(sandbox.world.officials)
        if other.work and other.work.employee_code and "staff" not in other.roles
    )
    token = await desk.token(person.id, "zhezhengding", SCOPES)
    document = await document_of(desk, token)

    own = await desk.gateway.query(NODE, {"id": document["id"]}, token)
    narrow = await desk.gateway.query(NODE, {"id": document["id"]}, await desk.token(person.id, "zhezhengding"))
    other = await desk.gateway.query(
        NODE, {"id": document["id"]}, await desk.token(stranger.id, "zhezhengding", SCOPES)
    )

    assert own["data"]["node"]["title"] == document["title"]
    assert narrow["data"] == {"node": None}
    assert narrow["errors"][0]["extensions"]["scope"] == "office:read"
    assert other == {"data": {"node": None}}


async def test_another_s_notice_takes_the_scope_by_its_id_too(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Staff without it find their own by an id, and nobody else's; with it they look after everybody's."""
    theirs = "{ notices(first: 50) { nodes { id } } }"
    by_ids = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    staff = official(sandbox, staff=True)
    narrow = await desk.token(staff.id, "zhezhengding")
    other = await desk.token(official(sandbox).id, "zhezhengding")
    own, others = [
        [row["id"] for row in (await desk.gateway.query(theirs, token=token))["data"]["notices"]["nodes"]]
        for token in (narrow, other)
    ]
    foreign = [one for one in others if one not in own]

    alone = await desk.gateway.query(by_ids, {"ids": own + foreign}, narrow)
    wide = await desk.gateway.query(by_ids, {"ids": foreign}, await desk.token(staff.id, "zhezhengding", SCOPES))

    assert own
    assert foreign
    assert [node and node["id"] for node in alone["data"]["nodes"]] == own + [None] * len(foreign)
    assert [node["id"] for node in wide["data"]["nodes"]] == foreign


async def test_a_document_opens_by_the_link_made_for_the_person(sandbox: Sandbox, desk: SignInDesk) -> None:
    """It is handed out as a file by its name; without the seal, or with another's, there is nothing."""
    token = await desk.token(official(sandbox).id, "zhezhengding", SCOPES)
    body = await desk.gateway.query(FILES, token=token)
    document, other = [row for row in body["data"]["documents"]["nodes"] if row["url"]][:2]
    link, another = urlsplit(document["url"]), urlsplit(other["url"])

    opened = await desk.gateway.client.get(f"{link.path}?{link.query}")
    bare = await desk.gateway.client.get(link.path)
    moved = await desk.gateway.client.get(f"{link.path}?{another.query}")

    assert opened.status_code == 200
    assert document["number"] in opened.text
    assert opened.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%")
    assert opened.headers["cache-control"] == "private, no-store"
    assert (bare.status_code, moved.status_code) == (404, 404)
    assert all((row["url"] is None) is (row["fileName"] is None) for row in body["data"]["documents"]["nodes"])


async def test_a_link_made_for_another_opens_nothing_they_may_not_read(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Who may no longer read the document may no longer open its file: a link is no right."""
    token = await desk.token(official(sandbox).id, "zhezhengding", SCOPES)
    document = await document_of(desk, token)
    citizen = (await desk.gateway.parts.authority.viewer_of(await desk.token("citizen-0001"))).person_id
    identifier = urlsplit(document["url"]).path.rpartition("/")[2]
    link = urlsplit(desk.gateway.parts.links.sealed(identifier, str(citizen)))

    answer = await desk.gateway.client.get(f"{link.path}?{link.query}")

    assert parsed_id(identifier)[0] == "OfficialDocumentFile"
    assert answer.status_code == 404
