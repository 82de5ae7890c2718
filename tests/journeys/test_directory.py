"""The organisation tree and its people (operation 16), and the knowledge base (operation 19)."""

import pytest

from schema.identifiers import global_id
from tests.stack import Gateway, Sandbox, SignInDesk, operation

SCOPES = "openid graph:read directory:read"
DIRECTORY_BUDGET = 9


@pytest.mark.parametrize("root", ["GO_dir331000", "GO_rg331000", "GO_zx331002bg"])
async def test_the_directory_answers_whole_and_in_budget(root: str, sandbox: Sandbox, desk: SignInDesk) -> None:
    """A directory node with members, a region with what lies below, an office: at most 9 calls, none when warm."""
    member = next(m for m in sandbox.world.members if m.person.work)
    token = await desk.token(member.person.id, "zhezhengding", SCOPES)
    variables = {"rootId": global_id("Organization", root)}
    unit = next(unit for unit in sandbox.world.units if unit.code == root)
    sandbox.reset()

    body = await desk.gateway.query(operation("16"), variables, token)
    cold = sandbox.calls()
    again = await desk.gateway.query(operation("16"), variables, token)

    assert "errors" not in body
    assert sum(cold.values()) <= DIRECTORY_BUDGET, cold
    assert (again, sandbox.calls()) == (body, cold)
    organization = body["data"]["organization"]
    assert organization["name"] == unit.name
    below = {u.name for u in sandbox.world.units if u.parent_code == root}
    assert {child["name"] for child in organization["children"]} == below
    assert all(child["officialCount"] is not None for child in organization["children"])
    committees = {c.name for c in sandbox.world.committees}
    assert all(
        (child["memberCount"] is not None) is (child["name"] in committees) for child in organization["children"]
    )


async def test_members_are_told_among_officials(sandbox: Sandbox, desk: SignInDesk) -> None:
    """An official of the directory who is a member of a committee says so, with the sector."""
    member = next(m for m in sandbox.world.members if m.person.work)
    token = await desk.token(member.person.id, "zhezhengding", SCOPES)
    root = global_id("Organization", member.committee.directory_code)

    body = await desk.gateway.query(operation("16"), {"rootId": root}, token)

    officials = [edge["node"] for edge in body["data"]["organization"]["officials"]["edges"]]
    known = {
        global_id("Official", m.person.work.employee_code): m.person.name
        for m in sandbox.world.members
        if m.person.work
    }
    assert len(officials) == 50
    assert all(known[official["id"]] == official["name"] for official in officials)
    assert all(official["member"]["sector"]["name"] for official in officials)
    assert all(official["title"] and official["phone"] for official in officials)


async def test_without_the_scope_phones_stay_hidden(desk: SignInDesk) -> None:
    """The tree of the directory needs ``directory:read``; the error names it."""
    token = await desk.token("citizen-0001")

    body = await desk.gateway.query(operation("16"), {"rootId": global_id("Organization", "GO_zx331002bg")}, token)

    codes = {(error["extensions"]["code"], error["extensions"].get("scope")) for error in body["errors"]}
    assert codes == {("FORBIDDEN", "directory:read")}
    assert body["data"]["organization"]["officials"] is None
    assert body["data"]["organization"]["children"] is None


async def test_anyone_searches_the_knowledge_base_in_one_call(sandbox: Sandbox, gateway: Gateway) -> None:
    """Without a token; the best match comes first; warm, nobody is called."""
    variables = {"text": "医保", "first": 5}

    body = await gateway.query(operation("19"), variables)
    cold = sandbox.calls()
    again = await gateway.query(operation("19"), variables)

    assert "errors" not in body
    assert sum(cold.values()) == 1
    assert (again, sandbox.calls()) == (body, cold)
    found = body["data"]["knowledgeArticles"]
    assert found["totalCount"] >= len(found["edges"]) > 0
    assert "医保" in found["edges"][0]["node"]["question"] + found["edges"][0]["node"]["answer"]


async def test_nothing_found_is_an_empty_page(gateway: Gateway) -> None:
    """And no error."""
    body = await gateway.query(operation("19"), {"text": "火星移民签证", "first": 5})

    assert body == {"data": {"knowledgeArticles": {"totalCount": 0, "edges": []}}}
