"""Saying something in a deliberation: as a member, as a citizen, without a name; and liking what was said."""

from typing import Any

import pytest

from connectors.masking import masked_name
from gateway.live.log import Event
from schema.identifiers import global_id, parsed_id
from tests.stack import Sandbox, SignInDesk
from tests.writers import CITIZEN, CITIZEN_APP, WRITE, members, mended, refused, staff_of, work_token

POST = """mutation ($input: PostStatementInput!) { postStatement(input: $input) { published
    statement { id body likes author { __typename ... on Member { id name } ... on PublicPerson { displayName } }
        deliberation { id statementCount } } userErrors { code message field } } }"""
LIKE = """mutation ($input: LikeStatementInput!) { likeStatement(input: $input) { liked
    statement { id likes body } userErrors { code message field } } }"""
ROOM = """query ($id: ID!) { deliberation(id: $id) { statementCount statements(first: 3) { totalCount nodes {
    id body likes author { __typename } } } } }"""
OPEN = "query ($status: DeliberationStatus) { deliberations(first: 20, filter: {status: $status}) { nodes { id } } }"


async def rooms(desk: SignInDesk, status: str = "OPEN") -> list[str]:
    """Deliberations that stand there, by id."""
    body = await desk.gateway.query(OPEN, {"status": status})
    return [one["id"] for one in body["data"]["deliberations"]["nodes"]]


def said(room: str, **more: Any) -> dict[str, Any]:
    """Variables of a statement."""
    return {"input": {"deliberationId": room, "body": "建议增设夜间公交。"} | more}


@pytest.fixture
def told(desk: SignInDesk) -> list[Event]:
    """What the live bus tells from now on."""
    events: list[Event] = []
    desk.gateway.parts.bus.on_event.append(events.append)
    return events


def of_statements(told: list[Event]) -> list[tuple[str, str]]:
    """What was told of statements."""
    return [(one.topic, one.key) for one in told if one.topic.startswith("statements:")]


async def test_a_member_is_published_at_once_and_told(sandbox: Sandbox, desk: SignInDesk, told: list[Event]) -> None:
    """By their own name; the room shows it at once, counts it, and those who follow it are told."""
    [room, *_] = await rooms(desk)
    me = members(sandbox.world)[0]
    token = await work_token(desk, me.person)
    before = (await desk.gateway.query(ROOM, {"id": room}, token))["data"]["deliberation"]

    body = await desk.gateway.query(POST, said(room, body=" 建议<b>增设</b>夜间公交。\u202e"), token)
    after = (await desk.gateway.query(ROOM, {"id": room}, token))["data"]["deliberation"]

    assert "errors" not in body
    posted = body["data"]["postStatement"]
    assert posted["published"] is True
    statement = posted["statement"]
    assert statement["body"] == "建议<b>增设</b>夜间公交。"
    assert statement["author"] == {
        "__typename": "Member",
        "id": global_id("Member", me.key),
        "name": me.person.name,
    }
    assert after["statements"]["nodes"][0]["id"] == statement["id"]
    assert after["statementCount"] == statement["deliberation"]["statementCount"] == before["statementCount"] + 1
    assert of_statements(told) == [(f"statements:{parsed_id(room)[1]}", parsed_id(statement["id"])[1])]


async def test_a_citizen_waits_for_moderation_under_a_masked_name(
    sandbox: Sandbox, desk: SignInDesk, told: list[Event]
) -> None:
    """Who wrote it reads it in the answer; nobody else finds it, and nobody is told."""
    [room, *_] = await rooms(desk)
    person = next(one for one in sandbox.world.citizens if one.id == "citizen-0002")
    token = await desk.token(person.id, CITIZEN_APP, CITIZEN)

    named = await desk.gateway.query(POST, said(room), token)
    nameless = await desk.gateway.query(POST, said(room, anonymous=True), token)
    shown = await desk.gateway.query(ROOM, {"id": room}, token)

    posted = named["data"]["postStatement"]
    assert posted["published"] is False
    assert posted["statement"]["author"] == {"__typename": "PublicPerson", "displayName": masked_name(person.name)}
    assert nameless["data"]["postStatement"]["statement"]["author"] is None
    ids = {body["data"]["postStatement"]["statement"]["id"] for body in (named, nameless)}
    assert ids.isdisjoint(one["id"] for one in shown["data"]["deliberation"]["statements"]["nodes"])
    assert of_statements(told) == []


async def test_a_liking_counts_once_a_person(desk: SignInDesk) -> None:
    """Liked twice counts once; taken back it counts no more; the room shows it at once."""
    [room, *_] = await rooms(desk)
    token = await desk.token("citizen-0003", CITIZEN_APP, CITIZEN)
    before = (await desk.gateway.query(ROOM, {"id": room}, token))["data"]["deliberation"]["statements"]["nodes"][0]
    asked = {"input": {"statementId": before["id"]}}

    liked = await desk.gateway.query(LIKE, asked, token)
    again = await desk.gateway.query(LIKE, asked, token)
    seen = await desk.gateway.query(ROOM, {"id": room}, token)
    unliked = await desk.gateway.query(LIKE, {"input": asked["input"] | {"liked": False}}, token)

    counted = before["likes"] + 1
    expected = {"id": before["id"], "body": before["body"], "likes": counted}
    assert liked["data"]["likeStatement"] == {"liked": True, "statement": expected, "userErrors": []}
    assert again["data"] == liked["data"]
    assert seen["data"]["deliberation"]["statements"]["nodes"][0]["likes"] == counted
    assert unliked["data"]["likeStatement"]["statement"]["likes"] == before["likes"]


async def test_who_may_not_speak_is_refused_each_with_its_own_code(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Without a token, without the scope of one's role, and as neither member nor citizen."""
    [room, *_] = await rooms(desk)
    me = members(sandbox.world)[1]
    member = await work_token(desk, me.person, "openid graph:read duty:read")
    citizen = await desk.token("citizen-0004", CITIZEN_APP, "openid graph:read")
    office = await work_token(desk, staff_of(sandbox.world, me.committee), WRITE)

    bodies = [await desk.gateway.query(POST, said(room), token) for token in (None, member, citizen, office)]

    assert [refused(body) for body in bodies] == [["FORBIDDEN_ROLE"], ["FORBIDDEN"], ["FORBIDDEN"], ["FORBIDDEN_ROLE"]]
    assert "duty:write" in bodies[1]["errors"][0]["message"]
    assert "question:write" in bodies[2]["errors"][0]["message"]


async def test_what_can_be_mended_is_told(sandbox: Sandbox, desk: SignInDesk) -> None:
    """A room that is closed, one that is not there, too much text, a member without a name."""
    [room, *_], [closed, *_] = await rooms(desk), await rooms(desk, "CLOSED")
    token = await work_token(desk, members(sandbox.world)[2].person)
    nowhere = global_id("Deliberation", "D1")

    async def answered(asked: dict[str, Any]) -> list[tuple[str, str | None]]:
        return mended(await desk.gateway.query(POST, asked, token), "postStatement")

    assert await answered(said(closed)) == [("FORBIDDEN_MOVE", None)]
    assert await answered(said(nowhere)) == [("NOT_FOUND", None)]
    assert await answered(said(room, body="长" * 2001)) == [("TEXT_TOO_LONG", "body")]
    assert await answered(said(room, anonymous=True)) == [("MEMBERS_SPEAK_BY_NAME", "anonymous")]
    gone = await desk.gateway.query(LIKE, {"input": {"statementId": global_id("Statement", "T1-1")}}, token)
    assert mended(gone, "likeStatement") == [("NOT_FOUND", None)]
