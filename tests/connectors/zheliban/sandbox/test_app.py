"""The sandbox's control paths: people, tickets, counters."""

import httpx
import pytest

from connectors.sandbox.app import SandboxApp
from connectors.sandbox.world import World
from connectors.zheliban.sandbox import build_sandbox
from connectors.zheliban.settings import ZhelibanSettings


@pytest.fixture
def client(sandbox: SandboxApp) -> httpx.AsyncClient:
    """A caller on this machine."""
    way = httpx.ASGITransport(app=sandbox, client=("127.0.0.1", 1))
    return httpx.AsyncClient(transport=way, base_url="http://127.0.0.1")


async def test_everybody_with_an_account_can_be_chosen(client: httpx.AsyncClient, world: World) -> None:
    """The list holds whoever has an account on the citizen app, with what others know them by."""
    rows = (await client.get("/sandbox/persons")).json()

    natural = [row for row in rows if "company" not in row]
    assert [row["id"] for row in natural] == [person.id for person in world.persons if person.user_id]
    assert all(row["roles"] == ["company"] for row in rows[len(natural) :])
    member = next(member for member in world.members if member.person.work)
    row = next(row for row in rows if row["id"] == member.person.id)
    assert row["employeeCode"] == member.person.work.employee_code  # type: ignore[union-attr]  # chosen with one
    assert row["mobile"] == member.person.mobile


@pytest.mark.parametrize(
    ("form", "status"), [(None, 200), ("uc", 200), ("classic", 200), ("esso", 404), ("app", 400), ("", 200)]
)
async def test_tickets_have_their_forms(client: httpx.AsyncClient, form: str | None, status: int) -> None:
    """F1: ``uc`` is the form when none is named; one that this platform does not have is refused."""
    params = {"person": "citizen-0001"} | ({"form": form} if form is not None else {})

    assert (await client.get("/sandbox/ticket", params=params)).status_code == status


@pytest.mark.parametrize("form", ["uc", "classic", "esso"])
async def test_nobody_unknown_gets_a_ticket(client: httpx.AsyncClient, form: str) -> None:
    """F1: a person who is not there has none."""
    assert (await client.get("/sandbox/ticket", params={"person": "nobody", "form": form})).status_code == 404


async def test_a_company_has_tickets_of_two_forms(client: httpx.AsyncClient) -> None:
    """F1, B5, B6: who acts for a company signs in by the companies' form, and by the unified one as a legal person."""
    persons = (await client.get("/sandbox/persons")).json()
    acting = next(row for row in persons if "company" in row)

    statuses = [
        (await client.get("/sandbox/ticket", params={"person": acting["id"], "form": form})).status_code
        for form in ("esso", "uc", "classic")
    ]

    assert statuses == [200, 200, 404]


async def test_refused_calls_are_counted(client: httpx.AsyncClient) -> None:
    """One request counts as one, refused ones too, by operation; control is never counted."""
    await client.post("/restapi/prod/IC33000020220329000007/uc/sso/access_token")
    await client.get("/restapi/prod/IC33000000000000000000/else/where")
    await client.get("/sandbox/persons")

    calls = (await client.get("/sandbox/calls")).json()

    assert calls == {"total": 2, "byOperation": {"access_token": 1, "unknown": 1}}


@pytest.mark.parametrize("path", ["/", "/nowhere", "/rest/user", "/gateway/app", "/%ff", "/restapi"])
async def test_what_nothing_serves_is_unknown(client: httpx.AsyncClient, path: str) -> None:
    """F2: outside IRS too, counted as unknown and not found."""
    answer = await client.get(path, headers={"Host": "["})

    assert (answer.status_code, "date" in answer.headers) == (404, True)
    assert (await client.get("/sandbox/calls")).json()["byOperation"] == {"unknown": 1}


@pytest.mark.parametrize("path", ["/uc/sso/login", "/sso/servlet/simpleauth", "/gateway/app/refreshTokenByKey.htm"])
@pytest.mark.parametrize("query", ["", "%", "a=%ff&a", "&&&", "x" * 20_000, "a=" + "[" * 5000])
async def test_odd_queries_and_hosts_are_no_failure(client: httpx.AsyncClient, path: str, query: str) -> None:
    """Nothing a caller sends makes the platform fail."""
    answer = await client.get(f"{path}?{query}", headers={"Host": "["})

    assert answer.status_code in {200, 400}


async def test_without_control_there_are_no_control_paths(settings: ZhelibanSettings, world: World) -> None:
    """A sandbox that others can reach hands out nobody's ticket."""
    way = httpx.ASGITransport(app=build_sandbox(settings, world, control=False), client=("127.0.0.1", 1))
    async with httpx.AsyncClient(transport=way, base_url="http://127.0.0.1") as client:
        assert (await client.get("/sandbox/ticket", params={"person": "citizen-0001"})).status_code == 404
