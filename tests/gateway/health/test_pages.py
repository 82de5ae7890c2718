"""``/health/…``: what everyone may see."""

from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from connectors.errors import UnreachableError
from connectors.sandbox.faults import FaultKind
from gateway.app import create_app
from gateway.health.connectors import Watches
from gateway.health.pages import Health, checks_of
from gateway.platforms import PLATFORMS
from tests.gateway.health.invented import Invented
from tests.stack import Gateway, Sandbox, settings_in_front_of

_MAY = {"componentId", "componentType", "status", "observedValue", "observedUnit", "time", "output"}


async def connectors_of(gateway: Gateway) -> dict[str, Any]:
    """The page of the platforms."""
    answer = await gateway.client.get("/health/connectors")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/health+json"
    body: dict[str, Any] = answer.json()
    return body


async def probe_all(gateway: Gateway, times: int = 1) -> None:
    """A round of probes, without waiting for its time."""
    for _ in range(times):
        for watch in gateway.parts.watches.all:
            await watch.probe(5)


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
async def test_live_and_ready_ignore_platforms(gateway: Gateway, sandbox: Sandbox, path: str) -> None:
    """With every platform down the gateway lives and takes requests."""
    for platform in PLATFORMS:
        sandbox.break_(platform.name, FaultKind.REFUSE)
    await probe_all(gateway, 2)

    answer = await gateway.client.get(path)

    assert (answer.status_code, answer.json()) == (200, {"status": "pass"})


async def test_each_platform_is_told_in_the_drafts_form(gateway: Gateway, sandbox: Sandbox) -> None:
    """draft-inadarei-api-health-check: status, and checks by component and measurement; nobody's calls are counted."""
    await probe_all(gateway)

    body = await connectors_of(gateway)

    assert body["status"] == "pass"
    for platform in PLATFORMS:
        (state,) = body["checks"][f"{platform.name}:status"]
        assert (state["status"], state["observedValue"], state["componentType"]) == ("pass", "UP", "component")
        assert body["checks"][f"{platform.name}:requests"][0]["observedValue"] == 1
        assert body["checks"][f"{platform.name}:responseTime"][0]["observedUnit"] == "ms"
        assert "output" not in state
    assert all(set(check) <= _MAY for checks in body["checks"].values() for check in checks)
    assert sandbox.calls() == {}


async def test_an_ill_platform_is_told_without_its_address(gateway: Gateway, sandbox: Sandbox) -> None:
    """It fails with its code, the gateway warns and the answer stays 200; no host, key or secret is in it."""
    await probe_all(gateway)
    sandbox.break_("duty", FaultKind.REFUSE)
    await probe_all(gateway, 2)

    body = await connectors_of(gateway)

    assert body["status"] == "warn"
    assert body["checks"]["duty:status"][0]["status"] in {"warn", "fail"}
    assert body["checks"]["duty:status"][0]["output"] == "PLATFORM_UNAVAILABLE"
    assert body["checks"]["duty:probe"][0]["status"] == "fail"
    assert body["checks"]["zheliban:status"][0]["status"] == "pass"
    text = repr(body)
    for section in (gateway.settings.platform(platform) for platform in PLATFORMS):
        assert section.base_url.split("//")[1] not in text
    assert "127.0.0.1" not in text


async def test_what_is_not_set_up_is_told_apart_from_what_is_ill(sandbox: Sandbox, tmp_path: Path) -> None:
    """With no platform connected: down with its own code, and the gateway warns."""
    bare = {platform.prefix: platform.settings() for platform in PLATFORMS}
    app = create_app(settings_in_front_of(sandbox, tmp_path).but(sandbox=False, **bare))
    async with app.state.parts.opened():
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://gateway") as client:
            body = (await client.get("/health/connectors")).json()

    assert body["status"] == "warn"
    for platform in PLATFORMS:
        (state,) = body["checks"][f"{platform.name}:status"]
        assert (state["observedValue"], state["output"]) == ("DOWN", "PLATFORM_NOT_CONFIGURED")
        assert f"{platform.name}:probe" not in body["checks"]


async def test_an_absent_platform_does_not_spoil_the_whole() -> None:
    """One that nobody set up is no reason to warn while the others are well."""
    well, absent = Invented("duty"), Invented("zheliban")
    absent.set_up = False
    await well.watch.probe(1)
    await absent.watch.probe(1)

    class _Parts:
        watches = Watches([well.watch, absent.watch])

    app = Starlette(routes=[Route("/health/connectors", Health(_Parts()).connectors)])  # type: ignore[arg-type]  # the page looks at nothing else
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://gateway") as client:
        body = (await client.get("/health/connectors")).json()

    assert body["status"] == "pass"


def test_rates_without_calls_are_left_out() -> None:
    """Nothing is told rather than nought."""
    platform = Invented()

    checks = checks_of(platform.watch.health(), platform.watch.window(300))

    assert set(checks) == {"duty:status", "duty:requests", "duty:breaker"}


async def test_the_latest_code_is_told_while_it_is_down() -> None:
    """The check says why."""
    platform = Invented()
    platform.end(UnreachableError("duty", "studios", "ConnectError"), times=2)

    checks = checks_of(platform.watch.health(), platform.watch.window(300))

    assert (checks["duty:status"]["status"], checks["duty:status"]["output"]) == ("fail", "PLATFORM_UNAVAILABLE")
    assert checks["duty:errorRate"]["observedValue"] == 1.0
