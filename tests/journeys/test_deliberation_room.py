"""Operation 12: a deliberation's room, with what members, experts and the public said there."""

from typing import Any

import pytest

from connectors.duty.sandbox.forum.agenda import key_of
from connectors.sandbox.faults import FaultKind
from schema.identifiers import global_id
from tests.stack import Gateway, OpenGateway, Sandbox, SignInDesk, desk_at, operation

ROOM = operation("12")
BUSIEST, CONCLUDED = 5, 13
"""The first committee's own numbers of its open online deliberation, and of one that has an outcome."""
MEETING = 6
"""Of its open remote consultation."""


def room(sandbox: Sandbox, at: int, first: int = 50, **more: Any) -> dict[str, Any]:
    """Variables: one of the first committee's deliberations, a page of its statements."""
    return {"id": global_id("Deliberation", key_of(sandbox.world.committees[0], at)), "first": first} | more


async def test_a_room_is_whole(sandbox: Sandbox, desk: SignInDesk) -> None:
    """A citizen reads what it is about, whose it is, and what was said, each kind of author as what they are."""
    body = await desk.gateway.query(ROOM, room(sandbox, BUSIEST, 100), await desk.token("citizen-0001"))

    assert "errors" not in body
    told = body["data"]["deliberation"]
    committee = sandbox.world.committees[0]
    assert (told["kind"], told["status"]) == ("ONLINE_DELIBERATION", "OPEN")
    assert told["organization"]["id"] == global_id("Organization", committee.code)
    assert told["organization"]["name"] == committee.name
    assert told["liveStreamUrl"].startswith("https://")
    assert told["participantCount"] >= told["statements"]["totalCount"] > 50
    said = [edge["node"] for edge in told["statements"]["edges"]]
    assert said == sorted(said, key=lambda one: one["postedAt"], reverse=True)
    authors = [one["author"] for one in said if one["author"]]
    assert {author["__typename"] for author in authors} == {"Member", "Expert", "PublicPerson"}
    assert all(author["displayName"].startswith("*") for author in authors if "displayName" in author)
    assert all(author["sector"]["name"] for author in authors if author["__typename"] == "Member")
    assert told["outcome"] is None


async def test_a_room_is_walked_page_by_page(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Its pages have every statement once."""
    token, seen, after = await desk.token("citizen-0001"), [], None
    while True:
        body = await desk.gateway.query(ROOM, room(sandbox, BUSIEST, 100, after=after), token)
        page = body["data"]["deliberation"]["statements"]
        seen += [edge["node"]["id"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break

    assert len(seen) == len(set(seen)) == page["totalCount"]


async def test_a_room_keeps_its_budget(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Cold it makes at most 7 upstream calls; nothing in it is read row by row."""
    token = await desk.token("citizen-0001")
    sandbox.reset()

    body = await desk.gateway.query(ROOM, room(sandbox, CONCLUDED, 100), token)

    calls = sandbox.calls()
    assert "errors" not in body
    assert 0 < sum(calls.values()) <= 7, calls


async def test_an_outcome_names_what_it_adopted(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Everybody reads the titles of the adopted reports; their text only who may see the reports."""
    more = """query ($id: ID!) { deliberation(id: $id) { outcome { adoptedReports { id title body status
        authors { name } sourceQuestions(first: 1) { totalCount } } } } }"""
    own = (m for m in sandbox.world.members if m.committee == sandbox.world.committees[0] and m.person.work)
    member = next(own).person
    wanted = {"id": room(sandbox, CONCLUDED)["id"]}

    told = (await desk.gateway.query(ROOM, room(sandbox, CONCLUDED)))["data"]["deliberation"]["outcome"]
    public = await desk.gateway.query(more, wanted, await desk.token("citizen-0001"))
    narrow = await desk.gateway.query(more, wanted, await desk.token(member.id, "zhezhengding"))
    on_duty = await desk.token(member.id, "zhezhengding", "openid graph:read duty:read")
    members = await desk.gateway.query(more, wanted, on_duty)

    assert told["summary"]
    reports = told["adoptedReports"]
    assert reports
    assert all(report["title"] for report in reports)
    shown = public["data"]["deliberation"]["outcome"]["adoptedReports"]
    assert [one["title"] for one in shown] == [one["title"] for one in reports]
    assert {one[name] for one in shown for name in ("body", "status", "authors")} == {None}
    assert narrow["data"] == public["data"]
    assert all(one["body"] for one in members["data"]["deliberation"]["outcome"]["adoptedReports"])


async def test_who_does_not_meet_in_the_room_gets_no_link_to_it(sandbox: Sandbox, desk: SignInDesk) -> None:
    """A citizen reads when they meet by video, a member where to enter too."""
    text = "query ($id: ID!) { deliberation(id: $id) { title videoRoom { startsAt url } } }"
    wanted = {"id": room(sandbox, MEETING)["id"]}
    member = next(m.person for m in sandbox.world.members if m.person.work)

    citizens = await desk.gateway.query(text, wanted, await desk.token("citizen-0001"))
    members = await desk.gateway.query(text, wanted, await desk.token(member.id, "zhezhengding"))

    assert "errors" not in citizens
    outside, inside = (body["data"]["deliberation"]["videoRoom"] for body in (citizens, members))
    assert outside["startsAt"] == inside["startsAt"]
    assert outside["url"] is None
    assert inside["url"].startswith("https://")


async def test_a_joint_deliberation_has_three_levels(sandbox: Sandbox, gateway: Gateway) -> None:
    """From the whole down to another committee's topic, and up again; anyone reads it."""
    text = """query ($id: ID!) { deliberation(id: $id) { title subTopicCount parent { id } subTopics(first: 20) {
        totalCount nodes { id title parent { id title } subTopics(first: 20) { nodes {
        organization { name } subTopicCount parent { parent { id title } } } } } } } }"""
    wanted = room(sandbox, 100)["id"]
    sandbox.reset()

    body = await gateway.query(text, {"id": wanted})

    assert "errors" not in body
    whole = body["data"]["deliberation"]
    parts = whole["subTopics"]["nodes"]
    assert whole["parent"] is None
    assert len(parts) == whole["subTopicCount"] == whole["subTopics"]["totalCount"] == 7
    assert {part["parent"]["title"] for part in parts} == {whole["title"]}
    lowest = [topic for part in parts for topic in part["subTopics"]["nodes"]]
    assert lowest
    assert {topic["parent"]["parent"]["id"] for topic in lowest} == {wanted}
    assert {topic["parent"]["parent"]["title"] for topic in lowest} == {whole["title"]}
    assert sum(sandbox.calls().values()) <= 5


async def test_lists_hold_what_their_filters_let_through(sandbox: Sandbox, gateway: Gateway) -> None:
    """By kind, state, place, committee and words; an organisation's own are its own, whichever way one comes."""
    text = """query ($filter: DeliberationFilter, $own: DeliberationFilter, $id: ID!) {
        deliberations(filter: $filter, orderBy: CLOSES_AT_ASC, first: 100) {
            totalCount nodes { id kind status title closesAt organization { id deliberations(filter: $own, first: 1) {
            totalCount } } } }
        organization(id: $id) { deliberations(filter: $own, first: 100) { totalCount nodes { id } } } }"""
    committee = sandbox.world.committees[0]
    of = global_id("Organization", committee.code)
    chosen = {"kind": "HOT_TOPIC", "status": "OPEN"}

    body = await gateway.query(text, {"id": of, "own": chosen, "filter": chosen | {"organizationId": of}})

    assert "errors" not in body
    rows = body["data"]["deliberations"]["nodes"]
    assert rows
    assert {(row["kind"], row["status"], row["organization"]["id"]) for row in rows} == {("HOT_TOPIC", "OPEN", of)}
    assert [row["closesAt"] for row in rows] == sorted(row["closesAt"] for row in rows)
    own = body["data"]["organization"]["deliberations"]
    assert {row["id"] for row in own["nodes"]} == {row["id"] for row in rows}
    assert {row["organization"]["deliberations"]["totalCount"] for row in rows} == {len(rows)}


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        ({"regionCode": "999999"}, "BAD_INPUT"),
        ({"text": "协" * 201}, "BAD_INPUT"),
        ({"organizationId": global_id("Member", "M1")}, "BAD_ID"),
        ({"organizationId": "nonsense"}, "BAD_ID"),
    ],
)
async def test_a_filter_that_means_nothing_is_refused(
    gateway: Gateway, sandbox: Sandbox, chosen: dict[str, str], code: str
) -> None:
    """No platform is asked."""
    text = "query ($filter: DeliberationFilter) { deliberations(filter: $filter, first: 5) { totalCount } }"
    sandbox.reset()

    body = await gateway.query(text, {"filter": chosen})

    assert body["data"] == {"deliberations": None}
    assert [error["extensions"]["code"] for error in body["errors"]] == [code]
    assert sandbox.calls() == {}


async def test_another_committees_deliberations_are_not_an_organisations_own(
    sandbox: Sandbox, gateway: Gateway
) -> None:
    """Who names another organisation in the filter of one's own list hears so."""
    text = """query ($id: ID!, $other: ID!) { organization(id: $id) { name
        deliberations(filter: {organizationId: $other}, first: 5) { totalCount } } }"""
    first, second = (global_id("Organization", one.code) for one in sandbox.world.committees[:2])

    body = await gateway.query(text, {"id": first, "other": second})

    assert body["data"]["organization"]["name"]
    assert body["data"]["organization"]["deliberations"] is None
    assert body["errors"][0]["extensions"]["code"] == "BAD_INPUT"


async def test_a_statement_is_found_by_its_id(sandbox: Sandbox, desk: SignInDesk) -> None:
    """And leads back to its room; one nobody made is nothing."""
    text = "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Statement { id body deliberation { id title } } } }"
    body = await desk.gateway.query(ROOM, room(sandbox, BUSIEST, 1))
    [edge] = body["data"]["deliberation"]["statements"]["edges"]
    nobodys = global_id("Statement", "DL331000005-99999")

    found = await desk.gateway.query(text, {"ids": [edge["node"]["id"], nobodys]})

    [statement, nothing] = found["data"]["nodes"]
    assert statement["body"] == edge["node"]["body"]
    assert statement["deliberation"]["id"] == room(sandbox, BUSIEST)["id"]
    assert nothing is None


async def test_while_duty_is_down_the_rest_of_the_page_stands(sandbox: Sandbox, open_gateway: OpenGateway) -> None:
    """The room is null with one error that names the platform; what other platforms own is whole."""
    text = ROOM.replace("deliberation(id: $id)", "studios(first: 1) { totalCount } deliberation(id: $id)")
    async with open_gateway() as gateway:
        desk = await desk_at(sandbox, gateway)
        token = await desk.token("citizen-0001")
        sandbox.break_("duty", FaultKind.REFUSE)

        body = await gateway.query(text, room(sandbox, BUSIEST), token)

    assert body["data"]["deliberation"] is None
    assert body["data"]["studios"]["totalCount"] > 0
    [error] = body["errors"]
    assert error["path"] == ["deliberation"]
    assert error["extensions"]["code"] == "PLATFORM_UNAVAILABLE"
    assert error["extensions"]["platform"] == "duty"
