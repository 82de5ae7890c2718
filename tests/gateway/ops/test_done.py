"""What the gateway did by itself is told with its moment, where it is known."""

from datetime import UTC, datetime

from connectors.records.health import BreakerState
from gateway.ops.done import done_for
from gateway.ops.shapes import BreakerTold, OperationBreakerTold, WindowTold

FIRST = datetime(2026, 11, 22, 21, 56, 6, tzinfo=UTC)
QUIET = WindowTold(0, 0, None, None, None, None, 0, 0, 0, 0)


def told(state: BreakerState) -> BreakerTold:
    """A breaker whose first operation was stopped at that moment."""
    return BreakerTold(state.value, FIRST, FIRST, None, [OperationBreakerTold("studios", state.value, FIRST, FIRST)])


def test_calls_were_stopped_at_a_moment() -> None:
    """Since then they are."""
    done = done_for(told(BreakerState.OPEN), QUIET, 0.0)

    assert [one.at for one in done] == [FIRST, FIRST]


def test_that_it_is_trying_is_now() -> None:
    """The moment of the stop is not that of the trial, which comes and goes; so it has none."""
    done = done_for(told(BreakerState.HALF_OPEN), QUIET, 0.0)

    assert [one.at for one in done] == [None, FIRST]
