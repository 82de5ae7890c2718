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

    assert [row["id"] for row in rows] == [person.id for person in world.persons if person.user_id]
    member = next(member for member in world.members if member.person.work)
    row = next(row for row in rows if row["id"] == member.person.id)
    assert row["employeeCode"] == member.person.work.employee_code  # type: ignore[union-attr]  # chosen with one
    assert row["mobile"] == member.person.mobile


@pytest.mark.parametrize(("form", "status"), [(None, 200), ("uc", 200), ("classic", 400), ("app", 400)])
async def test_tickets_are_of_the_unified_form(client: httpx.AsyncClient, form: str | None, status: int) -> None:
    """``uc`` is the form when none is named; the others are refused."""
    params = {"person": "citizen-0001"} | ({"form": form} if form else {})

    assert (await client.get("/sandbox/ticket", params=params)).status_code == status


async def test_nobody_unknown_gets_a_ticket(client: httpx.AsyncClient) -> None:
    """A person who is not there has none."""
    assert (await client.get("/sandbox/ticket", params={"person": "nobody"})).status_code == 404


async def test_refused_calls_are_counted(client: httpx.AsyncClient) -> None:
    """One request counts as one, refused ones too, by operation; control is never counted."""
    await client.post("/restapi/prod/IC33000020220329000007/uc/sso/access_token")
    await client.get("/restapi/prod/IC33000000000000000000/else/where")
    await client.get("/sandbox/persons")

    calls = (await client.get("/sandbox/calls")).json()

    assert calls == {"total": 2, "byOperation": {"access_token": 1, "unknown": 1}}


async def test_without_control_there_are_no_control_paths(settings: ZhelibanSettings, world: World) -> None:
    """A sandbox that others can reach hands out nobody's ticket."""
    way = httpx.ASGITransport(app=build_sandbox(settings, world, control=False), client=("127.0.0.1", 1))
    async with httpx.AsyncClient(transport=way, base_url="http://127.0.0.1") as client:
        assert (await client.get("/sandbox/ticket", params={"person": "citizen-0001"})).status_code == 404
