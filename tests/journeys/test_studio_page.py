"""Operation 02: a studio's page from three platforms in one request."""

from typing import Any

import pytest

from connectors.sandbox.faults import FaultKind
from schema.identifiers import global_id
from tests.stack import OpenGateway, Sandbox, SignInDesk, desk_at, operation, span

PAGE = operation("02")


def variables(sandbox: Sandbox, at: int = 1) -> dict[str, Any]:
    """The page of one of the world's studios, with two weeks of shifts."""
    return {"id": global_id("Studio", sandbox.world.studios[at].key)} | span(sandbox.world)


async def test_studio_page_is_whole(sandbox: Sandbox, desk: SignInDesk) -> None:
    """A citizen's studio page has every part from every platform, and no error."""
    studio = sandbox.world.studios[1]
    token = await desk.token("citizen-0001")

    body = await desk.gateway.query(PAGE, variables(sandbox), token)

    assert "errors" not in body
    page = body["data"]["studio"]
    assert page["name"] == studio.name
    assert page["region"]["parent"]["name"] == "台州市"
    assert page["organization"]["name"] == studio.committee.name
    members = [edge["node"] for edge in page["members"]["edges"]]
    assert members[0]["name"] == page["convener"]["name"] == studio.members[0].person.name
    assert len(members) == len(studio.members)
    titles = {m.person.name: m.person.work and m.person.work.title for m in studio.members}
    assert {m["name"]: m["official"] and m["official"]["title"] for m in members} == titles
    assert all(m["official"]["organization"]["name"] for m in members if m["official"])
    questions = [edge["node"] for edge in page["questions"]["edges"]]
    assert questions
    assert page["questions"]["totalCount"] >= len(questions)
    assert all(q["replies"] for q in questions)
    assert all(q["asker"] is None or q["asker"]["displayName"].startswith("*") for q in questions)
    assert page["dutyShifts"]
    assert page["statistics"]["followers"] >= 0
    assert page["viewerFollows"] in {True, False}


async def test_studio_page_keeps_its_budget(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Cold it makes at most 16 upstream calls, warm none."""
    token = await desk.token("citizen-0001")
    sandbox.reset()

    cold = await desk.gateway.query(PAGE, variables(sandbox), token)
    calls = sandbox.calls()
    warm = await desk.gateway.query(PAGE, variables(sandbox), token)

    assert cold == warm
    assert 0 < sum(calls.values()) <= 16, calls
    assert sandbox.calls() == calls


@pytest.mark.parametrize("count", [1, 20, 40])
async def test_each_source_is_asked_once_per_level(sandbox: Sandbox, desk: SignInDesk, count: int) -> None:
    """However many studios, each source is asked once per level; more only by the platforms' limit of 100 keys."""
    text = """query ($n: Int!, $from: DateTime!, $to: DateTime!) { studios(first: $n) { edges { node {
        name introduction organization { name } convener { name sector { name } }
        members(first: 20) { edges { node { name official { title organization { name } } portrait { averageRating } } } }
        questions(filter: {answered: true}, first: 10) { edges { node { title replies { author { name } } } } }
        dutyShifts(from: $from, to: $to) { topic member { name } }
        statistics { likes } viewerFollows } } } }"""
    token = await desk.token("citizen-0002")
    sandbox.reset()

    body = await desk.gateway.query(text, {"n": count} | span(sandbox.world), token)

    assert "errors" not in body, body["errors"][:2]
    studios = [edge["node"] for edge in body["data"]["studios"]["edges"]]
    members = {e["node"]["name"] for studio in studios for e in studio["members"]["edges"]}
    chunks = len(sandbox.world.members) // 100
    assert len(studios) == count
    allowed = dict.fromkeys(sandbox.calls(), 1) | dict.fromkeys(
        (
            "zheliban.members.statistics",
            "zhezhengding.listEmployeesByCodes",
            "zhezhengding.listOrganizationsByCodes",
            "zhezhengding.listOrgEmployeePositionsByCodes",
        ),
        1 if len(members) <= 100 else chunks,
    )
    assert {name: calls for name, calls in sandbox.calls().items() if calls > allowed[name]} == {}


SICK = [FaultKind.REFUSE, FaultKind.HANG, FaultKind.HTTP500, FaultKind.GARBAGE]
OWNED = {
    "duty": {"name", "introduction", "phone", "address", "members", "dutyShifts", "convener"},
    "zheliban": {"questions", "statistics", "viewerFollows", "viewerLikes"},
}


@pytest.mark.parametrize("kind", SICK)
@pytest.mark.parametrize("platform", ["duty", "zheliban", "zhezhengding"])
async def test_a_sick_platform_empties_only_its_own_part(
    sandbox: Sandbox, open_gateway: OpenGateway, platform: str, kind: FaultKind
) -> None:
    """The others' fields are whole; the sick one's are null, with errors that tell its name and nothing internal."""
    async with open_gateway() as gateway:
        desk = await desk_at(sandbox, gateway)
        token = await desk.token("citizen-0001")
        well = (await gateway.query(PAGE, variables(sandbox), token))["data"]["studio"]
    async with open_gateway(hurried=platform if kind is FaultKind.HANG else None) as gateway:
        sandbox.break_(platform, kind)

        body = await gateway.query(PAGE, variables(sandbox), token)

    ill = body["data"]["studio"]
    if platform == "zhezhengding":
        strip(well), strip(ill)
        assert ill == well
    else:
        assert {name for name, value in ill.items() if value is None} >= OWNED[platform]
        other = OWNED["zheliban" if platform == "duty" else "duty"]
        assert {name: ill[name] for name in other if name != "members"} == {
            name: well[name] for name in other if name != "members"
        }
    for error in body["errors"]:
        told = error["extensions"]
        assert told["code"] == "PLATFORM_UNAVAILABLE"
        assert told["platform"] == platform
        assert told["retryable"] is True
        assert error["path"][0] == "studio"
        assert not any(word in str(error) for word in ("127.0.0.1", "http", "Traceback", "Error("))


def strip(studio: dict[str, Any]) -> None:
    """Take out what the work app owns."""
    for edge in studio["members"]["edges"]:
        for name in ("title", "organization"):
            (edge["node"]["official"] or {}).pop(name, None)


async def test_without_any_platform_the_gateway_starts_and_is_ready(open_gateway: OpenGateway) -> None:
    """With all three stopped it serves its health, and says of each field which platform is missing."""
    closed = {"base_url": "http://127.0.0.1:9"}
    async with open_gateway(zlb=closed, zzd=closed, duty=closed) as gateway:
        live = await gateway.client.get("/health/live")
        ready = await gateway.client.get("/health/ready")
        body = await gateway.query("{ studios(first: 1) { totalCount } }")

    assert (live.status_code, ready.status_code) == (200, 200)
    assert body["data"] == {"studios": None}
    assert body["errors"][0]["extensions"]["platform"] == "zheliban"
