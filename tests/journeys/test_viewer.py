"""The person who asks, as they see themselves."""

from schema.identifiers import global_id
from tests.stack import Gateway, Sandbox, SignInDesk

WHO = """{ viewer { id displayName roles identities { platform subject linkedAt }
    member { id name } official { id name title } } }"""


async def test_a_member_sees_one_person_with_both_accounts(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Who came by the citizen app and then by the work app is one viewer, member and official at once."""
    member = next(m for m in sandbox.world.members if m.person.work)
    await desk.token(member.person.id, "zheliban")
    token = await desk.token(member.person.id, "zhezhengding")

    viewer = (await desk.gateway.query(WHO, token=token))["data"]["viewer"]

    assert viewer["displayName"] == member.person.name
    assert viewer["roles"] == ["CITIZEN", "MEMBER", "OFFICIAL"]
    assert [one["platform"] for one in viewer["identities"]] == ["zheliban", "zhezhengding"]
    assert viewer["member"] == {"id": global_id("Member", member.key), "name": member.person.name}
    assert viewer["official"]["name"] == member.person.name


async def test_a_citizen_is_no_member_and_no_official(desk: SignInDesk) -> None:
    """What one is not is null, without an error."""
    body = await desk.gateway.query(WHO, token=await desk.token("citizen-0001"))

    assert "errors" not in body
    assert body["data"]["viewer"]["roles"] == ["CITIZEN"]
    assert (body["data"]["viewer"]["member"], body["data"]["viewer"]["official"]) == (None, None)


async def test_without_a_token_there_is_no_viewer(gateway: Gateway) -> None:
    """Null, and nothing is asked."""
    assert await gateway.query(WHO) == {"data": {"viewer": None}}


async def test_nobody_finds_another_person_by_id(desk: SignInDesk) -> None:
    """One's own id is found, another's is as if there were none."""
    mine, other = await desk.token("citizen-0001"), await desk.token("citizen-0002")
    own = (await desk.gateway.query(WHO, token=mine))["data"]["viewer"]["id"]
    text = "query ($id: ID!) { node(id: $id) { id } }"

    found = [await desk.gateway.query(text, {"id": own}, token) for token in (mine, other, None)]

    assert [body["data"]["node"] for body in found] == [{"id": own}, None, None]
