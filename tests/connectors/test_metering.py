"""The meter of a platform: counts, quantiles, runs."""

import pytest

from connectors.errors import NotFoundError, PlatformError, TooSlowError, UnreachableError
from connectors.guarding.guard import Guard
from connectors.metering import KEPT_SECONDS, MOST_OPERATIONS, OTHERS, Meter, Tally, outcome_of


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """The time it shows."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Stands still until it is moved."""
    return Clock()


@pytest.fixture
def meter(clock: Clock) -> Meter:
    """A meter by that clock."""
    return Meter("duty", clock)


def end(meter: Meter, error: PlatformError | None = None, seconds: float = 0.01, operation: str = "read") -> None:
    """One call more."""
    meter.ended(operation, seconds, error)


def test_a_call_is_counted_however_it_ends(meter: Meter, clock: Clock) -> None:
    """What the call raises goes on; its time, its kind and the platform's illness are counted."""

    def call(seconds: float, error: PlatformError | None = None) -> None:
        with Guard(meter).call("read"):
            clock.now += seconds
            if error is not None:
                raise error

    call(0.04)
    with pytest.raises(TooSlowError):
        call(2, TooSlowError("duty", "read"))
    with pytest.raises(NotFoundError):
        call(0, NotFoundError("duty", "read"))

    tally = meter.window()["read"]
    assert (tally.calls, tally.errors, tally.timeouts) == (3, 1, 1)
    assert tally.seconds == pytest.approx(2.04)
    assert meter.endings == {("read", "ok"): 1, ("read", "too_slow"): 1, ("read", "not_found"): 1}
    assert isinstance(meter.last_error, TooSlowError)
    assert meter.last_good == clock.now


def test_what_is_no_platform_error_is_not_the_platforms(meter: Meter) -> None:
    """A mistake of ours inside a call says nothing of the platform."""
    with pytest.raises(ZeroDivisionError), Guard(meter).call("read"):
        raise ZeroDivisionError

    assert meter.window() == {}
    assert meter.run is None


def test_the_window_forgets_and_the_totals_do_not(meter: Meter, clock: Clock) -> None:
    """Five minutes are kept, shorter windows hold less, sums run from the start."""
    end(meter)
    clock.now += 100
    end(meter)

    assert meter.window()["read"].calls == 2
    assert meter.window(60)["read"].calls == 1
    clock.now += KEPT_SECONDS + 10
    assert meter.window() == {}
    end(meter)
    assert meter.window()["read"].calls == 1
    assert meter.totals["read"].calls == 3


def test_cache_and_retries_are_counted_beside_calls(meter: Meter) -> None:
    """Keys the cache answered, of these the stale ones, and calls made once more."""
    meter.kept("read", 7, stale=2)
    meter.retried("read")

    tally = meter.window()["read"]
    assert (tally.calls, tally.hits, tally.stale, tally.retries) == (0, 7, 2, 1)
    assert tally.error_rate is None
    assert tally.quantile(0.5) is None


def test_quantiles_lie_within_their_bucket(meter: Meter) -> None:
    """Half of a hundred even calls, the slowest few, and what is above every bound."""
    for _ in range(95):
        end(meter, seconds=0.015)
    for _ in range(5):
        end(meter, seconds=4)
    tally = meter.window()["read"]

    assert 0.01 < (tally.quantile(0.5) or 0) < 0.02
    assert 3 < (tally.quantile(0.99) or 0) <= 5
    assert tally.quantile(0.95) == pytest.approx(0.02)

    endless = Meter("duty")
    end(endless, seconds=600)
    assert endless.window()["read"].quantile(0.5) == 60.0


def test_a_run_begins_where_the_kind_of_ending_changes(meter: Meter, clock: Clock) -> None:
    """Endings alike make a run: its length and since when; a refusal of one call is an answer."""
    end(meter)
    clock.now += 5
    end(meter, UnreachableError("duty", "read"))
    clock.now += 5
    end(meter, UnreachableError("duty", "read"))

    assert meter.run is not None
    assert (meter.run.well, meter.run.length, meter.run.since) == (False, 2, 1005.0)
    end(meter, NotFoundError("duty", "read"))
    assert (meter.run.well, meter.run.length, meter.run.since) == (True, 1, 1010.0)
    assert meter.first_good == 1000.0


def test_made_up_names_fill_no_memory(meter: Meter) -> None:
    """Beyond so many operations all others are one."""
    for number in range(MOST_OPERATIONS + 50):
        end(meter, operation=f"read{number}")

    assert len(meter.totals) == MOST_OPERATIONS + 1
    assert meter.totals[OTHERS].calls == 50
    assert Tally.sum_of(meter.window().values()).calls == MOST_OPERATIONS + 50


def test_an_outcome_is_the_errors_class_in_a_word() -> None:
    """Finer than the code callers see, and as bounded."""
    assert outcome_of(None) == "ok"
    assert outcome_of(TooSlowError("duty", "read")) == "too_slow"
    assert outcome_of(UnreachableError("duty", "read")) == "unreachable"
