"""Operation 11: a micro-suggestion and its five steps."""

from typing import Any

import pytest

from connectors.errors import PlatformError
from connectors.sandbox.faults import FaultKind
from connectors.sandbox.world import MemberSeed
from tests.stack import OpenGateway, Sandbox, SignInDesk, desk_at, operation

PAGE = operation("11")
SCOPES = "openid graph:read duty:read"
BUDGET = 4
STEPS = ["SUGGESTION", "RESEARCH", "CONSULTATION", "SUPERVISION", "SERVICE"]
LIST = """query ($status: MicroStatus) { microSuggestions(filter: {status: $status}, first: 100) {
    totalCount nodes { id status author { id } organization { id } attachments { id } } } }"""


def member(sandbox: Sandbox) -> MemberSeed:
    """A member with an account on the work app."""
    return next(one for one in sandbox.world.members if one.person.work)


async def member_token(sandbox: Sandbox, desk: SignInDesk) -> str:
    """That member's."""
    return await desk.token(member(sandbox).person.id, "zhezhengding", SCOPES)


async def listed(desk: SignInDesk, token: str, status: str) -> list[dict[str, Any]]:
    """Micro-suggestions that stand there."""
    body = await desk.gateway.query(LIST, {"status": status}, token)
    assert "errors" not in body
    found: list[dict[str, Any]] = body["data"]["microSuggestions"]["nodes"]
    return found


async def test_a_finished_one_shows_its_five_steps_in_budget(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Each step with who took it, when, and what came of it, in at most four calls; warm in none."""
    token = await member_token(sandbox, desk)
    chosen = next(one for one in await listed(desk, token, "DONE") if one["attachments"])
    sandbox.reset()

    body = await desk.gateway.query(PAGE, {"id": chosen["id"]}, token)
    cold = sandbox.calls()
    again = await desk.gateway.query(PAGE, {"id": chosen["id"]}, token)

    assert "errors" not in body
    assert sum(cold.values()) <= BUDGET, cold
    assert sandbox.calls() == cold
    found, found_again = body["data"]["microSuggestion"], again["data"]["microSuggestion"]
    assert found_again["steps"] == found["steps"]
    assert all((found["title"], found["body"], found["region"]["name"], found["author"]["name"]))
    assert [step["kind"] for step in found["steps"]] == STEPS
    assert all(step["status"] == "DONE" and step["summary"] and step["organization"]["name"] for step in found["steps"])
    assert len({one["name"] for one in found["supervisors"]}) >= 2
    assert found["attachments"][0]["url"]


async def test_one_under_way_waits_at_a_step(sandbox: Sandbox, desk: SignInDesk) -> None:
    """What was not begun has no organisation, no times and no summary."""
    token = await member_token(sandbox, desk)
    [chosen, *_] = await listed(desk, token, "IN_PROGRESS")

    body = await desk.gateway.query(PAGE, {"id": chosen["id"]}, token)

    found = body["data"]["microSuggestion"]
    assert found["status"] == "IN_PROGRESS"
    waiting = [step for step in found["steps"] if step["status"] == "NOT_STARTED"]
    empty = ("startedAt", "finishedAt", "organization", "summary")
    assert {step[name] for step in waiting for name in empty} <= {None}


async def test_they_are_reached_from_members_and_committees(sandbox: Sandbox, desk: SignInDesk) -> None:
    """From one to its author and committee, and from there back to it."""
    token = await member_token(sandbox, desk)
    [chosen, *_] = await listed(desk, token, "DONE")
    text = """query ($member: ID!, $organization: ID!) {
        member(id: $member) { microSuggestions(first: 100) { nodes { id } } }
        organization(id: $organization) { microSuggestions(first: 100) { nodes { id } } } }"""

    body = await desk.gateway.query(
        text, {"member": chosen["author"]["id"], "organization": chosen["organization"]["id"]}, token
    )

    assert "errors" not in body
    for part in body["data"].values():
        assert chosen["id"] in {one["id"] for one in part["microSuggestions"]["nodes"]}


async def test_without_the_scope_it_is_refused_by_every_way(sandbox: Sandbox, desk: SignInDesk) -> None:
    """A citizen hears which scope is missing, for the list, the page, and the object by its id."""
    token = await member_token(sandbox, desk)
    [chosen, *_] = await listed(desk, token, "DONE")
    citizen = await desk.token("citizen-0001")
    text = """query ($id: ID!) { microSuggestion(id: $id) { id } node(id: $id) { id }
        microSuggestions(first: 1) { totalCount } studios(first: 1) { nodes { name } } }"""

    body = await desk.gateway.query(text, {"id": chosen["id"]}, citizen)

    studios = body["data"].pop("studios")
    assert studios["nodes"][0]["name"]
    assert body["data"] == {"microSuggestion": None, "node": None, "microSuggestions": None}
    assert len(body["errors"]) == 3
    assert {error["extensions"]["code"] for error in body["errors"]} == {"FORBIDDEN"}
    assert all("duty:read" in error["message"] for error in body["errors"])


@pytest.mark.parametrize("platform", ["duty", "zhezhengding"])
async def test_an_ill_platform_costs_its_own_part(platform: str, sandbox: Sandbox, open_gateway: OpenGateway) -> None:
    """Without the duty platform there is none; without the work app it is whole: the row carries the names."""
    async with open_gateway(hurried=platform) as gateway:
        desk = await desk_at(sandbox, gateway)
        token = await member_token(sandbox, desk)
        [*_, chosen] = await listed(desk, token, "DONE")  # the oldest: no other test made it
    async with open_gateway(hurried=platform) as gateway:
        desk = await desk_at(sandbox, gateway)
        token = await member_token(sandbox, desk)
        sandbox.break_(platform, FaultKind.HTTP500)

        body = await gateway.query(PAGE, {"id": chosen["id"]}, token)

    if platform == "zhezhengding":
        assert "errors" not in body
        assert body["data"]["microSuggestion"]["supervisors"]
    else:
        assert body["data"] == {"microSuggestion": None}
        assert body["errors"][0]["extensions"]["code"] == PlatformError.code
        assert body["errors"][0]["extensions"]["platform"] == "duty"
