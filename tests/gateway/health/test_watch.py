"""The watch over one platform: since when, the last probe, the last failure."""

from datetime import timedelta

from structlog.testing import capture_logs

from connectors.errors import NotFoundError, TooSlowError, UnreachableError
from connectors.records.health import Breaker, BreakerState, ConnectorStatus
from tests.gateway.health.invented import START, Invented


def unreachable() -> UnreachableError:
    """No connection."""
    return UnreachableError("duty", "studios", "ConnectError")


async def test_a_good_probe_is_told() -> None:
    """When it was, how long it took; and that the platform is up since the watch began."""
    platform = Invented()
    platform.now, platform.took = 5, 0.25

    await platform.watch.probe(1)

    health = platform.watch.health()
    assert (health.key, health.name, health.status, health.since) == ("duty", "履职", ConnectorStatus.UP, START)
    assert health.last_probe is not None
    assert (health.last_probe.ok, health.last_probe.duration_ms, health.last_probe.error) == (True, 250, None)
    assert health.last_probe.at == START + timedelta(seconds=5)
    assert health.last_good_answer_at == START + timedelta(seconds=5.25)
    assert health.last_failure is None
    assert health.breaker == Breaker(state=BreakerState.CLOSED, opened_at=None, retry_at=None)
    assert health.quota is None


async def test_down_since_the_first_failure_and_up_since_the_first_good_answer() -> None:
    """A status holds since its first call, not since somebody looked; each change is logged once."""
    platform = Invented()
    await platform.watch.probe(1)
    platform.error = unreachable
    with capture_logs() as logs:
        platform.now = 20
        await platform.watch.probe(1)
        degraded = platform.watch.health()
        platform.now = 23
        await platform.watch.probe(1)
        down = platform.watch.health()
        platform.now = 57
        await platform.watch.probe(1)
        platform.error = None
        for platform.now in (60, 65, 71):
            await platform.watch.probe(1)
        platform.now = 500
        up = platform.watch.health()

    assert (degraded.status, degraded.since) == (ConnectorStatus.DEGRADED, START + timedelta(seconds=20))
    assert (down.status, down.since) == (ConnectorStatus.DOWN, START + timedelta(seconds=20))
    assert down.last_good_answer_at == START
    assert down.last_failure is not None
    assert (down.last_failure.error, down.last_failure.kind) == ("PLATFORM_UNAVAILABLE", "unreachable")
    assert down.last_failure.at == START + timedelta(seconds=23)
    assert down.last_probe is not None
    assert (down.last_probe.ok, down.last_probe.error) == (False, "PLATFORM_UNAVAILABLE")
    assert (up.status, up.since) == (ConnectorStatus.UP, START + timedelta(seconds=60))
    told = [(line["was"], line["status"]) for line in logs if line["event"] == "platform status"]
    assert told == [("UP", "DEGRADED"), ("DEGRADED", "DOWN"), ("DOWN", "DEGRADED"), ("DEGRADED", "UP")]


async def test_what_is_not_set_up_is_down_and_not_probed() -> None:
    """The code says why; no call is made, and it is no failure of the platform."""
    platform = Invented()
    platform.set_up = False

    await platform.watch.begin()

    health = platform.watch.health()
    assert (health.configured, health.status) == (False, ConnectorStatus.DOWN)
    assert health.last_probe is not None
    assert (health.last_probe.ok, health.last_probe.error) == (False, "PLATFORM_NOT_CONFIGURED")
    assert health.last_failure is None
    await platform.watch.probe(1)
    assert platform.probes == 0
    assert platform.watch.window(300).requests == 0


async def test_a_probe_that_breaks_in_an_unplanned_way_counts_as_a_failure() -> None:
    """It is logged with its place and without its words; the watch goes on."""
    platform = Invented()
    platform.error = lambda: ZeroDivisionError("at 192.0.2.1")

    with capture_logs() as logs:
        await platform.watch.probe(1)
        await platform.watch.probe(1)

    assert platform.watch.health().status is ConnectorStatus.DOWN
    assert platform.meter.endings == {("probe", "unexpected_answer"): 2}
    assert "192.0.2.1" not in repr([{key: line[key] for key in line if key != "fault"} for line in logs])


async def test_a_refused_probe_is_a_well_platform() -> None:
    """A platform that knows no such thing has answered."""
    platform = Invented()
    platform.error = lambda: NotFoundError("duty", "studios")

    await platform.watch.probe(1)

    probe = platform.watch.health().last_probe
    assert probe is not None
    assert (probe.ok, probe.error) == (True, None)


def test_a_window_sums_all_operations_and_an_empty_one_has_no_rates() -> None:
    """Counts, share and quantiles in milliseconds; operations by name."""
    platform = Invented()
    empty = platform.watch.window(300)
    platform.end(times=3)
    platform.end(TooSlowError("duty", "shifts"), operation="shifts")
    platform.meter.kept("studios", 9, stale=1)
    platform.meter.retried("shifts")

    window = platform.watch.window(300)

    assert (empty.requests, empty.error_rate, empty.p50_ms) == (0, None, None)
    assert (window.requests, window.errors, window.error_rate, window.timeouts) == (4, 1, 0.25, 1)
    assert (window.cache_hits, window.stale_served, window.retries) == (9, 1, 1)
    assert 5 <= (window.p50_ms or 0) <= 10
    assert [(one.name, one.requests) for one in platform.watch.health().operations] == [("shifts", 1), ("studios", 3)]
