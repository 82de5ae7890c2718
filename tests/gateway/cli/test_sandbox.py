"""Where a sandbox may be led from."""

import httpx
import pytest
from starlette.types import ASGIApp

from gateway.cli.sandbox import within
from gateway.platforms import PLATFORMS
from tests.stack import Sandbox


async def status(app: ASGIApp, path: str) -> int:
    """What that path answers to somebody on this machine."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://platform") as client:
        return (await client.get(path)).status_code


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "sandbox.example"])
async def test_beyond_loopback_nobody_leads_it(sandbox: Sandbox, host: str) -> None:
    """Not even from this machine; the platform itself answers as ever."""
    for platform in PLATFORMS:
        app = within(host, sandbox.apps[platform.name])

        for path in ("/sandbox/calls", "/sandbox/persons", "/sandbox/ticket?person=x", "/sandbox", "/sandbox/"):
            assert await status(app, path) == 404
    assert sandbox.calls() == {}


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
async def test_on_loopback_it_is_led(sandbox: Sandbox, host: str) -> None:
    """As for every test."""
    assert await status(within(host, sandbox.apps["duty"]), "/sandbox/calls") == 200
