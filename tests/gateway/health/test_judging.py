"""Up, degraded or down: the rules."""

from connectors.errors import NotFoundError, RefusedSignatureError, TooSlowError, UnreachableError
from connectors.records.health import ConnectorStatus
from gateway.health.judging import QUIET_SECONDS, RECENT_SECONDS, status_from
from tests.gateway.health.invented import Invented

ILL = UnreachableError("duty", "studios")


def test_nobody_asked_yet() -> None:
    """Without a call there is no reason to call it ill."""
    assert status_from(Invented().meter) is ConnectorStatus.UP


def test_one_failure_degrades_and_a_second_without_a_good_answer_is_down() -> None:
    """A platform that never answered is down at the second failure."""
    platform = Invented()

    platform.end(ILL)
    assert status_from(platform.meter) is ConnectorStatus.DEGRADED
    platform.end(TooSlowError("duty", "studios"))
    assert status_from(platform.meter) is ConnectorStatus.DOWN


def test_down_needs_a_while_without_a_good_answer() -> None:
    """Failures in a row amid good answers are a bad patch, not an outage."""
    platform = Invented()
    platform.end(times=100)
    platform.end(ILL, times=5)

    assert status_from(platform.meter) is ConnectorStatus.DEGRADED
    platform.now += QUIET_SECONDS
    platform.end(ILL)
    assert status_from(platform.meter) is ConnectorStatus.DOWN


def test_a_share_of_failures_degrades_until_they_are_over() -> None:
    """A tenth of all calls; ten seconds of good answers, or half a minute, make it well again."""
    platform = Invented()
    platform.end(times=10)
    platform.now += 1
    platform.end(ILL, times=2)
    platform.end()

    assert status_from(platform.meter) is ConnectorStatus.DEGRADED
    platform.now += QUIET_SECONDS
    assert status_from(platform.meter) is ConnectorStatus.DEGRADED
    platform.end(times=2)
    assert status_from(platform.meter) is ConnectorStatus.UP

    quiet = Invented()
    quiet.end(times=2)
    quiet.now += 1
    quiet.end(ILL)
    quiet.end()
    quiet.now += RECENT_SECONDS + 1
    assert status_from(quiet.meter) is ConnectorStatus.UP


def test_one_operation_that_fails_degrades_the_platform() -> None:
    """Half of one operation's calls, however many others go well."""
    platform = Invented()
    platform.end(times=200)
    platform.now += 1
    platform.end(ILL, operation="shifts", times=3)
    platform.end()

    assert status_from(platform.meter) is ConnectorStatus.DEGRADED


def test_refusals_of_a_call_are_no_illness_but_refusals_of_the_gateway_are() -> None:
    """Not found is an answer; a signature that is not taken keeps everybody out."""
    platform = Invented()
    platform.end(NotFoundError("duty", "studios"), times=20)
    assert status_from(platform.meter) is ConnectorStatus.UP

    locked_out = Invented()
    locked_out.end(RefusedSignatureError("duty", "studios"), times=2)
    assert status_from(locked_out.meter) is ConnectorStatus.DOWN


def test_a_platform_that_starts_later_than_the_gateway_is_up_at_once() -> None:
    """What failed before the first good answer does not weigh on it."""
    platform = Invented()
    platform.end(ILL, times=3)
    platform.now += 3
    platform.end()

    assert status_from(platform.meter) is ConnectorStatus.UP
