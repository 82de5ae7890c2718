"""The sandbox answers every call, right or wrong, as the contract says."""

from typing import Any

import httpx
import pytest

from connectors.duty.settings import DutySettings
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.world import World
from tests.connectors.duty.contract import claims
from tests.connectors.duty.sandbox.signing_in import bearer

STUDIO, MEMBER, SHIFT_WEEK = "S3310000001", "M33100000001", "from=2026-11-01T00:00:00%2B08:00&to=2026-11-08T00:00:00Z"
LAST_DAY = "from=9999-12-31T00:00:00-23:59&to=9999-12-31T23:59:59-23:59"
ACTIVITY = "A331000-20261122N"
OWN = f"viewerMemberId={MEMBER}"
READS = [
    ("studios", f"/studios?ids={STUDIO},S9", 200),
    ("studios", "/studios", 422),
    ("studios", "/studios?ids=" + ",".join(f"S{n}" for n in range(101)), 422),
    ("studios", "/studios?ids=a%20b", 422),
    ("studios", "/studios?ids=", 422),
    ("studios", f"/studios?ids={STUDIO}&ids={STUDIO}", 422),
    ("studios", f"/studios?ids={STUDIO}&fields=name", 422),
    ("studios.members", f"/studios/members?ownerIds={STUDIO}&first=3&withTotal=true", 200),
    ("studios.members", f"/studios/members?ownerIds={STUDIO}&first=100", 200),
    ("studios.members", f"/studios/members?ownerIds={STUDIO}&first=0", 422),
    ("studios.members", f"/studios/members?ownerIds={STUDIO}&first=101", 422),
    ("studios.members", f"/studios/members?ownerIds={STUDIO}&first=3&after=zzz", 422),
    ("studios.members", f"/studios/members?ownerIds={STUDIO}&first=3&withTotal=1", 422),
    ("members", "/members?ids=" + ",".join(f"M331000{n:05d}" for n in range(1, 101, 10)), 200),
    ("members.byEmployees", "/members/by-employees?ids=GE_1", 200),
    ("members.studios", f"/members/studios?ownerIds={MEMBER},M0", 200),
    ("members.list", "/members/list?first=100&withTotal=true&orderBy=NAME_ASC&regionCode=331000", 200),
    ("members.list", "/members/list?first=3&orderBy=AGE", 422),
    ("members.list", "/members/list?first=3&name=" + "a" * 51, 422),
    ("members.list", "/members/list?first=3&name=%00", 422),
    ("members.list", "/members/list?first=3&regionCode=33", 422),
    ("members.list", "/members/list", 422),
    ("organizations", "/organizations?ids=GO_zx331000,GO_bu33100000,GO_lz33100200", 200),
    ("organizations.children", "/organizations/children?ownerIds=GO_zx331000,GO_zx331002", 200),
    ("organizations.portals", "/organizations/portals?ids=GO_zx331000,GO_zx331002", 200),
    ("organizations.sectors", "/organizations/sectors?ownerIds=GO_zx331000,GO_zx331002&term=14", 200),
    ("organizations.sectors", "/organizations/sectors?ownerIds=GO_zx331000&term=13", 200),
    ("organizations.sectors", "/organizations/sectors?ownerIds=GO_zx331000&term=100", 422),
    ("regions.counts", "/regions/counts?ids=331000,331002,110000", 200),
    ("regions.counts", "/regions/counts?ids=GO_1", 422),
    ("shifts", "/shifts?ids=D3310000001-2026111219", 200),
    ("studios.shifts", f"/studios/shifts?ownerIds={STUDIO}&{SHIFT_WEEK}", 200),
    ("studios.shifts", f"/studios/shifts?ownerIds={STUDIO}&from=2026-11-01T00:00:00&to=2026-11-02T00:00:00Z", 422),
    ("studios.shifts", f"/studios/shifts?ownerIds={STUDIO}&from=2026-11-01T00:00:00Z&to=2026-11-01T00:00:00Z", 422),
    ("studios.shifts", f"/studios/shifts?ownerIds={STUDIO}&from=0001-01-01T00:00:00Z&to=0001-01-02T00:00:00Z", 200),
    ("studios.shifts", f"/studios/shifts?ownerIds={STUDIO}&{LAST_DAY}", 422),
    ("members.shifts", f"/members/shifts?ownerIds={MEMBER},M0&{SHIFT_WEEK}", 200),
    ("members.shifts", f"/members/shifts?ownerIds={MEMBER}&{LAST_DAY}", 422),
    ("regions.shifts", f"/regions/shifts?ownerIds=331000&{SHIFT_WEEK}", 200),
    ("regions.shifts", "/regions/shifts?ownerIds=331000&from=2026-11-01T00:00:00Z&to=2026-12-02T00:00:01Z", 422),
    ("regions.shifts", f"/regions/shifts?ownerIds=3310&{SHIFT_WEEK}", 422),
    ("members.portrait", f"/members/{MEMBER}/portrait", 200),
    ("members.portrait", "/members/M9/portrait", 404),
    ("members.scores", f"/members/scores?ids={MEMBER},M33100000011&year=2026&{OWN}", 200),
    ("members.scores", f"/members/scores?ids={MEMBER}&year=1999&viewerStaff=true", 200),
    ("members.scores", f"/members/scores?ids={MEMBER}", 422),
    ("members.scores", f"/members/scores?ids={MEMBER}&year=26", 422),
    ("members.strengths", f"/members/strengths?ids={MEMBER}&{OWN}", 200),
    ("scores.leaderboard", "/scores/leaderboard?year=2026&first=100&withTotal=true", 200),
    ("scores.leaderboard", "/scores/leaderboard?year=2026&first=5&organizationCode=GO_zx331000", 200),
    ("scores.leaderboard", "/scores/leaderboard?year=2026&first=5&organizationCode=GO_zx331024", 403),
    ("scores.leaderboard", "/scores/leaderboard?year=2026&first=5&organizationCode=GO_zx331024&viewerStaff=true", 200),
    ("organizations.scoringSchemes", "/organizations/scoring-schemes?ids=GO_zx331000&year=2026", 200),
    ("dutyRecords", f"/duty-records?ids=R33100000001-2025-00-0,R33100000001-2025-99-0,R1&{OWN}", 200),
    ("members.dutyRecords", f"/members/duty-records?ownerIds={MEMBER}&first=100&withTotal=true&{OWN}", 200),
    ("members.dutyRecords", f"/members/duty-records?ownerIds={MEMBER}&first=9&status=GONE&{OWN}", 422),
    ("activities", f"/activities?ids={ACTIVITY},A9,A999999-20261122&{OWN}", 200),
    ("members.activities", f"/members/activities?ownerIds={MEMBER}&first=100&upcoming=false&{OWN}", 200),
    ("organizations.activities", "/organizations/activities?ownerIds=GO_zx331000,GO_1&first=100&withTotal=true", 200),
    ("attendances", f"/attendances?ids={ACTIVITY}-{MEMBER},{ACTIVITY}&{OWN}", 200),
    ("activities.attendances", f"/activities/attendances?ownerIds={ACTIVITY}&first=100&viewerStaff=true", 200),
    ("activities.codes", f"/activities/check-in-codes?ids={ACTIVITY}&viewerStaff=true", 200),
]


@pytest.mark.parametrize(("name", "path", "status"), READS)
async def test_reads_answer_by_the_contract(
    name: str, path: str, status: int, sandbox: SandboxApp, settings: DutySettings
) -> None:
    """Every read, right or wrong, has the status, the media type and the shape that the contract names."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(sandbox), base_url="http://duty") as client:
        token = await bearer(client, settings, "duty.read")

        answer = await client.get(f"/api/v1{path}", headers=token)
        refused = await client.get(f"/api/v1{path}", headers={"Authorization": "Bearer made-up"})

    assert answer.status_code == status
    assert claims(name, answer) == []
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"] == 'Bearer error="invalid_token"'
    assert claims(name, refused) == []
    assert sandbox.calls[name] == 2


DIGEST = "v1:" + "0" * 64
LOOKUPS: list[tuple[Any, int, str]] = [
    ({"idDigests": [DIGEST]}, 200, "duty.lookup"),
    ({"idDigests": [DIGEST]}, 403, "duty.read"),
    ({}, 422, "duty.lookup"),
    ({"idDigests": ["000000190001010000"]}, 422, "duty.lookup"),
    ({"idDigests": [DIGEST] * 100, "employees": [{"tenantId": 1, "employeeCode": "GE_1"}]}, 422, "duty.lookup"),
    ({"employees": [{"tenantId": "1", "employeeCode": "GE_1"}]}, 422, "duty.lookup"),
    ({"employees": [{"tenantId": 1, "employeeCode": ""}]}, 422, "duty.lookup"),
    ({"employees": [{"tenantId": 1, "employeeCode": "GE_1\n"}]}, 422, "duty.lookup"),
    ([], 422, "duty.lookup"),
]


@pytest.mark.parametrize(("body", "status", "scope"), LOOKUPS)
async def test_lookups_answer_by_the_contract(
    body: Any, status: int, scope: str, sandbox: SandboxApp, settings: DutySettings
) -> None:
    """A look-up needs its own scope and takes up to a hundred well-formed entries."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(sandbox), base_url="http://duty") as client:
        token = await bearer(client, settings, scope)

        answer = await client.post("/api/v1/members/lookup", json=body, headers=token)

    assert answer.status_code == status
    assert claims("members.lookup", answer) == []


async def test_matches_follow_the_contract(sandbox: SandboxApp, settings: DutySettings, world: World) -> None:
    """What is found repeats how it was asked for."""
    work = next(member.person.work for member in world.members if member.person.work)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(sandbox), base_url="http://duty") as client:
        token = await bearer(client, settings, "duty.lookup")
        employees = [{"tenantId": 100001, "employeeCode": work.employee_code}]

        answer = await client.post("/api/v1/members/lookup", json={"employees": employees}, headers=token)

    assert claims("members.lookup", answer) == []
    assert [match["employeeCode"] for match in answer.json()["matches"]] == [work.employee_code]


async def test_a_body_too_deep_to_read_is_no_lookup(sandbox: SandboxApp, settings: DutySettings) -> None:
    """However deep the lists in it go, the answer is the contract's."""
    deep = b'{"more": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    async with httpx.AsyncClient(transport=httpx.ASGITransport(sandbox), base_url="http://duty") as client:
        token = await bearer(client, settings, "duty.lookup") | {"Content-Type": "application/json"}

        answer = await client.post("/api/v1/members/lookup", content=deep, headers=token)

    assert (answer.status_code, answer.json()["code"]) == (422, "INVALID_PARAMETER")
    assert claims("members.lookup", answer) == []


@pytest.mark.parametrize(
    ("person", "form", "status"),
    [
        ("member-0001", "oidc", 200),
        ("member-0001", None, 200),
        ("member-0001", "uc", 400),
        ("nobody", "oidc", 404),
        ("", None, 404),
    ],
)
async def test_the_login_gives_tickets(sandbox: SandboxApp, person: str, form: str | None, status: int) -> None:
    """One form, for who has an account; who is unknown is told so, as everywhere."""
    asked = {"person": person} | ({} if form is None else {"form": form})
    async with httpx.AsyncClient(transport=httpx.ASGITransport(sandbox), base_url="http://duty") as client:
        answer = await client.get("/sandbox/ticket", params=asked)

    assert answer.status_code == status
