"""Faults a sandbox platform can be told to show (design section 3)."""

import enum
from dataclasses import dataclass

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

ABORT = "tongxin.abort"
"""Key in ``scope["extensions"]`` under which ``server.py`` offers to cut the connection."""


class FaultKind(enum.StrEnum):
    """How the platform misbehaves."""

    REFUSE = "refuse"  # the connection ends without any HTTP answer
    HANG = "hang"  # no answer, ever
    HTTP500 = "http500"  # HTTP 500 with an HTML body
    GARBAGE = "garbage"  # HTTP 200 with bytes nobody can read


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault for one operation, or for all when ``operation`` is None."""

    kind: FaultKind
    operation: str | None = None
    ms: int = 300


class Faults:
    """The faults set just now; for each operation the latest that names it, or names none, holds."""

    def __init__(self) -> None:
        self._set: dict[str | None, Fault] = {}

    def put(self, fault: Fault) -> None:
        """Begin a fault; one for all operations ends those set for single ones before."""
        if fault.operation is None:
            self._set.clear()
        self._set[fault.operation] = fault

    def clear(self) -> None:
        """End them all."""
        self._set.clear()

    def of(self, operation: str) -> Fault | None:
        """The fault that operation shows now."""
        return self._set.get(operation) or self._set.get(None)


class Dropped(Response):
    """No answer at all: the connection is cut."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - nothing is sent
        """Cut the connection; in-process, where there is none, fail as a connection would."""
        abort = scope.get("extensions", {}).get(ABORT)
        if abort is None:
            raise ConnectionResetError
        abort()
        await _gone(receive)


class Silent(Response):
    """No answer, ever, until the caller goes away."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - nothing is sent
        """Wait for the caller to give up."""
        await _gone(receive)


async def _gone(receive: Receive) -> None:
    message = await receive()
    while message["type"] != "http.disconnect":
        message = await receive()


def faulty_answer(fault: Fault) -> Response:
    """What the platform answers under that fault."""
    match fault.kind:
        case FaultKind.REFUSE:
            return Dropped()
        case FaultKind.HANG:
            return Silent()
        case FaultKind.HTTP500:
            return Response("<html><h1>500 Internal Server Error</h1></html>", 500, media_type="text/html")
        case FaultKind.GARBAGE:
            return Response(b"\x00\xff<<not what you asked for", media_type="application/json")
