"""What goes out under a fault instead of, or made of, the right answer."""

import asyncio
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from connectors.sandbox.drifting import Drift, with_body
from connectors.sandbox.faults import Fault, FaultKind

ABORT = "tongxin.abort"
"""Key in ``scope["extensions"]`` under which ``server.py`` offers to cut the connection."""

_PIECE = 4
_MOST_PIECES = 200  # a large answer drips in larger drops: it is slow, not endless


class Dropped(Response):
    """No answer at all: the connection is cut."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - nothing is sent
        """Cut the connection; in-process, where there is none, fail as a connection would."""
        await _cut(scope, receive)


class Silent(Response):
    """No answer, ever, until the caller goes away."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - nothing is sent
        """Wait for the caller to give up."""
        await _gone(receive)


class Late(Response):
    """Another answer, so many seconds late."""

    def __init__(self, right: Response, seconds: float) -> None:
        super().__init__()
        self._right = right
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Wait, then answer."""
        await asyncio.sleep(self._seconds)
        await self._right(scope, receive, send)


class Dripping(Response):
    """Another answer's head at once and its body in drops."""

    def __init__(self, right: Response, seconds: float) -> None:
        super().__init__()
        self._right = right
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - nothing is read
        """Send drop by drop."""
        right = self._right
        await send(_head(right))
        piece = max(_PIECE, len(right.body) // _MOST_PIECES)
        for at in range(0, len(right.body), piece):
            await send({"type": "http.response.body", "body": bytes(right.body[at : at + piece]), "more_body": True})
            await asyncio.sleep(self._seconds)
        await send({"type": "http.response.body", "body": b""})


class Reset(Response):
    """Another answer's head and half of its body, then the connection is cut."""

    def __init__(self, right: Response) -> None:
        super().__init__()
        self._right = right

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send half and cut."""
        body = bytes(self._right.body)
        await send(_head(self._right))
        await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
        await asyncio.sleep(0.01)  # lets the half reach the caller before the cut
        await _cut(scope, receive)


def _head(right: Response) -> Message:
    return {"type": "http.response.start", "status": right.status_code, "headers": right.raw_headers}


async def _cut(scope: Scope, receive: Receive) -> None:
    abort = scope.get("extensions", {}).get(ABORT)
    if abort is None:
        raise ConnectionResetError
    abort()
    await _gone(receive)


async def _gone(receive: Receive) -> None:
    message = await receive()
    while message["type"] != "http.disconnect":
        message = await receive()


async def instead(fault: Fault, request: Request, failure: Callable[[Request], Awaitable[Response]]) -> Response | None:
    """What is answered without the operation being done; None for a fault that shows in the right answer.

    ``failure`` is the platform's own way to say that it failed, which may go by what was sent.
    """
    match fault.kind:
        case FaultKind.REFUSE:
            return Dropped()
        case FaultKind.HANG:
            return Silent()
        case FaultKind.HTTP500:
            return Response("<html><h1>500 Internal Server Error</h1></html>", 500, media_type="text/html")
        case FaultKind.GARBAGE:
            return Response(b"\x00\xff<<not what you asked for", media_type="application/json")
        case FaultKind.FAILURE_ENVELOPE:
            return await failure(request)
        case _:
            return None


def changed(fault: Fault, right: Response, drift: Drift) -> Response:
    """What becomes of the right answer; the platform's own parts see to faults that are not of this kind."""
    match fault.kind:
        case FaultKind.SLOW:
            return Late(right, fault.ms / 1000)
        case FaultKind.DRIP:
            return Dripping(right, fault.ms / 1000)
        case FaultKind.RESET:
            return Reset(right)
        case FaultKind.TRUNCATED:
            return with_body(right, bytes(right.body[: len(right.body) // 2]))
        case FaultKind.SCHEMA_DRIFT:
            return drift.shown(right)
        case _:
            return right
