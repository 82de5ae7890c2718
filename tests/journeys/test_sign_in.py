"""Signing in: a platform's ticket becomes a token, and a person is one person."""

import pytest

from tests.stack import Sandbox, SignInDesk


async def test_a_ticket_is_taken_once(sandbox: Sandbox, desk: SignInDesk) -> None:
    """The platform takes a ticket a single time; a replay is refused as an invalid grant."""
    ticket = await sandbox.ticket("zheliban", "citizen-0001")

    first = await desk.exchange("zheliban", ticket, "openid")
    replay = await desk.exchange("zheliban", ticket, "openid")

    assert first.status_code == 200
    assert (replay.status_code, replay.json()["error"]) == (400, "invalid_grant")


async def test_a_member_is_one_person_on_both_platforms(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Signing in by 浙里办 and by 浙政钉, a member is the same person to the gateway."""
    member = next(m for m in sandbox.world.members if m.person.work and m.person.user_id)
    by_citizen_app = await desk.token(member.person.id, "zheliban")
    by_work_app = await desk.token(member.person.id, "zhezhengding")

    one = await desk.gateway.parts.authority.viewer_of(by_citizen_app)
    other = await desk.gateway.parts.authority.viewer_of(by_work_app)

    assert one.person_id == other.person_id
    assert one.member_key == other.member_key == member.key
    assert set(other.accounts) == {"zheliban", "zhezhengding"}


@pytest.mark.parametrize("platform", ["zheliban", "zhezhengding"])
async def test_a_scope_beyond_ones_role_is_refused(sandbox: Sandbox, desk: SignInDesk, platform: str) -> None:
    """Nobody gets ops:read by asking for it."""
    person = next(m.person for m in sandbox.world.members if m.person.work)
    ticket = await sandbox.ticket(platform, person.id)

    answer = await desk.exchange(platform, ticket, "openid ops:read")

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_scope")


async def test_a_broken_token_is_refused(desk: SignInDesk) -> None:
    """A token that is none answers 401 and says how to sign in."""
    body = {"query": "{ __typename }"}

    answer = await desk.gateway.client.post("/graphql", json=body, headers={"Authorization": "Bearer nonsense"})

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
