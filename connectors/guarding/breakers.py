"""The breakers of one platform: one for each of its operations, and one for the platform as a whole.

An operation that fails is refused alone. The platform is refused where several operations fail and its probe does too:
then nobody has to find out for each of the others. A probe that ends well has all of them tried again. No I/O.
"""

from collections.abc import Callable
from typing import NamedTuple

from connectors.errors import PlatformError
from connectors.guarding.breaker import Breaker
from connectors.guarding.settings import GuardSettings
from connectors.metering import MOST_OPERATIONS
from connectors.records.health import BreakerState

_WHOLE = ""
_SEVERAL = 2


class OperationBreaker(NamedTuple):
    """An operation that is not let out freely; times by the meter's clock."""

    name: str
    state: BreakerState
    opened_at: float
    retry_at: float


class Breakers:
    """Lives as long as the platform's guard. ``moved`` is told of each that opens or closes."""

    def __init__(self, settings: GuardSettings, moved: Callable[[Breaker], None]) -> None:
        self._settings = settings
        self._moved = moved
        self._whole = Breaker(_WHOLE, settings)
        self._own: dict[str, Breaker] = {}
        self._probe_failed = False

    def admits(self, operation: str, now: float) -> Breaker | None:
        """Nothing where a call may go out; else the breaker that refuses it."""
        if not self._whole.admits(now):
            return self._whole
        own = self._own.get(operation)
        if own is not None and not own.admits(now):
            self._whole.left()
            return own
        return None

    def ended(self, operation: str, now: float, failure: PlatformError | None) -> None:
        """Count a call that ended."""
        own = self._own.get(operation)
        if own is None:
            if len(self._own) >= MOST_OPERATIONS:
                return
            own = self._own[operation] = Breaker(operation, self._settings)
        if own.ended(now, failure):
            self._moved(own)
        if self._whole.retry_at is not None:
            if self._whole.ended(now, failure):
                self._moved(self._whole)
        elif failure is not None:
            self._judge_whole(now, failure)

    def left(self, operation: str) -> None:
        """A call ended without telling anything of the platform."""
        self._whole.left()
        own = self._own.get(operation)
        if own is not None:
            own.left()

    def probed_ill(self, now: float, error: PlatformError) -> None:
        """A probe found the platform ill."""
        self._probe_failed = True
        self._judge_whole(now, error)

    def probed_well(self, now: float) -> None:
        """A probe ended well: what is refused is tried again at once; what nobody asks for is forgotten."""
        self._probe_failed = False
        if self._whole.retry_at is not None:
            self._whole.close()
            self._moved(self._whole)
        for breaker in self.refused():
            if breaker.retry_at is not None and now - breaker.retry_at >= self._settings.window_s:
                breaker.close()
                self._moved(breaker)
        self.half_open(now)

    def half_open(self, now: float) -> None:
        """Try again at once whatever is refused."""
        for breaker in self.refused():
            breaker.half_open(now)

    def refused(self) -> list[Breaker]:
        """Those that are not closed."""
        return [one for one in (self._whole, *self._own.values()) if one.retry_at is not None]

    def state(self, now: float) -> BreakerState:
        """Of the platform as a whole: its own breaker's, else that of all its operations together."""
        own = self._whole.state(now)
        if own is not BreakerState.CLOSED or not self._own:
            return own
        states = {breaker.state(now) for breaker in self._own.values()}
        if BreakerState.CLOSED in states:
            return BreakerState.CLOSED
        return BreakerState.HALF_OPEN if BreakerState.HALF_OPEN in states else BreakerState.OPEN

    def operations(self, now: float) -> tuple[OperationBreaker, ...]:
        """The operations that are not let out freely, by name."""
        return tuple(
            OperationBreaker(one.name, one.state(now), one.opened_at, one.retry_at)
            for _, one in sorted(self._own.items())
            if one.opened_at is not None and one.retry_at is not None
        )

    def _judge_whole(self, now: float, failure: PlatformError) -> None:
        refused = sum(1 for one in self._own.values() if one.retry_at is not None)
        if self._whole.retry_at is None and self._probe_failed and refused >= min(_SEVERAL, len(self._own)) > 0:
            self._whole.open(now, failure)
            self._moved(self._whole)
