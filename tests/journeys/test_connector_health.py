"""Operation 21: which platform is ill, and since when; for operators, and without a call to any platform."""

import asyncio
import time
from datetime import datetime
from typing import Any

from connectors.sandbox.faults import FaultKind
from connectors.viewer import Role
from gateway.platforms import PLATFORMS
from tests.stack import Gateway, OpenGateway, Sandbox, SignInDesk, operation


async def ops_token(desk: SignInDesk) -> str:
    """Sign the sandbox's operator in, whose role was given by hand."""
    person = next(one for one in desk.sandbox.apps["zhezhengding"].persons if Role.OPS in one.roles)
    await desk.gateway.parts.authority.grants.grant(Role.OPS, "zhezhengding", person.employee_code)
    return await desk.operator_token(person.id)


async def probe_all(gateway: Gateway, times: int = 1) -> None:
    """So many rounds of probes, without waiting for their time."""
    for _ in range(times):
        for watch in gateway.parts.watches.all:
            await watch.probe(5)


async def test_an_operator_reads_how_every_platform_is(gateway: Gateway, desk: SignInDesk, sandbox: Sandbox) -> None:
    """Operation 21 as written: no error, no call, every platform up with its calls counted."""
    token = await ops_token(desk)
    await probe_all(gateway)
    sandbox.reset()

    body = await gateway.query(operation("21"), token=token)

    assert "errors" not in body
    rows: list[dict[str, Any]] = body["data"]["connectors"]
    assert [row["platform"] for row in rows] == [platform.name for platform in PLATFORMS]
    assert [row["name"] for row in rows] == [platform.title_zh for platform in PLATFORMS]
    for row in rows:
        assert row["status"] == "UP"
        assert datetime.fromisoformat(row["since"]).tzinfo is not None
        assert row["lastProbe"]["ok"] is True
        assert row["lastProbe"]["error"] is None
        window = row["window"]
        assert window["requests"] >= 1
        assert window["errorRate"] == 0
        assert window["p50Ms"] <= window["p95Ms"] <= window["p99Ms"]
        assert sum(one["requests"] for one in row["operations"]) == window["requests"]
        assert row["breaker"] == {"state": "CLOSED", "openedAt": None, "retryAt": None}
        assert row["quota"] is None
    assert sandbox.calls() == {}


async def test_an_ill_platform_is_told_and_the_others_stay_up(
    gateway: Gateway, desk: SignInDesk, sandbox: Sandbox
) -> None:
    """Its error rate, its failed probe, since when; the cache's answers are counted beside calls."""
    token = await ops_token(desk)
    await probe_all(gateway)
    sandbox.break_("duty", FaultKind.HTTP500)
    await probe_all(gateway, 2)

    body = await gateway.query(operation("21"), token=token)

    rows = {row["platform"]: row for row in body["data"]["connectors"]}
    assert rows["duty"]["status"] in {"DEGRADED", "DOWN"}
    assert rows["duty"]["lastProbe"]["error"] == "PLATFORM_UNAVAILABLE"
    assert rows["duty"]["window"]["errors"] == 2
    assert rows["zheliban"]["status"] == "UP"


async def test_more_is_told_than_the_operation_asks_for(gateway: Gateway, desk: SignInDesk, sandbox: Sandbox) -> None:
    """The last good answer, the last failure with its kind, the clock; over a window of one's choice."""
    token = await ops_token(desk)
    await probe_all(gateway)
    sandbox.break_("zheliban", FaultKind.REFUSE)
    await probe_all(gateway)
    text = (
        "{ connectors { platform configured lastGoodAnswerAt clockDifferenceSeconds "
        "lastFailure { at operation error kind } window(seconds: 60) { requests cacheHits } } }"
    )

    body = await gateway.query(text, token=token)

    (row,) = [row for row in body["data"]["connectors"] if row["platform"] == "zheliban"]
    assert row["configured"] is True
    assert row["lastFailure"]["kind"] == "unreachable"
    assert datetime.fromisoformat(row["lastGoodAnswerAt"]) < datetime.fromisoformat(row["lastFailure"]["at"])
    assert row["clockDifferenceSeconds"] == 0
    assert row["window"]["requests"] >= 2


async def test_where_a_probe_failed_and_what_ends_are_told(
    gateway: Gateway, desk: SignInDesk, sandbox: Sandbox
) -> None:
    """The way is well, the answer is not; a certificate with its days."""
    token = await ops_token(desk)
    sandbox.break_("duty", FaultKind.HTTP500)
    await probe_all(gateway)
    watch = next(one for one in gateway.parts.watches.all if one.platform == "duty")
    watch.meter.connections.certificates["duty.example:443"] = time.time() + 100 * 86_400 + 60

    body = await gateway.query(
        "{ connectors { platform lastProbe { ok steps { step ok ms error } } credentials { what daysLeft } } }",
        token=token,
    )

    rows = {row["platform"]: row for row in body["data"]["connectors"]}
    steps = {step["step"]: step["ok"] for step in rows["duty"]["lastProbe"]["steps"]}
    assert steps == {"dns": True, "connect": True, "tls": None, "auth": None, "application": False}
    assert rows["duty"]["credentials"] == [{"what": "certificate", "daysLeft": 100}]
    assert rows["zheliban"]["lastProbe"]["steps"] == rows["zheliban"]["credentials"] == []


async def test_a_window_is_bounded(gateway: Gateway, desk: SignInDesk) -> None:
    """Ten seconds to five minutes; the rest of the answer stands."""
    token = await ops_token(desk)

    for seconds in (9, 301, -1):
        body = await gateway.query(
            f"{{ connectors {{ platform window(seconds: {seconds}) {{ requests }} }} }}", token=token
        )

        assert {error["extensions"]["code"] for error in body["errors"]} == {"BAD_INPUT"}
        assert [row["window"] for row in body["data"]["connectors"]] == [None] * len(PLATFORMS)


async def test_it_is_for_operators_only(gateway: Gateway, desk: SignInDesk) -> None:
    """Without a token, and with a citizen's, it is null with the scope that is missing."""
    citizen = await desk.token(desk.sandbox.apps["zheliban"].persons[0].id)

    for token in (None, citizen):
        body = await gateway.query("{ connectors { platform } }", token=token)

        assert body["data"] == {"connectors": None}
        assert body["errors"][0]["extensions"]["code"] in {"FORBIDDEN", "SIGN_IN_REQUIRED"}
        assert "ops:read" in body["errors"][0]["message"]


async def test_probes_run_by_themselves_and_are_nobodys_calls(open_gateway: OpenGateway, sandbox: Sandbox) -> None:
    """From the start, beside real traffic; a sandbox does not count them, so that budgets can be checked."""
    async with open_gateway(ops={"probe_interval_s": 3600}) as gateway:
        watches = gateway.parts.watches.all
        while any(watch.health().last_probe is None for watch in watches):  # noqa: ASYNC110 - the wire gives no event
            await asyncio.sleep(0.01)

        assert all(watch.health().last_probe.ok for watch in watches)  # type: ignore[union-attr]  # looked at above
        assert all(watch.meter.totals for watch in watches)
        assert sandbox.calls() == {}
