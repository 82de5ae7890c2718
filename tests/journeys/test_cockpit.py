"""Operation 08: the cockpit of a city over a month, for the offices."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from connectors.errors import PlatformError
from connectors.regions import REGIONS
from connectors.sandbox.faults import FaultKind
from connectors.sandbox.world import World
from connectors.viewer import Scope
from schema.identifiers import global_id
from tests.stack import OpenGateway, Sandbox, SignInDesk, desk_at, operation

COCKPIT = operation("08")
SCOPES = f"openid {Scope.GRAPH_READ} {Scope.COCKPIT_READ}"
BUDGET = 16
CITY = "331000"
BODIES = "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Question { title body visibility } } }"
OFFICES = "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Organization { officialCount } } }"


def staff_of(world: World) -> str:
    """Somebody of a committee's office."""
    return next(person.id for person in world.officials if "staff" in person.roles)


def variables(sandbox: Sandbox, region: str = CITY, days: int = 30) -> dict[str, Any]:
    """So many days up to the sandbox's own."""
    last = sandbox.world.today.date()
    first = last - timedelta(days=days - 1)
    return {"regionCode": region, "period": {"from": first.isoformat(), "to": last.isoformat()}}


async def test_a_citys_cockpit_is_whole_and_in_budget(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Counts, rankings, orders and the counties below in at most 16 calls; warm in none."""
    token = await desk.token(staff_of(sandbox.world), "zhezhengding", SCOPES)
    sandbox.reset()

    body = await desk.gateway.query(COCKPIT, variables(sandbox), token)
    cold = sandbox.calls()
    again = await desk.gateway.query(COCKPIT, variables(sandbox), token)

    cockpit, world = body["data"]["cockpit"], sandbox.world
    assert sum(cold.values()) <= BUDGET, cold
    assert sandbox.calls() == cold
    assert again["data"] == body["data"]
    assert cockpit["region"] == {"code": CITY, "name": "台州市", "level": "MUNICIPAL"}
    assert (cockpit["studioCount"], cockpit["memberCount"]) == (len(world.studios), len(world.members))
    offices = await desk.gateway.query(OFFICES, {"ids": [global_id("Organization", c.code) for c in world.committees]})
    assert cockpit["officialCount"] == sum(office["officialCount"] for office in offices["data"]["nodes"]) > 0
    assert cockpit["workOrders"]["accepted"] > cockpit["workOrders"]["closed"] > 0


async def test_questions_add_up(sandbox: Sandbox, desk: SignInDesk) -> None:
    """By category, by day and by county they come to the same; every day of the period has its row."""
    token = await desk.token(staff_of(sandbox.world), "zhezhengding", SCOPES)

    body = await desk.gateway.query(COCKPIT, variables(sandbox), token)

    questions, below = body["data"]["cockpit"]["questions"], body["data"]["cockpit"]["children"]
    assert questions["asked"] > questions["answered"] > 0
    for count in ("asked", "answered"):
        assert sum(row[count] for row in questions["byCategory"]) == questions[count]
        assert sum(row[count] for row in questions["daily"]) == questions[count]
    assert len(questions["daily"]) == 30
    assert [row["region"]["code"] for row in below] == sorted(
        region.key for region in REGIONS.values() if region.parent_key == CITY
    )
    studios = Counter(studio.committee.region_code for studio in sandbox.world.studios)
    assert [row["studioCount"] for row in below] == [studios[row["region"]["code"]] for row in below]
    assert 0 < sum(row["questions"]["asked"] for row in below) <= questions["asked"]


async def test_rankings_are_in_order(sandbox: Sandbox, desk: SignInDesk) -> None:
    """The most active studios and the members with most points, equal values with equal ranks."""
    token = await desk.token(staff_of(sandbox.world), "zhezhengding", SCOPES)

    body = await desk.gateway.query(COCKPIT, variables(sandbox), token)

    for ranking in ("studioRanking", "memberRanking"):
        rows = body["data"]["cockpit"][ranking]
        values = [row["value"] for row in rows]
        assert len(rows) == 10
        assert values == sorted(values, reverse=True)
        assert all(row["rank"] == 1 + sum(value > row["value"] for value in values) for row in rows)
    assert all(row["studio"]["region"]["name"] for row in body["data"]["cockpit"]["studioRanking"])
    assert all(row["member"]["organization"]["name"] for row in body["data"]["cockpit"]["memberRanking"])


async def test_a_county_has_nothing_below(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Its own numbers, and no children; a place without a committee has empty numbers."""
    token = await desk.token(staff_of(sandbox.world), "zhezhengding", SCOPES)

    county = await desk.gateway.query(COCKPIT, variables(sandbox, "331002"), token)
    elsewhere = await desk.gateway.query(COCKPIT, variables(sandbox, "330102"), token)

    assert county["data"]["cockpit"]["children"] == []
    assert county["data"]["cockpit"]["studioCount"] > 0
    other = elsewhere["data"]["cockpit"]
    assert (other["studioCount"], other["officialCount"], other["studioRanking"]) == (None, None, [])
    assert (other["questions"]["asked"], other["questions"]["satisfaction"]) == (0, None)


@pytest.mark.parametrize("who", ["a citizen", "a member", "staff without the scope"])
async def test_the_cockpit_is_for_the_offices(who: str, sandbox: Sandbox, desk: SignInDesk) -> None:
    """Without the scope, which only staff are given, it is null and the scope named; the rest stands."""
    world, open_to_all = sandbox.world, f"openid {Scope.GRAPH_READ}"
    member = next(one.person.id for one in world.members if one.person.work)
    person, platform = {
        "a citizen": (world.citizens[0].id, "zheliban"),
        "a member": (member, "zhezhengding"),
        "staff without the scope": (staff_of(world), "zhezhengding"),
    }[who]
    token = await desk.token(person, platform, open_to_all)
    beside = "query Beside($regionCode: String!, $period: PeriodInput!) { viewer { id } \
        cockpit(regionCode: $regionCode, period: $period) { studioCount } }"

    body = await desk.gateway.query(beside, variables(sandbox), token)
    refused = await desk.exchange(platform, await sandbox.ticket(platform, person), SCOPES)

    assert body["data"]["cockpit"] is None
    assert body["data"]["viewer"]["id"]
    assert [(e["extensions"]["code"], e["extensions"]["scope"]) for e in body["errors"]] == [
        ("FORBIDDEN", "cockpit:read")
    ]
    assert (refused.status_code == 200) is (who == "staff without the scope")


LOST = {
    "zheliban": {"questions", "workOrders", "studioRanking"},
    "duty": {"studioCount", "memberCount", "officialCount", "memberRanking"},
    "zhezhengding": {"officialCount"},
}


@pytest.mark.parametrize("platform", LOST)
async def test_an_ill_platform_costs_its_own_numbers(
    platform: str, sandbox: Sandbox, open_gateway: OpenGateway
) -> None:
    """What the others count stands, the counties below with it."""
    async with open_gateway(hurried=platform) as gateway:
        desk = await desk_at(sandbox, gateway)
        token = await desk.token(staff_of(sandbox.world), "zhezhengding", SCOPES)
        sandbox.break_(platform, FaultKind.HTTP500)

        body = await gateway.query(COCKPIT, variables(sandbox), token)

    cockpit = body["data"]["cockpit"]
    lost = {field for field, found in cockpit.items() if found is None}
    errors = [error["extensions"] for error in body["errors"] if error["extensions"].get("platform")]
    assert lost - {"opinionTopics"} == LOST[platform]
    assert len(cockpit["children"]) == 9
    assert {error["platform"] for error in errors} == {platform}
    assert {error["code"] for error in errors} == {PlatformError.code}


@pytest.mark.parametrize(
    "changes",
    [
        {"regionCode": "110000"},
        {"period": {"from": "2026-01-02", "to": "2026-01-01"}},
        {"period": {"from": "2025-01-01", "to": "2026-01-02"}},
    ],
)
async def test_a_place_and_a_period_have_their_limits(
    changes: dict[str, Any], sandbox: Sandbox, desk: SignInDesk
) -> None:
    """A known place; at most 366 days, in their order."""
    token = await desk.token(staff_of(sandbox.world), "zhezhengding", SCOPES)
    sandbox.reset()

    body = await desk.gateway.query(COCKPIT, variables(sandbox) | changes, token)

    assert body["data"]["cockpit"] is None
    assert [error["extensions"]["code"] for error in body["errors"]] == ["BAD_INPUT"]
    assert sandbox.calls() == {}


async def test_topics_stand_in_the_cockpit(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Most asked first, with published questions that hold the keyword; whole and in budget, and warm without a call."""
    await desk.gateway.parts.topics.reader.round()
    token = await desk.token(staff_of(sandbox.world), "zhezhengding", SCOPES)
    sandbox.reset()

    body = await desk.gateway.query(COCKPIT, variables(sandbox, days=90), token)
    cold = sandbox.calls()
    again = await desk.gateway.query(COCKPIT, variables(sandbox, days=90), token)

    topics = body["data"]["cockpit"]["opinionTopics"]
    counts = [topic["questionCount"] for topic in topics]
    assert "errors" not in body
    assert again == body
    assert sum(cold.values()) <= BUDGET, cold
    assert sandbox.calls() == cold
    assert 0 < len(topics) <= 10
    assert counts == sorted(counts, reverse=True)
    assert min(counts) >= 5
    for topic in topics:
        samples = [edge["node"]["id"] for edge in topic["sampleQuestions"]["edges"]]
        told = await desk.gateway.query(BODIES, {"ids": samples})
        assert len(samples) == 3
        assert all(topic["keyword"] in node["title"] + node["body"] for node in told["data"]["nodes"])
        assert {node["visibility"] for node in told["data"]["nodes"]} == {"PUBLIC"}


async def test_before_the_first_reading_there_are_none(sandbox: Sandbox, desk: SignInDesk) -> None:
    """A request waits for no reading: nothing is scanned for it."""
    token = await desk.token(staff_of(sandbox.world), "zhezhengding", SCOPES)
    sandbox.reset()

    body = await desk.gateway.query(COCKPIT, variables(sandbox), token)

    assert body["data"]["cockpit"]["opinionTopics"] == []
    assert sandbox.calls().get("zheliban.questions.list", 0) == 0
