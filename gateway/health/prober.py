"""Asks every platform something harmless, again and again: one task for all of them.

A platform that fails is asked again soon, so that a passing hiccup and the end of an outage are both seen within
seconds. Nothing here raises: a gateway must not end because of a platform.
"""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, nullcontext

import structlog

from connectors.background import beside
from connectors.records.health import ConnectorStatus
from gateway.health.watch import Watch

SOON_SECONDS = 3.0
_JITTER = 0.2
_BY_HAND_SECONDS = 5.0


class Prober:
    """Lives as long as the process. ``interval`` is in seconds, 0 for no probes at all.

    ``timeouts`` are how long each platform may take; none is given longer than the interval.
    """

    def __init__(
        self,
        watches: Sequence[Watch],
        timeouts: Sequence[float],
        interval: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._watches = [(watch, min(timeout, interval)) for watch, timeout in zip(watches, timeouts, strict=True)]
        self._interval = interval
        self._clock = clock
        self._due = dict.fromkeys(watches, clock())
        self._released = asyncio.Event()
        self._released.set()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Learn which platforms are set up, then probe them while the block runs."""
        for watch, _ in self._watches:
            await watch.begin()
        async with beside(self._run) if self._interval else nullcontext():
            yield

    async def probe(self, platform: str) -> None:
        """Probe one platform now, beside its turn."""
        for watch, timeout in self._watches:
            if watch.platform == platform:
                await watch.probe(timeout or _BY_HAND_SECONDS)

    def hold(self) -> None:
        """Ask nobody until ``release``: the platforms are only being started."""
        self._released.clear()

    def release(self) -> None:
        """Begin, if probes were held."""
        self._released.set()

    async def _run(self) -> None:
        while True:
            await self._released.wait()
            try:
                await self.round()
            except Exception as error:  # noqa: BLE001 - see above
                structlog.get_logger().error("a round of probes failed", fault=error)
            await asyncio.sleep(max(0.1, min(self._due.values(), default=self._clock()) - self._clock()))

    async def round(self) -> None:
        """Probe all that are due, at once."""
        now = self._clock()
        due = [(watch, timeout) for watch, timeout in self._watches if self._due[watch] <= now]
        await asyncio.gather(*(watch.probe(timeout) for watch, timeout in due))
        for watch, _ in due:
            self._due[watch] = self._clock() + self._pause(watch)

    def _pause(self, watch: Watch) -> float:
        """Until the next probe, spread so that several gateways do not ask in step."""
        well = watch.status() is ConnectorStatus.UP or not watch.configured
        seconds = self._interval if well else min(self._interval, SOON_SECONDS)
        return seconds * random.uniform(1 - _JITTER, 1 + _JITTER)  # noqa: S311 - nothing secret
