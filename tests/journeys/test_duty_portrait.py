"""Operation 15: a member's duty in a year: score, records, portrait, and the committee's leaderboard."""

from typing import Any

import pytest

from connectors.errors import PlatformError
from connectors.sandbox.faults import FaultKind
from connectors.sandbox.world import MemberSeed, World
from schema.identifiers import global_id
from tests.stack import OpenGateway, Sandbox, SignInDesk, desk_at, operation

PORTRAIT = operation("15")
SCOPES = "openid graph:read duty:read"
BUDGET = 8
OWN = ("dutyScore", "dutyRecords")


def member_of(world: World, at: int = 0) -> MemberSeed:
    """A member with an account on the work app, of the first committee."""
    return [m for m in world.members if m.person.work and m.committee is world.committees[0]][at]


def variables(sandbox: Sandbox, member: MemberSeed) -> dict[str, Any]:
    """Their portrait of this year."""
    return {"memberId": global_id("Member", member.key), "year": sandbox.world.today.year}


async def test_a_members_own_portrait_is_whole_and_in_budget(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Score, records, strengths, ratings and the leaderboard in at most 8 calls; warm in none."""
    me = member_of(sandbox.world)
    token = await desk.token(me.person.id, "zhezhengding", SCOPES)
    sandbox.reset()

    body = await desk.gateway.query(PORTRAIT, variables(sandbox, me), token)
    cold = sandbox.calls()
    again = await desk.gateway.query(PORTRAIT, variables(sandbox, me), token)

    assert "errors" not in body
    assert sum(cold.values()) <= BUDGET, cold
    assert sandbox.calls() == cold
    assert again == body
    member, board = body["data"]["member"], body["data"]["dutyLeaderboard"]
    assert (member["name"], member["sector"]["name"]) == (me.person.name, me.sector.name)
    assert member["dutyScore"]["total"] == sum(item["points"] for item in member["dutyScore"]["items"])
    assert member["dutyRecords"]["totalCount"] >= len(member["dutyRecords"]["edges"]) > 0
    assert member["portrait"]["strengths"]
    assert member["portrait"]["answeredQuestions"] is not None
    assert len(board) == 20
    assert [entry["total"] for entry in board] == sorted((entry["total"] for entry in board), reverse=True)


async def test_staff_read_a_members_portrait(sandbox: Sandbox, desk: SignInDesk) -> None:
    """The offices see the same score and records as the member."""
    me = member_of(sandbox.world)
    staff = next(p for p in sandbox.world.officials if "staff" in p.roles)
    tokens = [await desk.token(each.id, "zhezhengding", SCOPES) for each in (me.person, staff)]

    mine, theirs = [await desk.gateway.query(PORTRAIT, variables(sandbox, me), token) for token in tokens]

    assert "errors" not in theirs
    assert theirs["data"]["member"] == mine["data"]["member"]


async def test_another_members_duty_is_refused(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Name, sector and ratings are public; score, records and strengths are somebody else's."""
    me, other = member_of(sandbox.world), member_of(sandbox.world, 1)
    token = await desk.token(me.person.id, "zhezhengding", SCOPES)

    body = await desk.gateway.query(PORTRAIT, variables(sandbox, other), token)

    member = body["data"]["member"]
    assert member["name"] == other.person.name
    assert [member[field] for field in OWN] == [None, None]
    assert member["portrait"]["strengths"] is None
    assert member["portrait"]["answeredQuestions"] is not None
    assert {tuple(error["path"]) for error in body["errors"]} == {
        ("member", "dutyScore"),
        ("member", "dutyRecords"),
        ("member", "portrait", "strengths"),
    }


async def test_without_the_scope_the_public_part_is_left(sandbox: Sandbox, desk: SignInDesk) -> None:
    """The scope is named for each field that takes it, also for oneself."""
    me = member_of(sandbox.world)
    token = await desk.token(me.person.id, "zhezhengding", "openid graph:read")

    body = await desk.gateway.query(PORTRAIT, variables(sandbox, me), token)

    assert body["data"]["member"]["name"] == me.person.name
    assert body["data"]["member"]["portrait"]["answeredQuestions"] is not None
    assert [body["data"]["member"][field] for field in OWN] == [None, None]
    assert body["data"]["dutyLeaderboard"] is None
    assert {(e["extensions"]["code"], e["extensions"]["scope"]) for e in body["errors"]} == {("FORBIDDEN", "duty:read")}


@pytest.mark.parametrize(
    ("platform", "lost"), [("zheliban", {"answeredQuestions", "averageRating"}), ("duty", {"strengths"})]
)
async def test_an_ill_platform_costs_its_own_part(
    platform: str, lost: set[str], sandbox: Sandbox, open_gateway: OpenGateway
) -> None:
    """Ratings stand while the registry is down, the score while the citizen app is."""
    me = member_of(sandbox.world)
    async with open_gateway(hurried=platform) as gateway:
        desk = await desk_at(sandbox, gateway)
        token = await desk.token(me.person.id, "zhezhengding", SCOPES)
        sandbox.break_(platform, FaultKind.HTTP500)

        body = await gateway.query(PORTRAIT, variables(sandbox, me), token)

    member = body["data"]["member"]
    assert {field for field, found in member["portrait"].items() if found is None} >= lost
    assert (member["dutyScore"] is None) is (platform == "duty")
    assert (body["data"]["dutyLeaderboard"] is None) is (platform == "duty")
    assert {error["extensions"]["platform"] for error in body["errors"]} == {platform}
    assert {error["extensions"]["code"] for error in body["errors"]} == {PlatformError.code}


async def test_a_duty_record_is_found_by_its_id_by_its_member_only(sandbox: Sandbox, desk: SignInDesk) -> None:
    """For another member there is none; its own member reads it with the scope only."""
    me, other = member_of(sandbox.world), member_of(sandbox.world, 1)
    token = await desk.token(me.person.id, "zhezhengding", SCOPES)
    page = await desk.gateway.query(PORTRAIT, variables(sandbox, me), token)
    record = page["data"]["member"]["dutyRecords"]["edges"][0]["node"]
    text = "query ($id: ID!) { node(id: $id) { ... on DutyRecord { title member { id } } } }"
    given = {"id": record["id"]}

    mine = await desk.gateway.query(text, given, token)
    theirs = await desk.gateway.query(text, given, await desk.token(other.person.id, "zhezhengding", SCOPES))
    unscoped = await desk.gateway.query(text, given, await desk.token(me.person.id, "zhezhengding"))

    assert mine["data"]["node"] == {"title": record["title"], "member": {"id": global_id("Member", me.key)}}
    assert theirs["data"]["node"] is None
    assert unscoped["data"]["node"] is None
    assert [error["extensions"]["scope"] for error in unscoped["errors"]] == ["duty:read"]


async def test_a_committee_decides_who_sees_its_leaderboard(sandbox: Sandbox, desk: SignInDesk) -> None:
    """A member sees the board of their own committee alone, the same by both ways; staff see any."""
    me = member_of(sandbox.world)
    year, other = sandbox.world.today.year, sandbox.world.committees[1]
    staff = next(p for p in sandbox.world.officials if "staff" in p.roles)
    text = """query ($own: ID!, $other: ID!, $year: Int!) {
        own: node(id: $own) { ...Board } other: node(id: $other) { ...Board }
        best: dutyLeaderboard(year: $year, first: 3) { rank total }
        beside: dutyLeaderboard(year: $year, first: 3, organizationId: $other) { rank total } }
        fragment Board on Organization { scoringScheme(year: $year) { showsLeaderboard rules { kind points } }
            dutyLeaderboard(year: $year, first: 3) { totalCount nodes { rank total } } }"""
    given = {
        "own": global_id("Organization", me.committee.code),
        "other": global_id("Organization", other.code),
        "year": year,
    }

    mine = await desk.gateway.query(text, given, await desk.token(me.person.id, "zhezhengding", SCOPES))
    theirs = await desk.gateway.query(text, given, await desk.token(staff.id, "zhezhengding", SCOPES))

    board = mine["data"]["own"]["dutyLeaderboard"]
    assert board["totalCount"] == sum(member.committee is me.committee for member in sandbox.world.members)
    assert board["nodes"] == mine["data"]["best"]
    assert mine["data"]["own"]["scoringScheme"]["showsLeaderboard"]
    assert mine["data"]["own"]["scoringScheme"]["rules"]
    assert (mine["data"]["other"]["dutyLeaderboard"], mine["data"]["beside"]) == (None, None)
    assert {tuple(error["path"]) for error in mine["errors"]} == {("other", "dutyLeaderboard"), ("beside",)}
    assert "errors" not in theirs
    assert theirs["data"]["other"]["dutyLeaderboard"]["nodes"] == theirs["data"]["beside"]


@pytest.mark.parametrize(("first", "code"), [(0, "BAD_INPUT"), (101, "PAGE_TOO_LARGE")])
async def test_a_leaderboard_is_as_long_as_a_page(first: int, code: str, sandbox: Sandbox, desk: SignInDesk) -> None:
    """At least one place and at most a hundred."""
    token = await desk.token(member_of(sandbox.world).person.id, "zhezhengding", SCOPES)

    body = await desk.gateway.query(f"{{ dutyLeaderboard(year: 2026, first: {first}) {{ rank }} }}", token=token)

    assert [error["extensions"]["code"] for error in body["errors"]] == [code]
