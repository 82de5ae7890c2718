"""What the gateway serves, counted."""

import asyncio

import pytest
from prometheus_client import CollectorRegistry, generate_latest
from starlette.types import Message, Receive, Scope, Send

from gateway.metrics.served import Measured, Served, cumulative

SCOPE = {"type": "http", "method": "GET", "path": "/somewhere", "headers": []}


def page(served: Served) -> str:
    """The counts as Prometheus reads them."""
    registry = CollectorRegistry()
    registry.register(served)
    return generate_latest(registry).decode()


async def nothing() -> Message:
    """A caller who went away."""
    return {"type": "http.disconnect"}


async def nowhere(_: Message) -> None:
    """Takes what is sent."""


async def test_a_caller_who_hangs_up_is_counted_as_such() -> None:
    """No answer was begun: 499; and the request is no longer under way."""
    served = Served()

    async def silent(_: Scope, receive: Receive, __: Send) -> None:
        assert served.active == 1
        await receive()

    await Measured(silent, served)(dict(SCOPE), nothing, nowhere)

    assert 'http_response_status_code="499"' in page(served)
    assert "http_server_active_requests 0.0" in page(served)


async def test_a_request_that_breaks_or_is_cancelled_is_counted_too() -> None:
    """And what was raised goes on."""
    served = Served()

    async def breaking(*_: object) -> None:
        raise ZeroDivisionError

    async def endless(*_: object) -> None:
        await asyncio.Event().wait()

    with pytest.raises(ZeroDivisionError):
        await Measured(breaking, served)(dict(SCOPE), nothing, nowhere)
    waiting = asyncio.create_task(Measured(endless, served)(dict(SCOPE), nothing, nowhere))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting

    assert served.active == 0
    assert "http_server_request_duration_seconds_count" in page(served)
    assert 'status_code="499",http_route="other"} 2.0' in page(served)


def test_buckets_hold_all_that_is_below_their_bound() -> None:
    """As Prometheus has them; the last is everything."""
    assert cumulative((0.1, 1.0), [3.0, 0.0, 2.0]) == [("0.1", 3.0), ("1.0", 3.0), ("+Inf", 5.0)]
