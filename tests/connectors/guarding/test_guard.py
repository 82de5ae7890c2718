"""The guard of one platform: which calls are made, and what their ends teach."""

import pytest
from msgspec import Struct

from connectors.errors import (
    CircuitOpenError,
    NotFoundError,
    PlatformError,
    RefusedSignatureError,
    TooSlowError,
    UnreachableError,
)
from connectors.guarding.guard import Guard, Moved
from connectors.guarding.order import Order
from connectors.guarding.settings import GuardSettings, OperationGuard
from connectors.lenient import broken_in, row_from, rows_read
from connectors.metering import Meter
from connectors.probing import probing
from connectors.records.health import BreakerState


class Stage:
    """A guard by a clock that the test moves."""

    def __init__(self, **settings: object) -> None:
        self.now = 100.0
        self.guard = Guard(Meter("duty", lambda: self.now), GuardSettings.model_validate(settings), timeout=2.0)
        self.moved: list[Moved] = []
        self.guard.on_moved.append(self.moved.append)

    def call(self, operation: str = "studios", error: PlatformError | None = None, seconds: float = 0.01) -> bool:
        """Make one call that ends so; answers whether it was made."""
        try:
            with self.guard.call(operation):
                self.now += seconds
                if error is not None:
                    raise error
        except CircuitOpenError:
            return False
        except PlatformError:
            pass
        return True

    def fail(self, *operations: str, times: int = 6) -> None:
        """Calls that find nobody."""
        for operation in operations:
            for _ in range(times):
                self.call(operation, UnreachableError("duty", operation))


@pytest.fixture
def stage() -> Stage:
    """As it is set by default."""
    return Stage()


def test_an_operation_that_fails_is_refused_alone(stage: Stage) -> None:
    """Others of the platform are still asked; the refused calls are counted, and are no calls."""
    stage.fail("studios")

    assert not stage.call("studios")
    assert stage.call("members")
    assert stage.guard.counts["refused"] == 1
    assert stage.guard.meter.totals["studios"].calls == 6
    assert [one.name for one in stage.guard.operations()] == ["studios"]


def test_a_refusal_is_told_as_what_made_it_so() -> None:
    """Callers see the code they would have seen."""
    stage = Stage()
    for _ in range(6):
        stage.call("studios", RefusedSignatureError("duty", "studios"))

    with pytest.raises(CircuitOpenError) as refused, stage.guard.call("studios"):
        pass

    assert (refused.value.code, refused.value.retryable) == ("PLATFORM_REFUSED_GATEWAY", False)


def test_refusals_of_single_calls_open_nothing(stage: Stage) -> None:
    """That there is no such thing is an answer."""
    for _ in range(50):
        stage.call("studios", NotFoundError("duty", "studios"))

    assert stage.call("studios")


def test_slow_answers_count_as_failures(stage: Stage) -> None:
    """Nine tenths of the time a call may take."""
    for _ in range(6):
        stage.call("studios", seconds=1.85)

    assert not stage.call("studios")


def test_a_caller_who_left_little_time_says_nothing(stage: Stage) -> None:
    """A deadline of a few milliseconds is not the platform's fault."""
    for _ in range(50):
        stage.call("studios", TooSlowError("duty", "studios"), seconds=0.01)

    assert stage.call("studios")


def test_the_platform_is_refused_when_several_operations_and_the_probe_fail(stage: Stage) -> None:
    """Then nobody has to find out for every other operation."""
    stage.fail("studios", "members")
    assert stage.call("proposals")

    stage.guard.probed(UnreachableError("duty", "probe"))

    assert not stage.call("questions")
    assert stage.guard.state() is BreakerState.OPEN
    assert stage.guard.opened_at == pytest.approx(100.06)


def test_a_probe_that_ends_well_lets_all_be_tried(stage: Stage) -> None:
    """The platform's breaker closes, its operations' are half open, and a good call closes each."""
    stage.fail("studios", "members")
    stage.guard.probed(UnreachableError("duty", "probe"))
    with probing():
        assert stage.call("studios")

    stage.guard.probed(None)

    assert stage.call("questions")
    assert stage.call("studios")
    assert stage.call("members")
    assert stage.guard.state() is BreakerState.CLOSED
    assert not stage.guard.wary
    assert [(one.operation, one.state) for one in stage.moved][-2:] == [
        ("studios", BreakerState.CLOSED),
        ("members", BreakerState.CLOSED),
    ]


def test_without_probes_calls_are_tried_after_a_while(stage: Stage) -> None:
    """Five seconds later a few go out, and one that ends well opens the way."""
    stage.fail("studios")
    stage.now += 5

    assert stage.guard.operations()[0].state is BreakerState.HALF_OPEN
    assert stage.call("studios")
    assert stage.guard.operations() == ()


def test_an_order_to_refuse_holds_until_its_end(stage: Stage) -> None:
    """Probes go on; then the breaker judges again."""
    stage.guard.force(Order(BreakerState.OPEN, "ops", stage.now + 60))

    assert not stage.call("studios")
    with probing():
        assert stage.call("studios")
    assert (stage.guard.state(), stage.guard.retry_at) == (BreakerState.OPEN, 160.0)

    stage.now += 60
    assert stage.call("studios")
    assert stage.guard.order is None


def test_an_order_to_make_calls_overrides_the_breaker(stage: Stage) -> None:
    """Taken back, what was refused is tried at once."""
    stage.fail("studios")
    stage.guard.force(Order(BreakerState.CLOSED, "ops", stage.now + 60))
    assert stage.call("studios")

    stage.guard.force(None)

    assert stage.guard.operations()[0].state is BreakerState.HALF_OPEN


def test_it_can_be_turned_off() -> None:
    """By setting; calls are made whatever happens."""
    stage = Stage(breaker=False)
    stage.fail("studios", times=50)

    assert stage.call("studios")


def test_an_operation_may_have_its_own_limits() -> None:
    """What it does not set is the platform's."""
    guard = Guard(
        Meter("duty"), GuardSettings(hedge_ms=200, operations={"search": OperationGuard(timeout_ms=5000, most_calls=1)})
    )

    assert (guard.timeout_of("search"), guard.timeout_of("studios")) == (5.0, 2.0)
    assert (guard.hedge_after("search"), guard.hedge_after("studios")) == (0.2, 0.2)
    guard.bulkhead("search").inside = 1
    assert guard.bulkhead("search").full
    assert not guard.bulkhead("studios").full


def test_one_who_makes_operations_up_fills_no_memory(stage: Stage) -> None:
    """Beyond the most, they share one."""
    for number in range(1000):
        stage.call(f"op{number}", UnreachableError("duty", "x"))
        stage.guard.bulkhead(f"op{number}")

    assert stage.guard.bulkhead("op900") is stage.guard.bulkhead("op901")


def test_what_nobody_asks_for_any_more_is_forgotten(stage: Stage) -> None:
    """Else a platform that is well would show as ill until somebody asks for that operation."""
    stage.fail("studios")
    stage.now += 5
    stage.guard.probed(None)
    assert stage.guard.operations()

    stage.now += 10
    stage.guard.probed(None)

    assert stage.guard.operations() == ()
    assert not stage.guard.wary


def test_rows_that_lack_something_count_against_the_platform(stage: Stage) -> None:
    """Where half of an answer's do; it is asked on, and who keeps what was read is told."""

    class Row(Struct):
        name: str

    before, began = rows_read("duty", "studios"), stage.now
    row_from({"name": "a"}, Row, broken_in("duty", "studios"))
    row_from({"name": 7}, Row, broken_in("duty", "studios"))

    stage.call("studios")
    stage.guard.read("studios", before)

    assert stage.guard.meter.totals["studios"].errors == 1
    assert stage.guard.unread_since("studios", began)
    assert not stage.guard.unread_since("members", began)
    assert stage.call("studios")


def test_one_row_among_many_does_not(stage: Stage) -> None:
    """A single bad row is that row's."""

    class Row(Struct):
        name: str

    before = rows_read("duty", "members")
    for value in ("a", "b", 7):
        row_from({"name": value}, Row, broken_in("duty", "members"))

    stage.guard.read("members", before)

    assert not stage.guard.unread_since("members", 0.0)
