"""Sends spans to the collector, from a thread of its own: a collector that is away costs spans, never a request."""

import asyncio
import threading
from collections import Counter, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Protocol

import structlog

from connectors.tracing import Span
from gateway.observing.settings import TraceSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_MOST_AT_ONCE = 128
"""Encoding so many takes some milliseconds, for which requests may have to wait for the interpreter."""
_SECONDS = 1.0
_STOP_SECONDS = 2.0


class Collector(Protocol):
    """Where spans are sent to."""

    def send(self, spans: "Sequence[Span]") -> bool:
        """Send them and wait; whether they were taken. Does not raise."""

    def close(self) -> None:
        """Give up what is being sent; called from another thread."""


class Sending:
    """One per process; ``record`` takes spans from any thread.

    ``counts`` by what became of them: ``sent``; ``queue_full``, because too many wait; ``refused``, because the
    collector is away or took them not; ``stopped``, because the gateway ended first.
    """

    def __init__(
        self, settings: TraceSettings, collector: "Callable[[TraceSettings], Collector] | None" = None
    ) -> None:
        self.counts: Counter[str] = Counter()
        self._settings = settings
        self._make = collector or _otlp
        self._waiting: deque[Span] = deque()
        self._wake = threading.Event()
        self._stopping = self._given_up = False
        self._collector: Collector | None = None

    def __len__(self) -> int:
        """How many wait."""
        return len(self._waiting)

    def record(self, span: Span) -> None:
        """Take a span that ended. Never waits."""
        if len(self._waiting) >= self._settings.queue:
            self.counts["queue_full"] += 1
            return
        self._waiting.append(span)
        if len(self._waiting) >= _MOST_AT_ONCE and not self._wake.is_set():
            self._wake.set()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Send while the block runs, and what is left within two seconds."""
        if not self._settings.endpoint:
            yield
            return
        thread = threading.Thread(target=self._work, name="traces", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._stopping = True
            self._wake.set()
            await asyncio.to_thread(thread.join, _STOP_SECONDS)
            self._given_up = True
            if self._collector is not None:
                self._collector.close()
            self.counts["stopped"] += len(self._waiting)
            self._waiting.clear()

    def _work(self) -> None:
        try:
            self._collector = self._make(self._settings)
        except Exception as error:  # noqa: BLE001 - the gateway works without traces
            structlog.get_logger().error("traces cannot be sent: see ops.traces", fault=error)
            return
        while not self._stopping:
            self._wake.wait(_SECONDS)
            self._wake.clear()
            self._send_all(self._collector)
        self._send_all(self._collector)

    def _send_all(self, collector: Collector) -> None:
        while not self._given_up and (spans := self._next()):
            taken = collector.send(spans)
            self.counts["sent" if taken else "refused"] += len(spans)
            if not taken:
                structlog.get_logger().warning("the collector did not take traces", spans=len(spans))

    def _next(self) -> list[Span]:
        spans: list[Span] = []
        with suppress(IndexError):  # none is left
            while len(spans) < _MOST_AT_ONCE:
                spans.append(self._waiting.popleft())
        return spans


def _otlp(settings: TraceSettings) -> Collector:
    from gateway.observing.otlp import Otlp  # noqa: PLC0415 - six megabytes, for those who want traces

    return Otlp(settings)
