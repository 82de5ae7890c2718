"""What a platform's guard says of its breakers, on the wall clock."""

from datetime import datetime

from connectors.records.health import BreakerState
from gateway.health.watch import Watch
from gateway.ops.shapes import BreakerTold, OperationBreakerTold, OrderTold


def breaker_told(watch: Watch) -> BreakerTold:
    """The breaker of one platform."""
    guard = watch.guard
    state = guard.state()
    order = guard.order
    until = None if order is None else watch.moment(order.until)
    operations = [
        OperationBreakerTold(one.name, one.state.value, watch.moment(one.opened_at), watch.moment(one.retry_at))
        for one in guard.operations()
    ]
    closed = state is BreakerState.CLOSED
    return BreakerTold(
        state=state.value,
        opened_at=None if closed else watch.moment(guard.opened_at),
        retry_at=None if closed else watch.moment(guard.retry_at),
        order=None if order is None or until is None else OrderTold(order.state.value, order.by, until),
        operations=operations,
    )


def held_open(watch: Watch) -> bool:
    """Whether an operator has the calls stopped."""
    order = watch.guard.order
    return order is not None and order.state is BreakerState.OPEN and order.until > watch.meter.now()


def stale_until(watch: Watch) -> datetime | None:
    """Until when an operator lets old answers stand in for longer; None where nobody does."""
    until = watch.guard.extension.until
    return watch.moment(until) if until > watch.meter.now() else None
