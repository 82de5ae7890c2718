"""Joining a reading group, and writing in it."""

from typing import Any

from schema.identifiers import global_id
from tests.stack import Sandbox, SignInDesk
from tests.writers import BOTH, READ, members, mended, refused, staff_of, work_token

JOIN = """mutation ($input: JoinReadingGroupInput!) { joinReadingGroup(input: $input) {
    readingGroup { id memberCount } effects { kind platform status } userErrors { code message field } } }"""
POST = """mutation ($input: PostInReadingGroupInput!) { postInReadingGroup(input: $input) {
    readingPost { id body author { id } group { id postCount } } userErrors { code message field } } }"""
OWN = """query ($me: ID!, $committee: ID!) { member(id: $me) { readingGroups(first: 50) { nodes { id } } }
    organization(id: $committee) { readingGroups(first: 10) { nodes { id memberCount postCount
        posts(first: 2) { totalCount nodes { id } } } } } }"""


async def groups_of(desk: SignInDesk, token: str, me: dict[str, str]) -> tuple[set[str], dict[str, Any]]:
    """The ids of groups a member has joined, and their committee's groups by id."""
    found = (await desk.gateway.query(OWN, me, token))["data"]
    joined = {one["id"] for one in found["member"]["readingGroups"]["nodes"]}
    return joined, {one["id"]: one for one in found["organization"]["readingGroups"]["nodes"]}


async def outsider(desk: SignInDesk, number: int) -> tuple[dict[str, str], str, str]:
    """A member who has not joined a group of their committee: variables, token, the group's id."""
    committee = desk.sandbox.world.committees[number]
    for member in members(desk.sandbox.world, committee):
        me = {"me": global_id("Member", member.key), "committee": global_id("Organization", committee.code)}
        token = await work_token(desk, member.person, BOTH)
        joined, groups = await groups_of(desk, token, me)
        if groups.keys() - joined:
            return me, token, min(groups.keys() - joined)
    raise AssertionError("everybody has joined everything")


async def test_who_joins_writes_and_finds_both_at_once(desk: SignInDesk) -> None:
    """The group counts one more, is among one's own, and shows the post first, in lists read just before."""
    me, token, group = await outsider(desk, 0)
    before, groups = await groups_of(desk, token, me)

    joined = await desk.gateway.query(JOIN, {"input": {"readingGroupId": group}}, token)
    again = await desk.gateway.query(JOIN, {"input": {"readingGroupId": group}}, token)
    posted = await desk.gateway.query(POST, {"input": {"readingGroupId": group, "body": "读了第三章。"}}, token)
    after, found = await groups_of(desk, token, me)

    count = groups[group]["memberCount"] + 1
    assert joined["data"]["joinReadingGroup"]["readingGroup"] == {"id": group, "memberCount": count}
    assert joined["data"]["joinReadingGroup"]["effects"] == [
        {"kind": "READING_GROUP", "platform": "duty", "status": "DONE"}
    ]
    assert again["data"] == joined["data"]
    assert after - before == {group}
    post = posted["data"]["postInReadingGroup"]["readingPost"]
    assert (post["body"], post["author"]["id"]) == ("读了第三章。", me["me"])
    assert post["group"] == {"id": group, "postCount": groups[group]["postCount"] + 1}
    assert found[group]["posts"]["nodes"][0]["id"] == post["id"]
    assert found[group]["memberCount"] == count


async def test_who_may_not_is_refused_each_with_its_own_code(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Without having joined, without the scope, as no member; an unknown group and a blank text can be mended."""
    _, token, group = await outsider(desk, 1)
    member = members(sandbox.world, sandbox.world.committees[1])[0]
    asked = {"input": {"readingGroupId": group, "body": "读了第三章。"}}
    blank, unknown = asked["input"] | {"body": "\n"}, {"readingGroupId": global_id("ReadingGroup", "RG1")}
    office = staff_of(sandbox.world, member.committee)

    not_joined = await desk.gateway.query(POST, asked, token)
    without_scope = await desk.gateway.query(POST, asked, await work_token(desk, member.person, READ))
    without_role = await desk.gateway.query(POST, asked, await work_token(desk, office))

    assert refused(not_joined) == ["PLATFORM_FORBIDDEN"]
    assert refused(without_scope) == ["FORBIDDEN"]
    assert refused(without_role) == ["FORBIDDEN_ROLE"]
    assert mended(await desk.gateway.query(POST, {"input": blank}, token), "postInReadingGroup") == [
        ("TEXT_MISSING", "body")
    ]
    assert mended(await desk.gateway.query(JOIN, {"input": unknown}, token), "joinReadingGroup") == [
        ("NOT_FOUND", None)
    ]
