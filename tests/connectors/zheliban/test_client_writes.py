"""What becomes of a write nobody answered, and of calls that were never made."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from connectors.deadline import Deadline
from connectors.errors import (
    BadCursorError,
    NotAllowedError,
    NotConfiguredError,
    OutcomeUnknownError,
    PlatformError,
    RefusedSignatureError,
    RejectedInputError,
    SlowDownError,
    UnexpectedAnswerError,
    UnreachableError,
)
from connectors.transport import Transport
from connectors.zheliban.client import IrsClient
from connectors.zheliban.settings import ZhelibanSettings


def writing(settings: ZhelibanSettings, way: httpx.AsyncBaseTransport) -> Callable[[], Awaitable[Any]]:
    """One write over that way."""
    client = IrsClient(settings, Transport("zheliban", client=httpx.AsyncClient(transport=way)))
    body = {"writeId": "w" * 16, "body": {"text": "委员"}}
    return lambda: client.write("reply", "IC1", "/replies", body, Deadline.after(30))


def failing(error: Exception) -> httpx.MockTransport:
    """A way that fails so."""

    def fail(_: httpx.Request) -> httpx.Response:
        raise error

    return httpx.MockTransport(fail)


def answering(status: int, body: Any) -> httpx.MockTransport:
    """A way on which this is answered."""
    content = {"content": body} if isinstance(body, bytes) else {"json": body}
    return httpx.MockTransport(lambda _: httpx.Response(status, **content))


REFUSED = {"success": False, "errorMsg": "x", "data": None}


@pytest.mark.parametrize(
    "way",
    [
        failing(httpx.ReadTimeout("")),
        failing(httpx.ReadError("")),
        failing(httpx.WriteError("")),
        failing(httpx.RemoteProtocolError("Server disconnected without sending a response.")),
        answering(500, b"<html>"),
        answering(200, b'{"success":true,"data":{"cut'),
        answering(200, b"\x00\xff<<"),
        answering(200, REFUSED | {"errorCode": "SYSTEM-ERROR"}),
    ],
    ids=["timeout", "read error", "write error", "disconnected", "HTTP 500", "cut", "garbage", "system error"],
)
async def test_a_write_that_was_sent_and_not_answered_is_unknown(
    settings: ZhelibanSettings, way: httpx.AsyncBaseTransport
) -> None:
    """Whatever keeps the outcome away once it was sent, it may have happened, and asking again is for the platform."""
    with pytest.raises(OutcomeUnknownError) as caught:
        await writing(settings, way)()

    assert (caught.value.code, caught.value.retryable) == ("OUTCOME_UNKNOWN", False)
    assert "委员" not in str(caught.value)


@pytest.mark.parametrize(
    ("way", "error"),
    [
        (failing(httpx.ConnectError("")), UnreachableError),
        (answering(429, b""), SlowDownError),
        (answering(401, {"message": "Invalid signature"}), RefusedSignatureError),
        (answering(401, {"message": "The route_id is forbidden."}), NotAllowedError),
        (answering(200, REFUSED | {"errorCode": "STUDIO-CURSOR-INVALID"}), BadCursorError),
        (answering(200, REFUSED | {"errorCode": "STUDIO-SOMETHING"}), RejectedInputError),
    ],
    ids=["no connection", "too many calls", "signature", "component", "a known code", "another code"],
)
async def test_a_write_that_was_refused_has_not_happened(
    settings: ZhelibanSettings, way: httpx.AsyncBaseTransport, error: type[PlatformError]
) -> None:
    """What was never sent, or was refused with a reason, is that error."""
    with pytest.raises(error) as caught:
        await writing(settings, way)()

    assert type(caught.value) is error


async def test_reads_fail_as_what_they_are(settings: ZhelibanSettings) -> None:
    """The same failures of a read are no unknown outcome."""
    client = IrsClient(settings, Transport("zheliban", client=httpx.AsyncClient(transport=answering(500, b""))))

    for call in (
        client.get("a", "IC1", "/x", {}, Deadline.after(30)),
        client.post("a", "IC1", "/x", {}, Deadline.after(30)),
    ):
        with pytest.raises(UnexpectedAnswerError):
            await call


async def test_without_keys_nothing_is_sent_or_counted(settings: ZhelibanSettings) -> None:
    """A call that was never made is no call."""
    del settings
    transport = Transport("zheliban")

    with pytest.raises(NotConfiguredError):
        await IrsClient(ZhelibanSettings(), transport).write("a", "IC1", "/x", {}, Deadline.after(30))

    assert transport.meter.totals == {}
