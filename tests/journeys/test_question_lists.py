"""Questions over all studios, a member's and one's own, and which reports came of them."""

from typing import Any

from connectors.viewer import Scope
from schema.identifiers import global_id
from tests.stack import Gateway, Sandbox, SignInDesk

LIST = """query ($filter: QuestionFilter, $orderBy: QuestionOrder! = ASKED_AT_DESC) {
    questions(filter: $filter, orderBy: $orderBy, first: 50) { totalCount nodes {
        id status category visibility moderation askedAt changedAt region { code } reasonCode extendedUntil
        history { status at by note } } } }"""
OWN = "{ viewer { questions(first: 20) { totalCount nodes { id visibility askedAt } } } }"
RAISED = """query ($since: DateTime!) { opinionReports(filter: { changedSince: $since }, first: 20) { nodes {
    id sourceQuestions(first: 5) { nodes { id opinionReports { id } } } } } }"""


def rows(body: dict[str, Any]) -> list[dict[str, Any]]:
    """The questions of an answer."""
    assert "errors" not in body, body["errors"]
    found: list[dict[str, Any]] = body["data"]["questions"]["nodes"]
    return found


async def test_anyone_lists_what_is_published(gateway: Gateway) -> None:
    """Newest first, or by what changed; by status, category and place, and nothing private."""
    everything = rows(await gateway.query(LIST))
    closed = rows(await gateway.query(LIST, {"filter": {"statuses": ["CLOSED", "RATED"], "regionCode": "331002"}}))
    changed = rows(await gateway.query(LIST, {"orderBy": "CHANGED_AT_ASC"}))

    assert {row["visibility"] for row in everything} == {"PUBLIC"}
    assert [row["askedAt"] for row in everything] == sorted((row["askedAt"] for row in everything), reverse=True)
    assert closed
    assert {row["status"] for row in closed} <= {"CLOSED", "RATED"}
    assert [row["changedAt"] for row in changed] == sorted(row["changedAt"] for row in changed)
    assert all(row["history"] for row in everything)


async def test_the_office_lists_what_waits_to_be_published(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Others find none: what is not published yet is private."""
    office = next(person for person in sandbox.world.officials if "staff" in person.roles and person.work)
    token = await desk.token(office.id, "zhezhengding")
    waiting = {"filter": {"moderation": "WAITING"}}

    for_office = rows(await desk.gateway.query(LIST, waiting, token))
    for_anyone = rows(await desk.gateway.query(LIST, waiting))

    assert {row["moderation"] for row in for_office} == {"WAITING"}
    assert for_anyone == []


async def test_askers_find_their_own(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Private ones too, also by the filter of the list of all; an official without an account there has none."""
    token = await desk.token(sandbox.world.citizens[0].id)
    official = next(person for person in sandbox.world.officials if person.work and not person.user_id)
    work = await desk.token(official.id, "zhezhengding")

    own = (await desk.gateway.query(OWN, token=token))["data"]["viewer"]["questions"]
    filtered = rows(await desk.gateway.query(LIST, {"filter": {"own": True}}, token))
    none = (await desk.gateway.query(OWN, token=work))["data"]["viewer"]["questions"]

    assert own["nodes"]
    assert {row["id"] for row in own["nodes"]} <= {row["id"] for row in filtered}
    assert (none["totalCount"], none["nodes"]) == (0, [])


async def test_a_members_questions_are_those_put_to_them(sandbox: Sandbox, gateway: Gateway) -> None:
    """On the member's page, and by the filter of the list of all; another type's id is refused."""
    member = sandbox.world.studios[0].members[0]
    identifier = global_id("Member", member.key)
    text = """query ($id: ID!) { member(id: $id) { questions(first: 100) { nodes { addressee { id }
        replies { author { id } } } } } questions(filter: { addresseeId: $id }, first: 100) { nodes {
        addressee { id } } } }"""

    body = await gateway.query(text, {"id": identifier})
    bad = await gateway.query(LIST, {"filter": {"addresseeId": global_id("Studio", sandbox.world.studios[0].key)}})

    theirs = body["data"]["member"]["questions"]["nodes"]
    assert theirs
    assert {row["addressee"]["id"] for row in body["data"]["questions"]["nodes"]} == {identifier}
    assert bad["errors"][0]["extensions"]["code"] == "BAD_ID"


async def test_a_question_leads_to_its_reports_and_back(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Each report is among those of its questions; a reader without the scope hears which one is missing."""
    office = next(person for person in sandbox.world.officials if "staff" in person.roles and person.work)
    token = await desk.token(office.id, "zhezhengding", f"openid {Scope.GRAPH_READ} {Scope.OPINION_READ}")
    since = sandbox.world.today.replace(year=sandbox.world.today.year - 2).isoformat()

    body = await desk.gateway.query(RAISED, {"since": since}, token)
    reports = body["data"]["opinionReports"]["nodes"]
    asked = [(report["id"], question) for report in reports for question in report["sourceQuestions"]["nodes"]]
    text = "query ($id: ID!) { question(id: $id) { id opinionReports { id } } }"
    refused = await desk.gateway.query(text, {"id": asked[0][1]["id"]}, await desk.token(office.id, "zhezhengding"))

    assert "errors" not in body
    assert asked
    assert all(report in {one["id"] for one in question["opinionReports"]} for report, question in asked)
    assert refused["data"]["question"] == {"id": asked[0][1]["id"], "opinionReports": None}
    assert refused["errors"][0]["extensions"]["code"] == "FORBIDDEN"
