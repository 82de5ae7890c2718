"""Operation 20: one search box over all platforms."""

from typing import Any

import pytest

from connectors.sandbox.faults import FaultKind
from schema.identifiers import global_id
from tests.stack import Gateway, OpenGateway, Sandbox, SignInDesk, operation

SEARCH = operation("20")
BUDGET = 6
SOME = "query ($text: String!, $kinds: [SearchKind!]) { search(text: $text, kinds: $kinds, first: 20) { nodes { __typename } } }"


def looking(text: str, first: int = 10, **more: Any) -> dict[str, Any]:
    """Variables."""
    return {"text": text, "first": first} | more


def kinds_in(body: dict[str, Any]) -> set[str]:
    """The types of what was found."""
    return {edge["node"]["__typename"] for edge in body["data"]["search"]["edges"]}


async def test_all_platforms_are_found_in(sandbox: Sandbox, gateway: Gateway) -> None:
    """Anyone finds each kind of thing, best first with scores up to 1, within the budget; warm without a call."""
    first = await gateway.query(SEARCH, looking("义务教育"))
    calls = sandbox.calls()
    again = await gateway.query(SEARCH, looking("义务教育"))

    assert "errors" not in first
    assert 0 < sum(calls.values()) <= BUDGET, calls
    assert sandbox.calls() == calls
    assert again == first
    assert {"Studio", "Deliberation", "KnowledgeArticle"} <= kinds_in(first)
    hits = first["data"]["search"]["edges"]
    assert hits[0]["score"] == 1
    assert all(0 <= hit["score"] <= 1 for hit in hits)
    assert first["data"]["search"]["unavailable"] == []


@pytest.mark.parametrize(
    ("text", "kind"), [("租房合同没到期", "Question"), ("学区怎么划分", "KnowledgeArticle"), ("法律服务", "Studio")]
)
async def test_chinese_words_find_what_they_are_about(text: str, kind: str, gateway: Gateway) -> None:
    """Whole sentences too, and what is found shows all that the page shows."""
    body = await gateway.query(SEARCH, looking(text))

    assert kind in kinds_in(body)
    nodes = [edge["node"] for edge in body["data"]["search"]["edges"]]
    assert all(value for node in nodes for value in node.values())


async def test_members_are_found_by_name(sandbox: Sandbox, gateway: Gateway) -> None:
    """With their sector; only what is public of office-holders is looked at."""
    member = sandbox.world.members[7]

    body = await gateway.query(SEARCH, looking(member.person.name, 50))

    ids = {edge["node"]["id"] for edge in body["data"]["search"]["edges"]}
    assert global_id("Member", member.key) in ids


async def test_pages_hold_everything_once(gateway: Gateway) -> None:
    """Whatever their size they bring the same hits in the same order, and no platform crowds out the others."""

    async def walked(first: int) -> list[dict[str, Any]]:
        edges: list[dict[str, Any]] = []
        after = None
        while True:
            body = await gateway.query(SEARCH, looking("椒江区", first, after=after))
            page = body["data"]["search"]
            edges += page["edges"]
            after = page["pageInfo"]["endCursor"]
            if not page["pageInfo"]["hasNextPage"]:
                return edges

    whole, small = await walked(100), await walked(3)

    assert [edge["node"]["id"] for edge in small] == [edge["node"]["id"] for edge in whole]
    assert len({edge["node"]["id"] for edge in whole}) == len(whole) > 10
    assert len({edge["node"]["__typename"] for edge in whole[:3]}) > 1


async def test_a_hits_own_cursor_goes_on_behind_it(gateway: Gateway) -> None:
    """Not only the page's last."""
    page = (await gateway.query(SEARCH, looking("椒江区", 6)))["data"]["search"]["edges"]

    body = await gateway.query(SEARCH, looking("椒江区", 3, after=page[2]["cursor"]))

    assert body["data"]["search"]["edges"] == page[3:]


async def test_a_private_question_is_found_by_nobody(sandbox: Sandbox, desk: SignInDesk) -> None:
    """The search shows what everybody may see, whoever asks; staff have lists of their own."""
    private = "query { questions(first: 20, filter: {moderation: WAITING}) { nodes { id title } } }"
    staff = next(person for person in sandbox.world.officials if "staff" in person.roles and person.work)
    token = await desk.token(staff.id, "zhezhengding")
    waiting = (await desk.gateway.query(private, None, token))["data"]["questions"]["nodes"]

    for question in waiting[:5]:
        body = await desk.gateway.query(SEARCH, looking(question["title"][:50], 100), token)
        assert question["id"] not in {edge["node"]["id"] for edge in body["data"]["search"]["edges"]}

    assert waiting


@pytest.mark.parametrize(
    ("platform", "rest"), [("zheliban", {"Studio", "Deliberation"}), ("duty", {"KnowledgeArticle"})]
)
async def test_a_platform_that_is_down_is_named(
    platform: str, rest: set[str], sandbox: Sandbox, open_gateway: OpenGateway
) -> None:
    """The others' hits are whole and there is no error; when it is back, the same question finds everything."""
    sandbox.break_(platform, FaultKind.HTTP500)
    async with open_gateway() as gateway:
        body = await gateway.query(SEARCH, looking("义务教育"))
        sandbox.reset()
        back = await gateway.query(SEARCH, looking("义务教育"))

    assert "errors" not in body
    assert kinds_in(body) == rest
    assert body["data"]["search"]["unavailable"] == [{"platform": platform, "reason": "PLATFORM_UNAVAILABLE"}]
    assert back["data"]["search"]["unavailable"] == []
    assert {"Studio", "KnowledgeArticle"} <= kinds_in(back)


async def test_a_platform_that_hangs_does_not_keep_the_others(sandbox: Sandbox, open_gateway: OpenGateway) -> None:
    """It is given up on after its own time, and named."""
    sandbox.break_("duty", FaultKind.HANG)
    async with open_gateway(hurried="duty") as gateway:
        body = await gateway.query(SEARCH, looking("义务教育"))

    assert [one["platform"] for one in body["data"]["search"]["unavailable"]] == ["duty"]
    assert kinds_in(body) == {"KnowledgeArticle"}


async def test_officials_are_found_with_the_scope_for_the_directory(sandbox: Sandbox, desk: SignInDesk) -> None:
    """By whom the directory is open to, by name; others are told which scope it takes, and find the rest without."""
    official, code = next((one, one.work.employee_code) for one in sandbox.world.officials if one.work)
    text = "query ($text: String!, $kinds: [SearchKind!]) { search(text: $text, kinds: $kinds, first: 100) { nodes { __typename ... on Official { id name } } unavailable { platform } } }"
    asked = {"text": official.name}
    reader = await desk.token(official.id, "zhezhengding", "openid directory:read")
    other = await desk.token("citizen-0001")
    sandbox.reset()

    found = await desk.gateway.query(text, asked | {"kinds": ["OFFICIAL"]}, reader)
    calls = sandbox.calls()
    everything = await desk.gateway.query(text, asked, reader)
    refused = await desk.gateway.query(text, asked | {"kinds": ["OFFICIAL"]}, other)
    without = await desk.gateway.query(text, asked, other)

    wanted = {"__typename": "Official", "id": global_id("Official", code), "name": official.name}
    assert wanted in found["data"]["search"]["nodes"]
    assert sum(calls.values()) <= BUDGET, calls
    assert wanted in everything["data"]["search"]["nodes"]
    assert [(error["extensions"]["code"], error["extensions"]["scope"]) for error in refused["errors"]] == [
        ("FORBIDDEN", "directory:read")
    ]
    assert "errors" not in without
    assert "Official" not in {node["__typename"] for node in without["data"]["search"]["nodes"]}


async def test_kinds_are_chosen(sandbox: Sandbox, gateway: Gateway) -> None:
    """Only the platforms that have them are asked; without a choice all are."""
    chosen = await gateway.query(SOME, {"text": "义务教育", "kinds": ["STUDIO"]})
    calls = sandbox.calls()
    everything = await gateway.query(SOME, {"text": "义务教育"})

    assert {node["__typename"] for node in chosen["data"]["search"]["nodes"]} == {"Studio"}
    assert list(calls) == ["duty.search"]
    assert {"Studio", "KnowledgeArticle"} <= {node["__typename"] for node in everything["data"]["search"]["nodes"]}


@pytest.mark.parametrize(
    ("variables", "code"),
    [
        ({"text": " \n　"}, "BAD_INPUT"),
        ({"text": "公" * 51}, "BAD_INPUT"),
        ({"text": "a\u200b"}, "BAD_INPUT"),
        ({"text": "法律", "kinds": []}, "BAD_INPUT"),
        ({"text": "法律", "kinds": ["OFFICE"]}, "BAD_USER_INPUT"),
    ],
)
async def test_what_cannot_be_looked_for_is_refused(
    variables: dict[str, Any], code: str, sandbox: Sandbox, gateway: Gateway
) -> None:
    """Nothing but blanks, too much, what nobody can type, no kind, no such kind: no platform is asked."""
    body = await gateway.query(SOME, variables)

    assert [error["extensions"]["code"] for error in body["errors"]] == [code]
    assert sandbox.calls() == {}


async def test_a_cursor_of_another_search_is_refused(gateway: Gateway) -> None:
    """It is a place in one search."""
    page = (await gateway.query(SEARCH, looking("椒江区", 2)))["data"]["search"]

    body = await gateway.query(SEARCH, looking("黄岩区", 2, after=page["pageInfo"]["endCursor"]))

    assert [error["extensions"]["code"] for error in body["errors"]] == ["BAD_CURSOR"]
