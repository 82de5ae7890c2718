"""What the public says by every channel, for members and offices to draw on."""

from typing import Any

import pytest

from connectors.errors import PlatformError
from connectors.sandbox.faults import FaultKind
from connectors.viewer import Scope
from tests.stack import Gateway, Sandbox, SignInDesk

ON_DUTY = f"openid {Scope.DUTY_READ}"
PAGE = """query Voices($filter: PublicVoiceFilter, $first: Int!, $after: String) {
    publicVoices(filter: $filter, first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes {
        id channel kind title summary topic region { code name } heardAt times handled
        question { id title visibility } member { id name organization { name } } } }
    studios(first: 1) { nodes { name } } }"""


@pytest.fixture
async def member(sandbox: Sandbox, desk: SignInDesk) -> str:
    """A member's token."""
    return await desk.token(sandbox.world.members[0].person.id, "zhezhengding", ON_DUTY)


async def voices(desk: SignInDesk, token: str, chosen: dict[str, Any] | None = None) -> list[Any]:
    """The first page of what is chosen."""
    body = await desk.gateway.query(PAGE, {"filter": chosen, "first": 50}, token)
    assert "errors" not in body
    return list(body["data"]["publicVoices"]["nodes"])


async def test_members_draw_on_what_every_channel_heard(sandbox: Sandbox, desk: SignInDesk, member: str) -> None:
    """Newest first, by channel and place; in a call for the list, one for its questions and one for their members."""
    sandbox.reset()

    found = await voices(desk, member, {"regionCode": "331082"})

    assert found == sorted(found, key=lambda voice: voice["heardAt"], reverse=True)
    assert {voice["region"]["code"] for voice in found} == {"331082"}
    assert len({voice["channel"] for voice in found}) >= 4
    assert sandbox.calls()["zheliban.voices.search"] == 1
    assert max(sandbox.calls().values()) <= 2


async def test_a_voice_leads_to_where_it_came_from(desk: SignInDesk, member: str) -> None:
    """A studio's published question, or the member who brought it in; a citizen is never named."""
    asked = await voices(desk, member, {"channel": "MEMBER_STUDIO"})
    brought = await voices(desk, member, {"channel": "COMMITTEE_MEMBER"})

    assert all(voice["question"]["visibility"] == "PUBLIC" and voice["member"] is None for voice in asked)
    assert all(voice["member"]["organization"]["name"] and voice["question"] is None for voice in brought)


async def test_words_and_what_came_of_it_choose(desk: SignInDesk, member: str) -> None:
    """Words in topic, title or summary; handled or not."""
    parking = await voices(desk, member, {"text": "停车", "handled": False})

    assert parking
    assert all("停车" in f"{voice['topic']}{voice['title']}{voice['summary']}" for voice in parking)
    assert {voice["handled"] for voice in parking} == {False}


async def test_a_voice_is_found_by_its_id_and_in_its_place(desk: SignInDesk, member: str) -> None:
    """By its own field, by ``node``, and among those of its region."""
    [first, *_] = await voices(desk, member, {"regionCode": "331082"})
    page = """query ($id: ID!) { publicVoice(id: $id) { title } node(id: $id) { ... on PublicVoice { title } }
        region(code: "331082") { publicVoices(first: 1) { nodes { id } } } }"""

    told = (await desk.gateway.query(page, {"id": first["id"]}, member))["data"]

    assert told["publicVoice"] == told["node"] == {"title": first["title"]}
    assert told["region"]["publicVoices"]["nodes"] == [{"id": first["id"]}]


async def test_without_the_scope_or_the_role_it_is_refused(gateway: Gateway, desk: SignInDesk, member: str) -> None:
    """Anyone is told the scope; the rest of the page is whole; an id opens nothing either."""
    [first, *_] = await voices(desk, member)
    by_id = "query ($id: ID!) { publicVoice(id: $id) { title } }"

    refused = await gateway.query(PAGE, {"first": 5})
    closed = await gateway.query(by_id, {"id": first["id"]})

    assert refused["data"]["publicVoices"] is None
    assert refused["data"]["studios"]["nodes"]
    assert [error["extensions"]["code"] for error in refused["errors"]] == ["FORBIDDEN"]
    assert closed["data"] == {"publicVoice": None}


async def test_while_the_citizen_app_is_down_the_part_is_null(sandbox: Sandbox, desk: SignInDesk, member: str) -> None:
    """The list is null with the platform's error."""
    sandbox.break_("zheliban", FaultKind.REFUSE, "voices.search")

    body = await desk.gateway.query(PAGE, {"first": 5}, member)

    assert body["data"]["publicVoices"] is None
    assert body["data"]["studios"]["nodes"]
    assert [error["extensions"]["code"] for error in body["errors"]] == [PlatformError.code]
