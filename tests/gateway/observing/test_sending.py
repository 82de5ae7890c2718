"""Spans on their way to the collector."""

import threading
from collections.abc import Sequence

from connectors.tracing import Kind, Span, Trace
from gateway.observing.sending import Sending
from gateway.observing.settings import TraceSettings

SETTINGS = TraceSettings(endpoint="http://127.0.0.1:4318/v1/traces", queue=64)


class Hanging:
    """A collector that takes no answer until it is closed."""

    def __init__(self, _: TraceSettings) -> None:
        self.closed = threading.Event()

    def send(self, _: Sequence[Span]) -> bool:
        """Hang."""
        self.closed.wait(30)
        return False

    def close(self) -> None:
        """Let go."""
        self.closed.set()


def record(sending: Sending, count: int) -> None:
    """That many spans."""
    trace = Trace("1" * 32, sending.record)
    for _ in range(count):
        Span(trace, "read", Kind.INTERNAL, None).end()


async def test_what_waits_is_bounded_and_counted() -> None:
    """Behind the bound spans are dropped; recording never waits."""
    sending = Sending(SETTINGS, Hanging)

    record(sending, 100)

    assert (len(sending), sending.counts["queue_full"]) == (64, 36)


async def test_a_collector_that_hangs_does_not_keep_the_gateway() -> None:
    """The end comes all the same, and what was not sent is counted."""
    sending = Sending(SETTINGS, Hanging)

    async with sending.running():
        record(sending, 10)

    assert len(sending) == 0
    assert sending.counts["sent"] == 0


async def test_without_an_address_no_thread_is_begun() -> None:
    """Where no traces are wanted nothing runs."""
    before = threading.active_count()

    async with Sending(TraceSettings(), Hanging).running():
        assert threading.active_count() == before
