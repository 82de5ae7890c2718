"""A member's day: the workbench crosses three platforms in one request (operation 03)."""

from datetime import UTC, datetime
from typing import Any

import pytest

from connectors.errors import PlatformError
from connectors.sandbox.faults import FaultKind
from connectors.sandbox.world import MemberSeed
from schema.identifiers import global_id
from tests.stack import OpenGateway, Sandbox, SignInDesk, desk_at, operation

SCOPES = "openid graph:read duty:read"
BUDGET = 14
YEAR = {"year": datetime.now(UTC).year}


def convener(sandbox: Sandbox) -> MemberSeed:
    """A member with a studio and an account on the work app."""
    return next(s.members[0] for s in sandbox.world.studios if s.members[0].person.work)


async def workbench(sandbox: Sandbox, desk: SignInDesk) -> dict[str, Any]:
    """What the member gets."""
    token = await desk.token(convener(sandbox).person.id, "zhezhengding", SCOPES)
    sandbox.reset()
    return await desk.gateway.query(operation("03"), YEAR, token)


async def test_the_workbench_answers_whole_and_in_budget(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Studios with waiting questions, score, activities, to-dos and notices, in at most 14 calls; warm in none."""
    member = convener(sandbox)
    token = await desk.token(member.person.id, "zhezhengding", SCOPES)
    sandbox.reset()

    body = await desk.gateway.query(operation("03"), YEAR, token)
    cold = sandbox.calls()
    again = await desk.gateway.query(operation("03"), YEAR, token)

    assert "errors" not in body
    assert sum(cold.values()) <= BUDGET, cold
    assert sandbox.calls() == cold
    assert again == body
    viewer = body["data"]["viewer"]
    assert viewer["displayName"] == member.person.name
    assert viewer["member"]["sector"]["name"] == member.sector.name
    assert {s.name for s in sandbox.world.studios if member in s.members} == {
        studio["name"] for studio in viewer["member"]["studios"]
    }
    assert viewer["member"]["dutyScore"]["total"] is not None
    assert viewer["member"]["upcomingActivities"]["edges"]
    assert viewer["official"]["todos"]["edges"]
    assert viewer["official"]["notices"]["edges"]
    assert viewer["official"]["organization"]["name"]


OWNED = {
    "zhezhengding": ("official", ("title", "todos", "notices")),
    "duty": ("member", ("dutyScore", "upcomingActivities", "studios")),
}


@pytest.mark.parametrize("kind", [FaultKind.REFUSE, FaultKind.HANG, FaultKind.HTTP500, FaultKind.GARBAGE])
@pytest.mark.parametrize("platform", ["zheliban", "zhezhengding", "duty"])
async def test_an_ill_platform_costs_its_own_part(
    platform: str, kind: FaultKind, sandbox: Sandbox, open_gateway: OpenGateway
) -> None:
    """The other platforms' fields stay whole, and each missing one has its error with its path."""
    async with open_gateway(hurried=platform) as gateway:
        desk = await desk_at(sandbox, gateway)
        token = await desk.token(convener(sandbox).person.id, "zhezhengding", SCOPES)
        sandbox.break_(platform, kind)

        body = await gateway.query(operation("03"), YEAR, token)

    viewer = body["data"]["viewer"]
    errors = body["errors"]
    assert {error["extensions"]["platform"] for error in errors} == {platform}
    assert {error["extensions"]["code"] for error in errors} == {PlatformError.code}
    assert all(error["path"][0] == "viewer" for error in errors)
    assert viewer["displayName"] == convener(sandbox).person.name
    for owner, (part, fields) in OWNED.items():
        for field in fields:
            assert (viewer[part][field] is None) is (owner == platform), (owner, field)


async def test_nobody_reads_anothers_desk(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Another official's to-dos and notices, and another member's score, are refused and nothing is shown."""
    other = next(m for m in sandbox.world.members if m.person.work and m is not convener(sandbox))
    token = await desk.token(convener(sandbox).person.id, "zhezhengding", SCOPES)
    text = """query ($id: ID!, $year: Int!) { member(id: $id) { name dutyScore(year: $year) { total }
        official { todos(first: 5) { edges { node { title } } } notices(first: 5) { edges { node { title } } } } } }"""

    body = await desk.gateway.query(text, {"id": global_id("Member", other.key), **YEAR}, token)

    member = body["data"]["member"]
    assert member["name"] == other.person.name
    assert (member["dutyScore"], member["official"]["todos"], member["official"]["notices"]) == (None, None, None)
    assert len(body["errors"]) == 3
