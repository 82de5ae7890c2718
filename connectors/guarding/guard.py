"""What a platform's calls pass: whether one is made at all, what its end teaches, whether it is made once more.

Owns the decisions; leaves counting to the meter (``connectors/metering.py``), what is refused to ``breakers.py``,
places to ``bulkhead.py``. Where every breaker is closed a call costs little more than being counted.
"""

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from connectors.errors import CircuitOpenError, CrowdedError, PlatformError, TooSlowError, UnexpectedAnswerError
from connectors.guarding.breaker import Breaker
from connectors.guarding.breakers import Breakers, OperationBreaker
from connectors.guarding.budget import RetryBudget
from connectors.guarding.bulkhead import Bulkhead
from connectors.guarding.order import Extension, Order
from connectors.guarding.settings import GuardSettings
from connectors.lenient import rows_read
from connectors.metering import MOST_OPERATIONS, OTHERS, Meter, outcome_of
from connectors.probing import PROBING
from connectors.records.health import BreakerState
from connectors.traced_calls import call_begun, call_ended

if TYPE_CHECKING:
    from collections.abc import Callable

_SLOW = 0.9


class Moved(NamedTuple):
    """A breaker changed its state; ``operation`` is empty for the platform's own."""

    platform: str
    operation: str
    state: BreakerState
    because: PlatformError | None


class _Guarded:
    """One call, see ``Guard.call``; a class, as a generator costs three times as much."""

    __slots__ = ("_began", "_guard", "_operation", "_span")

    def __init__(self, guard: "Guard", operation: str) -> None:
        self._guard = guard
        self._operation = operation

    def __enter__(self) -> None:
        guard = self._guard
        self._began = guard.meter.now()
        if guard.wary:
            guard.admit(self._operation, self._began)
        guard.budget.earn()
        self._span = call_begun(guard.platform, self._operation)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        guard = self._guard
        if self._span is not None:
            call_ended(self._span, outcome_of(error), failed=error is not None)
        if error is None or isinstance(error, PlatformError):
            now = guard.meter.now()
            if error is None or error.asked:
                guard.meter.ended(self._operation, now - self._began, error)
            else:
                guard.counts["crowded"] += isinstance(error, CrowdedError)
            guard.learn(self._operation, now, now - self._began, error)
        else:
            guard.left(self._operation)


class Guard:
    """One platform's; lives as long as its transport.

    ``timeout`` is the longest time of a call, in seconds. ``order`` is what an operator wants; ``extension`` how long
    what is kept stands in. ``counts`` are since the start: calls ``refused`` by a breaker or as too ``crowded``,
    ``retried``, ``unpaid`` (not made once more for want of budget), ``hedged``, ``hedge_won``. ``on_moved`` are told of
    every breaker that opens or closes.
    """

    def __init__(self, meter: Meter, settings: GuardSettings | None = None, timeout: float = 2.0) -> None:
        self.platform = meter.platform
        self.meter = meter
        self.settings = settings or GuardSettings()
        self.budget = RetryBudget(self.settings.retry_share)
        self.extension = Extension()
        self.order: Order | None = None
        self.counts: Counter[str] = Counter()
        self.on_moved: list[Callable[[Moved], None]] = []
        self.wary = False
        """Whether calls have to be looked at before they are made: a breaker is not closed, or an order stands."""
        self._timeout = timeout
        self._slow = self.settings.slow_ms / 1000 if self.settings.slow_ms else _SLOW * timeout
        self._breakers = Breakers(self.settings, self._told)
        self._bulkheads: dict[str, Bulkhead] = {}
        self._unread: dict[str, float] = {}

    def call(self, operation: str) -> _Guarded:
        """Guard and count the call made inside: ``with guard.call("studios"): …``. What it raises goes on.

        What is no ``PlatformError`` is a mistake of ours, or the caller left: it says nothing of the platform.

        Raises:
            CircuitOpenError: the call is not made.
        """
        return _Guarded(self, operation)

    def bulkhead(self, operation: str) -> Bulkhead:
        """Where calls of that operation take their places."""
        found = self._bulkheads.get(operation)
        if found is None:
            name = operation if len(self._bulkheads) < MOST_OPERATIONS else OTHERS
            own = self.settings.operations.get(operation)
            most = (own.most_calls if own else None) or self.settings.most_calls
            found = self._bulkheads.setdefault(name, Bulkhead(most, self.settings.most_waiting))
        return found

    def timeout_of(self, operation: str) -> float:
        """Longest time of one read, in seconds."""
        own = self.settings.operations.get(operation)
        return own.timeout_ms / 1000 if own and own.timeout_ms else self._timeout

    def hedge_after(self, operation: str) -> float:
        """Seconds after which a read is made once more beside the first; 0 for never."""
        own = self.settings.operations.get(operation)
        chosen = self.settings.hedge_ms if own is None or own.hedge_ms is None else own.hedge_ms
        return chosen / 1000

    # what a call tells

    def admit(self, operation: str, now: float) -> None:
        """Raises ``CircuitOpenError`` where the call is not to be made. A probe always may."""
        order = self.order
        if order is not None and now >= order.until:
            self.order = order = None
            self._look()
        if PROBING.get() or (order is not None and order.state is BreakerState.CLOSED):
            return
        refusing = self._breakers.admits(operation, now) if order is None else None
        if order is not None or refusing is not None:
            self.counts["refused"] += 1
            raise CircuitOpenError(self.platform, operation, because=refusing.because if refusing else None)

    def learn(self, operation: str, now: float, seconds: float, error: PlatformError | None) -> None:
        """Judge by a call that ended."""
        if not self.settings.breaker:
            return
        failure = self._failure(operation, seconds, error)
        if error is not None and failure is None and error.illness:
            self.left(operation)
            return
        self._breakers.ended(operation, now, failure)

    def read(self, operation: str, before: tuple[int, int]) -> None:
        """Look at how a read's rows could be read; ``before`` it, so many had been, and so many lacked something.

        Where half of them or more do, that counts as a failure of the platform; it is asked on, as the rest is worth
        having.
        """
        rows, lacking = rows_read(self.platform, operation)
        if lacking > before[1] and 2 * (lacking - before[1]) >= rows - before[0]:
            self._unread[operation] = self.meter.now()
            self.meter.unread(UnexpectedAnswerError(self.platform, operation, "rows are not of the form"))

    def unread_since(self, operation: str, began: float) -> bool:
        """Whether an answer of that operation that ended since then was such a one."""
        return bool(self._unread) and self._unread.get(operation, -1.0) >= began

    def blame(self, error: PlatformError) -> None:
        """A call that was mended failed again: it counts against its operation."""
        self.learn(error.operation, self.meter.now(), 0.0, error)

    def left(self, operation: str) -> None:
        """A call ended without telling anything of the platform."""
        if self.wary:
            self._breakers.left(operation)

    def probed(self, error: PlatformError | None) -> None:
        """A probe ended: well, then all that is refused is tried again at once; or ill."""
        if error is not None and error.illness:
            self._breakers.probed_ill(self.meter.now(), error)
        elif error is None:
            self._breakers.probed_well(self.meter.now())

    # what people tell

    def force(self, order: Order | None) -> None:
        """Follow an operator's order, or judge by ourselves again: what was refused is tried at once then."""
        self.order = order
        if order is None:
            self._breakers.half_open(self.meter.now())
        self._look()

    def extend_stale(self, until: float | None) -> None:
        """Let what is kept stand in beyond its time until then; nothing: as its rule says."""
        self.extension.until = until or 0.0

    # what is shown

    def state(self) -> BreakerState:
        """Of the platform as a whole: what an order says, else its own breaker's, else that of all its operations."""
        now, order = self.meter.now(), self.order
        if order is not None and now < order.until:
            return order.state
        return self._breakers.state(now)

    @property
    def opened_at(self) -> float | None:
        """When the first of what is refused was, by the meter's clock."""
        return min((one.opened_at for one in self._breakers.refused() if one.opened_at is not None), default=None)

    @property
    def retry_at(self) -> float | None:
        """When it is tried again: an order's end, else the breaker's own moment."""
        if self.order is not None:
            return self.order.until
        return min((one.retry_at for one in self._breakers.refused() if one.retry_at is not None), default=None)

    def operations(self) -> tuple[OperationBreaker, ...]:
        """The operations that are not let out freely, by name."""
        return self._breakers.operations(self.meter.now())

    @property
    def crowded(self) -> int:
        """How many calls wait for a place now."""
        return sum(bulkhead.waiting for bulkhead in self._bulkheads.values())

    # inside

    def _failure(self, operation: str, seconds: float, error: PlatformError | None) -> PlatformError | None:
        """What the call's end says against the platform; a caller who left it little time says nothing."""
        if error is None:
            return TooSlowError(self.platform, operation, "slow") if seconds >= self._slow else None
        if not error.illness or not error.asked or error.mended:
            return None
        return None if isinstance(error, TooSlowError) and seconds < self._slow / 2 else error

    def _told(self, breaker: Breaker) -> None:
        self._look()
        for tell in self.on_moved:
            tell(Moved(self.platform, breaker.name, breaker.state(self.meter.now()), breaker.because))

    def _look(self) -> None:
        self.wary = self.order is not None or bool(self._breakers.refused())
