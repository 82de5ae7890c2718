"""The buttons of ``/ops``: who may press them, what becomes of it, and how every replica follows."""

from auth.audit import Act
from connectors.sandbox.faults import FaultKind
from gateway.ops.breakers import stale_until
from tests.operators import OperatorBrowser, operator_at
from tests.stack import Gateway, OpenGateway, Sandbox, SignInDesk, desk_at

STUDIOS = "{ studios(first: 1) { nodes { name } } }"


async def audited(gateway: Gateway) -> list[str]:
    """The acts that stand in the audit."""
    await gateway.parts.authority.audit.flush()
    return [row.act async for row in gateway.parts.authority.audit.entries()]


async def test_calls_are_stopped_and_released_by_hand(gateway: Gateway, desk: SignInDesk) -> None:
    """The breaker is open at once, with who and until when; then it acts by itself again. Both are audited."""
    operator = await operator_at(desk)

    opened = await operator.act("breaker.open", platform="duty", minutes=5)
    held = await operator.platform("duty")
    released = await operator.act("breaker.release", platform="duty")

    assert (opened.status_code, released.status_code) == (200, 200)
    assert held["breaker"]["state"] == "OPEN"
    assert held["breaker"]["order"]["by"] == gateway.parts.authority.vault.pseudonym(operator.person_id)
    assert held["cause"]["kind"] == "by_hand"
    assert "breaker.release" in [one["act"] for one in held["press"]]
    assert (await operator.platform("duty"))["breaker"] == {
        "state": "CLOSED",
        "openedAt": None,
        "retryAt": None,
        "order": None,
        "operations": [],
    }
    acts = await audited(gateway)
    assert {Act.BREAKER_OPENED.name, Act.BREAKER_RELEASED.name} <= set(acts)


async def test_every_replica_follows_an_order(open_gateway: OpenGateway, desk: SignInDesk) -> None:
    """What one was told the other reads from the store."""
    operator = await operator_at(desk)
    await operator.act("breaker.open", platform="command")

    async with open_gateway() as other:
        await other.parts.station.tend()
        body = await OperatorBrowser(other, "").gateway.query("{ __typename }")
        guard = next(one.guard for one in other.parts.watches.all if one.platform == "command")

        assert guard.state().value == "OPEN"
        assert body["data"]


async def test_old_data_is_let_stand_in_for_longer(gateway: Gateway, desk: SignInDesk) -> None:
    """Until its end, or until it is taken back."""
    operator = await operator_at(desk)
    watch = next(one for one in gateway.parts.watches.all if one.platform == "duty")

    await operator.act("stale.extend", platform="duty", minutes=10)
    extended = stale_until(watch)
    await operator.act("stale.release", platform="duty")

    assert extended is not None
    assert stale_until(watch) is None


async def test_a_platform_is_probed_by_hand(desk: SignInDesk, sandbox: Sandbox) -> None:
    """The picture that comes back shows what the probe found."""
    operator = await operator_at(desk)
    sandbox.break_("duty", FaultKind.HTTP500)

    answer = await operator.act("probe.now", platform="duty")

    (platform,) = [one for one in answer.json()["platforms"] if one["name"] == "duty"]
    assert platform["lastProbe"]["ok"] is False
    assert platform["cause"]["kind"] == "http5xx"


async def test_what_cannot_be_done_is_refused_with_a_code(gateway: Gateway, desk: SignInDesk) -> None:
    """An unknown act or platform, too long a time, an empty outbox, another form of request."""
    operator = await operator_at(desk)

    refused = [
        await operator.act("platform.delete", platform="duty"),
        await operator.act("breaker.open", platform="nobody"),
        await operator.act("breaker.open", platform="duty", minutes=100_000),
        await operator.act("breaker.open", platform="duty", operation="studios"),
        await operator.act("outbox.retry", platform="duty"),
        await gateway.client.post("/ops/acts", data={"act": "probe.now"}),
    ]

    codes = [answer.json()["error"]["code"] for answer in refused]
    unknown = "OPERATOR_ACT_UNKNOWN"
    assert codes == [unknown, "OPERATOR_PLATFORM_UNKNOWN", unknown, unknown, "OPERATOR_ACT_REFUSED", unknown]


async def test_acts_take_a_fresh_factor_and_a_page_of_ours(gateway: Gateway, desk: SignInDesk) -> None:
    """A factor proved long ago shows the picture, and does nothing; neither does another site's page."""
    operator = await operator_at(desk, ago=3600)
    old = await operator.act("probe.now", platform="duty")
    operator = await operator_at(desk)
    headers = {"Sec-Fetch-Site": "cross-site"}
    foreign = await gateway.client.post("/ops/acts", json={"act": "probe.now", "platform": "duty"}, headers=headers)

    assert old.json()["error"]["code"] == "OPERATOR_FACTOR_OLD"
    assert foreign.json()["error"]["code"] == "OPERATOR_FROM_ELSEWHERE"
    assert await operator.picture()


async def test_an_outage_becomes_an_incident_with_its_timeline(
    gateway: Gateway, desk: SignInDesk, sandbox: Sandbox, open_gateway: OpenGateway
) -> None:
    """One for both replicas that see it, with cause, act and end."""
    operator = await operator_at(desk)
    async with open_gateway() as other:
        sandbox.break_("duty", FaultKind.HTTP500)
        for replica in (gateway, other):
            await fail(replica)
        await operator.act("breaker.open", platform="duty")
        during = (await operator.picture())["incidents"]
        await operator.act("breaker.release", platform="duty")
        sandbox.reset()
        for replica in (other, gateway):
            await recover(replica)

    picture = await operator.picture()
    assert [(one["platform"], one["kind"], one["ended"]) for one in during] == [("duty", "http5xx", None)]
    (incident,) = picture["incidents"]
    assert incident["ended"] is not None
    kinds = [one["kind"] for one in incident["entries"]]
    assert kinds.count("cause") == 1
    assert kinds[-1] == "ended"
    assert [one["by"] is None for one in incident["entries"] if one["kind"] == "act"] == [False, False]


async def fail(replica: Gateway) -> None:
    """Let the platform be down for a while, as this replica sees it."""
    watch = next(one for one in replica.parts.watches.all if one.platform == "duty")
    for _ in range(3):
        await watch.probe(5)
    watch.meter.last_good = None
    replica.parts.station.look()
    await replica.parts.station.tend()


async def recover(replica: Gateway) -> None:
    """Let it be well again."""
    watch = next(one for one in replica.parts.watches.all if one.platform == "duty")
    await watch.probe(5)
    watch.meter.run = None
    replica.parts.station.look()
    await replica.parts.station.tend()


async def test_without_the_role_nothing_can_be_pressed(gateway: Gateway, sandbox: Sandbox) -> None:
    """Whoever is signed in without it gets a code, and nothing happens."""
    desk = await desk_at(sandbox, gateway)
    await operator_at(desk, role=False)

    answer = await gateway.client.post("/ops/acts", json={"act": "probe.now", "platform": "duty"})

    assert answer.json()["error"]["code"] == "OPERATOR_ROLE_NEEDED"
