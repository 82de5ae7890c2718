"""The circuit breaker of one operation."""

import pytest

from connectors.errors import UnreachableError
from connectors.guarding.breaker import TRIALS, Breaker
from connectors.guarding.settings import GuardSettings
from connectors.records.health import BreakerState

ILL = UnreachableError("duty", "studios")
SETTINGS = GuardSettings(open_share=0.5, open_after=6, window_s=10, open_for_s=5)


@pytest.fixture
def breaker() -> Breaker:
    """Closed, and without any calls."""
    return Breaker("studios", SETTINGS)


def opened(breaker: Breaker, at: float = 0.0) -> None:
    """Fail until it opens."""
    for _ in range(6):
        breaker.ended(at, ILL)


def test_enough_failures_open_it(breaker: Breaker) -> None:
    """Half of the calls, of six or more."""
    for _ in range(5):
        assert not breaker.ended(1.0, ILL)

    assert breaker.ended(1.0, ILL)
    assert breaker.state(1.0) is BreakerState.OPEN
    assert (breaker.opened_at, breaker.retry_at, breaker.because) == (1.0, 6.0, ILL)


def test_failures_among_many_good_calls_do_not(breaker: Breaker) -> None:
    """What matters is their share."""
    for _ in range(30):
        breaker.ended(1.0, None)
        breaker.ended(1.0, None)
        assert not breaker.ended(1.0, ILL)


def test_failures_on_end_open_it_whatever_was_before(breaker: Breaker) -> None:
    """A platform that answered a thousand calls and then none more is not asked a thousand times first."""
    for _ in range(1000):
        breaker.ended(1.0, None)

    assert [breaker.ended(2.0, ILL) for _ in range(12)] == [False] * 11 + [True]


def test_failures_of_long_ago_are_forgotten(breaker: Breaker) -> None:
    """Only the window counts."""
    for moment in range(0, 200, 20):
        assert not breaker.ended(float(moment), ILL)
        breaker.ended(float(moment), None) if moment % 40 else None


def test_open_it_refuses_and_half_open_it_tries_a_few(breaker: Breaker) -> None:
    """As many as a page makes."""
    opened(breaker)

    assert not breaker.admits(4.9)
    assert [breaker.admits(5.0) for _ in range(TRIALS + 1)] == [True] * TRIALS + [False]
    assert breaker.state(5.0) is BreakerState.HALF_OPEN


def test_a_trial_that_ends_well_closes_it(breaker: Breaker) -> None:
    """And it judges anew: one failure later does not open it."""
    opened(breaker)
    breaker.admits(5.0)

    assert breaker.ended(5.1, None)
    assert breaker.state(5.1) is BreakerState.CLOSED
    assert not breaker.ended(5.2, ILL)
    assert breaker.because is None


def test_a_trial_that_fails_opens_it_again(breaker: Breaker) -> None:
    """For the same time; since when it is open stays."""
    opened(breaker)
    breaker.admits(5.0)
    breaker.ended(5.5, ILL)

    assert breaker.state(10.4) is BreakerState.OPEN
    assert breaker.opened_at == 0.0
    assert breaker.state(10.5) is BreakerState.HALF_OPEN


def test_a_call_that_went_out_before_tells_nothing(breaker: Breaker) -> None:
    """One that ended well after it opened does not close it."""
    opened(breaker)

    assert not breaker.ended(1.0, None)
    assert breaker.state(1.0) is BreakerState.OPEN


def test_a_trial_whose_caller_left_makes_room(breaker: Breaker) -> None:
    """Else nothing would ever be tried again."""
    opened(breaker)
    for _ in range(TRIALS):
        breaker.admits(5.0)
    breaker.left()

    assert breaker.admits(5.0)
