"""The sandbox answers every call, right or wrong, as the contract says."""

from typing import Any
from urllib.parse import quote

import httpx
import pytest

from connectors.duty.settings import DutySettings
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.world import World
from tests.connectors.duty.contract import claims


async def bearer(client: httpx.AsyncClient, settings: DutySettings, scope: str) -> dict[str, str]:
    """The headers a caller with that scope sends."""
    pair = (quote(settings.client_id, safe=""), quote(settings.client_secret.get_secret_value(), safe=""))
    form = {"grant_type": "client_credentials", "scope": scope}
    answer = await client.post("/oauth/token", data=form, auth=pair)
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


STUDIO, MEMBER, SHIFT_WEEK = "S3310000001", "M33100000001", "from=2026-11-01T00:00:00%2B08:00&to=2026-11-08T00:00:00Z"
LAST_DAY = "from=9999-12-31T00:00:00-23:59&to=9999-12-31T23:59:59-23:59"
READS = [
    ("studios", f"/studios?ids={STUDIO},S9", 200),
    ("studios", "/studios", 422),
    ("studios", "/studios?ids=" + ",".join(f"S{n}" for n in range(101)), 422),
    ("studios", "/studios?ids=a%20b", 422),
    ("studios.members", f"/studios/members?studioIds={STUDIO}&first=3&withTotal=true", 200),
    ("studios.members", f"/studios/members?studioIds={STUDIO}&first=100", 200),
    ("studios.members", f"/studios/members?studioIds={STUDIO}&first=0", 422),
    ("studios.members", f"/studios/members?studioIds={STUDIO}&first=101", 422),
    ("studios.members", f"/studios/members?studioIds={STUDIO}&first=3&after=zzz", 422),
    ("studios.members", f"/studios/members?studioIds={STUDIO}&first=3&withTotal=1", 422),
    ("members", "/members?ids=" + ",".join(f"M331000{n:05d}" for n in range(1, 101, 10)), 200),
    ("organizations", "/organizations?codes=GO_zx331000,GO_bu33100000", 200),
    ("shifts", "/shifts?ids=D3310000001-2026111219", 200),
    ("studios.shifts", f"/studios/shifts?studioIds={STUDIO}&{SHIFT_WEEK}", 200),
    ("studios.shifts", f"/studios/shifts?studioIds={STUDIO}&from=2026-11-01T00:00:00&to=2026-11-02T00:00:00Z", 422),
    ("studios.shifts", f"/studios/shifts?studioIds={STUDIO}&from=2026-11-01T00:00:00Z&to=2026-11-01T00:00:00Z", 422),
    ("studios.shifts", f"/studios/shifts?studioIds={STUDIO}&from=0001-01-01T00:00:00Z&to=0001-01-02T00:00:00Z", 200),
    ("studios.shifts", f"/studios/shifts?studioIds={STUDIO}&{LAST_DAY}", 200),
    ("regions.shifts", f"/regions/shifts?regionCodes=331000&{SHIFT_WEEK}", 200),
    ("regions.shifts", "/regions/shifts?regionCodes=331000&from=2026-11-01T00:00:00Z&to=2026-12-02T00:00:01Z", 422),
    ("regions.shifts", f"/regions/shifts?regionCodes=3310&{SHIFT_WEEK}", 422),
    ("members.portrait", f"/members/{MEMBER}/portrait", 200),
    ("members.portrait", "/members/M9/portrait", 404),
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
        token = await bearer(client, settings, "duty.lookup")

        answer = await client.post("/api/v1/members/lookup", content=deep, headers=token)

    assert (answer.status_code, answer.json()["code"]) == (422, "INVALID_PARAMETER")
    assert claims("members.lookup", answer) == []


@pytest.mark.parametrize(("person", "status"), [("member-0001", 400), ("nobody", 404), ("", 404)])
async def test_nobody_gets_a_ticket(sandbox: SandboxApp, person: str, status: int) -> None:
    """The platform has no form of ticket; who is unknown is told so, as everywhere."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(sandbox), base_url="http://duty") as client:
        answer = await client.get("/sandbox/ticket", params={"person": person})

    assert answer.status_code == status
