"""How late the process turns to what is due: the first to show that it lacks CPU, or that something holds it up."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from connectors.background import beside

EVERY_SECONDS = 0.25
_LOOKED_BACK = 60
"""So many times: a quarter of a minute, so that no scrape misses a moment."""


class LoopLag(Collector):
    """Lives as long as the process; looks while ``running``."""

    def __init__(self) -> None:
        self._lags: deque[float] = deque(maxlen=_LOOKED_BACK)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Look until left."""
        async with beside(self._look):
            yield

    def collect(self) -> Iterator[Metric]:
        """What a scrape reads."""
        yield GaugeMetricFamily(
            "tongxin_event_loop_lag_seconds",
            "By how much the event loop was late at most, in the last quarter of a minute.",
            value=max(self._lags, default=0.0),
        )

    async def _look(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + EVERY_SECONDS
            await asyncio.sleep(EVERY_SECONDS)
            self._lags.append(max(0.0, loop.time() - due))
