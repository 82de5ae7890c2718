"""A platform of the tests: what it answers to a probe is set from outside."""

from collections.abc import Callable
from datetime import datetime

from connectors.checkup import Check, Step
from connectors.deadline import Deadline
from connectors.errors import NotConfiguredError, PlatformError
from connectors.guarding.guard import Guard
from connectors.metering import Meter
from connectors.platform import Connection
from gateway.health.watch import CHINA, Watch

Fails = Callable[[], Exception]
START = datetime(2026, 3, 4, 10, 0, 0, tzinfo=CHINA)


class Invented:
    """A platform, its meter by a clock that the test moves, and the watch over it."""

    def __init__(self, name: str = "duty") -> None:
        self.now = 0.0
        self.meter = Meter(name, lambda: self.now)
        self.error: Fails | None = None
        self.took = 0.0
        self.probes = 0
        self.set_up = True
        connection = Connection(
            (), self._close, Guard(self.meter), self._probe, (Check(Step.CONFIGURED, self._configured),)
        )
        self.watch = Watch("履职", connection, lambda: datetime.fromtimestamp(START.timestamp() + self.now, CHINA))

    async def _close(self) -> None:
        pass

    async def _configured(self, _: Deadline) -> str:
        if not self.set_up:
            raise NotConfiguredError(self.meter.platform, "configured")
        return "all set"

    async def _probe(self, _: Deadline) -> None:
        await self._configured(_)
        self.probes += 1
        with self.watch.guard.call("studios"):
            self.now += self.took
            if self.error is not None:
                raise self.error()

    def end(self, error: PlatformError | None = None, operation: str = "studios", times: int = 1) -> None:
        """So many calls more."""
        for _ in range(times):
            self.meter.ended(operation, 0.01, error)
