"""Probes can be told from the calls that people cause."""

import asyncio

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from connectors.deadline import Deadline
from connectors.probing import PROBE_AGENT, probing
from connectors.sandbox.app import Operation, SandboxApp
from connectors.transport import Transport


async def told(request: Request) -> Response:
    """Answer who asks."""
    return JSONResponse({"agent": request.headers.get("user-agent")})


@pytest.fixture
def app() -> SandboxApp:
    """A platform of the tests."""
    return SandboxApp([Operation("told", ("GET",), "/", told)], [], lambda *_: None)


async def test_a_probe_names_itself_and_is_not_counted(app: SandboxApp) -> None:
    """A budget can be checked beside a gateway that probes; tasks begun by a probe are part of it."""
    transport = Transport("duty", client=httpx.AsyncClient(transport=httpx.ASGITransport(app)))

    async def ask() -> str | None:
        answer = await transport.send("told", httpx.Request("GET", "http://platform/"), Deadline.after(5))
        agent: str | None = answer.json()["agent"]
        return agent

    with probing():
        probed = await asyncio.create_task(ask())
    asked = await ask()
    await transport.aclose()

    assert probed == PROBE_AGENT
    assert asked != PROBE_AGENT
    assert app.calls == {"told": 1}
