"""A circuit breaker: refuses calls while most of them fail, and finds out when they no longer do. No I/O.

    CLOSED     calls go out; enough failures among the last ones open it
    OPEN       calls are refused, until ``retry_at``
    HALF_OPEN  a few calls at a time are tried: one that ends well closes it, one that fails opens it again

Nygard, Release It!, "Circuit Breaker". Times are seconds of the meter's clock.
"""

from connectors.errors import PlatformError
from connectors.guarding.settings import GuardSettings
from connectors.records.health import BreakerState

TRIALS = 4
"""Calls tried at once while half open: as many as one page makes, so that the first page after an outage is whole."""


class Breaker:
    """One operation's; lives as long as the guard. ``name`` is the operation's.

    Calls are counted in two halves of the window, the older of which is forgotten as a whole.
    """

    __slots__ = (
        "_calls",
        "_failures",
        "_in_a_row",
        "_older",
        "_settings",
        "_trials",
        "_turns_at",
        "because",
        "name",
        "opened_at",
        "retry_at",
    )

    def __init__(self, name: str, settings: GuardSettings) -> None:
        self.name = name
        self.because: PlatformError | None = None
        """The failure that opened it; nothing while it is closed."""
        self.opened_at: float | None = None
        self.retry_at: float | None = None
        self._settings = settings
        self._trials = 0
        self._calls = self._failures = self._in_a_row = 0
        self._older = (0, 0)
        self._turns_at = 0.0

    def state(self, now: float) -> BreakerState:
        """What it does at that moment."""
        if self.retry_at is None:
            return BreakerState.CLOSED
        return BreakerState.OPEN if now < self.retry_at else BreakerState.HALF_OPEN

    def admits(self, now: float) -> bool:
        """Whether a call may go out; while half open it is then one of those tried."""
        if self.retry_at is None:
            return True
        if now < self.retry_at or self._trials >= TRIALS:
            return False
        self._trials += 1
        return True

    def ended(self, now: float, error: PlatformError | None) -> bool:
        """Count a call that ended, ``error`` being an illness; answers whether this opened or closed it."""
        if self.retry_at is not None:
            return self._tried(now, error)
        if now >= self._turns_at:
            self._turn(now)
        self._calls += 1
        if error is None:
            self._in_a_row = 0
            return False
        self._failures += 1
        self._in_a_row += 1
        if self._holds():
            return False
        self.open(now, error)
        return True

    def left(self) -> None:
        """A call that was let out ended without telling anything: the caller went away."""
        self._trials = max(0, self._trials - 1)

    def open(self, now: float, error: PlatformError) -> None:
        """Refuse calls from now on."""
        if self.retry_at is None:
            self.opened_at = now
        self.because = error
        self.retry_at = now + self._settings.open_for_s
        self._trials = 0

    def half_open(self, now: float) -> None:
        """Try again at once: something shows that the platform is well."""
        if self.retry_at is not None:
            self.retry_at = min(self.retry_at, now)

    def close(self) -> None:
        """Let calls out, and judge by those that come."""
        self.because = self.opened_at = self.retry_at = None
        self._trials = self._calls = self._failures = self._in_a_row = 0
        self._older = (0, 0)

    def _tried(self, now: float, error: PlatformError | None) -> bool:
        """A call ended while it was not closed; one that had gone out before it opened tells nothing new."""
        if self.retry_at is None or now < self.retry_at:
            return False
        if error is not None:
            self.open(now, error)
            return False
        self.close()
        return True

    def _holds(self) -> bool:
        """Whether it stays closed after one more failure."""
        settings = self._settings
        if self._in_a_row >= settings.open_in_a_row:
            return False
        calls, failures = self._calls + self._older[0], self._failures + self._older[1]
        return calls < settings.open_after or failures < settings.open_share * calls

    def _turn(self, now: float) -> None:
        half = self._settings.window_s / 2
        self._older = (self._calls, self._failures) if now < self._turns_at + half else (0, 0)
        self._calls = self._failures = 0
        self._turns_at = now + half
