"""``/ops`` as JSON: who may see it, and what it tells of a platform that is well and of one that is not."""

from connectors.sandbox.faults import FaultKind
from gateway.platforms import PLATFORMS
from tests.operators import operator_at
from tests.stack import Gateway, Sandbox, SignInDesk


async def probe_all(gateway: Gateway, times: int = 1) -> None:
    """So many rounds of probes, without waiting for their time; then a look."""
    for _ in range(times):
        for watch in gateway.parts.watches.all:
            await watch.probe(5)
    gateway.parts.station.look()


async def test_an_operator_sees_everything_at_a_look(gateway: Gateway, desk: SignInDesk) -> None:
    """Each platform with its charts; one sentence that all is well; not a call to any platform."""
    operator = await operator_at(desk)
    await probe_all(gateway)
    desk.sandbox.reset()

    picture = await operator.picture()

    assert picture["headline"] == {"level": "ok", "zh": "一切正常。", "en": "All is well.", "runbook": None}
    assert [one["name"] for one in picture["platforms"]] == [platform.name for platform in PLATFORMS]
    for platform in picture["platforms"]:
        assert (platform["status"], platform["cause"]) == ("UP", None)
        assert platform["breaker"]["state"] == "CLOSED"
        assert [len(platform["history"][name]) for name in ("requests", "errors", "p95Ms", "stale")] == [60] * 4
        assert sum(platform["history"]["requests"]) == platform["window"]["requests"] > 0
    assert picture["gateway"]["ready"] is True
    assert picture["stores"]["database"]["ok"] is True
    assert desk.sandbox.calls() == {}


async def test_an_ill_platform_is_the_headline(gateway: Gateway, desk: SignInDesk, sandbox: Sandbox) -> None:
    """Which one, why, whose it is, what to press; the others are well."""
    operator = await operator_at(desk)
    await probe_all(gateway)
    sandbox.break_("duty", FaultKind.HTTP500)
    await probe_all(gateway, 2)

    picture = await operator.picture()

    assert picture["headline"]["level"] in {"warn", "ill"}
    assert "5xx" in picture["headline"]["en"]
    assert picture["headline"]["runbook"] == "docs/ops/runbook/http5xx.md"
    platform = await operator.platform("duty")
    assert (platform["cause"]["kind"], platform["cause"]["where"]) == ("http5xx", "them")
    assert "probe.now" in [one["act"] for one in platform["press"]]
    assert (await operator.platform("zheliban"))["cause"] is None


async def test_what_all_suffer_from_is_told_once(gateway: Gateway, desk: SignInDesk, sandbox: Sandbox) -> None:
    """When no platform can be reached, it is our way out: one sentence, no list."""
    operator = await operator_at(desk)
    for platform in PLATFORMS:
        sandbox.break_(platform.name, FaultKind.REFUSE)
    await probe_all(gateway, 2)

    picture = await operator.picture()

    assert picture["headline"]["en"].startswith("The way out of this machine is cut")


async def test_it_is_for_operators_with_a_second_factor(gateway: Gateway, desk: SignInDesk) -> None:
    """Nobody, somebody without the role, an operator without the factor: each with a code."""
    refused = [await gateway.client.get("/ops/picture")]
    await operator_at(desk, role=False)
    refused.append(await gateway.client.get("/ops/picture"))
    await operator_at(desk, methods=("zhezhengding-qr",))
    refused.append(await gateway.client.get("/ops/events"))

    assert [answer.status_code for answer in refused] == [401, 403, 403]
    codes = [answer.json()["error"]["code"] for answer in refused]
    assert codes == ["OPERATOR_SIGN_IN_NEEDED", "OPERATOR_ROLE_NEEDED", "OPERATOR_FACTOR_NEEDED"]
    assert all(answer.json()["error"][language] for answer in refused for language in ("zh", "en"))


async def test_everybody_may_know_which_service_is_out(gateway: Gateway, sandbox: Sandbox) -> None:
    """How each is, in words that tell nothing of how we are built."""
    await probe_all(gateway)
    sandbox.break_("duty", FaultKind.HTTP500)
    await probe_all(gateway, 2)

    answer = await gateway.client.get("/status/picture")

    told = answer.json()
    levels = {one["name"]: one["level"] for one in told["services"]}
    assert levels.pop("duty") in {"warn", "ill"}
    assert set(levels.values()) == {"ok"}
    assert "5xx" not in answer.text


async def test_users_nulls_and_old_data_are_counted_by_field(
    gateway: Gateway, desk: SignInDesk, sandbox: Sandbox
) -> None:
    """A request that a sick platform spoiled is noticed, with the field; one that it did not is not."""
    operator = await operator_at(desk)
    query = "{ studios(first: 1) { nodes { name } } }"
    sandbox.break_("zheliban", FaultKind.HTTP500)

    body = await gateway.query(query)
    await gateway.query("{ __typename }")

    assert body["errors"]
    noticed = (await operator.platform("zheliban"))["noticed"]
    assert (noticed["requests"], noticed["stale"]) == (1, 0)
    assert noticed["fields"] == [{"field": "Query.studios", "requests": 1, "nulls": 1, "stale": 0}]
    assert (await operator.platform("duty"))["noticed"]["requests"] == 0
