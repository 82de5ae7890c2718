"""A sandbox platform as an ASGI app: its operations, counted and faultable, and the control paths beside them.

A platform's folder brings its operations, its people and its tickets; here is what all of them share
(wire-formats section F, 1 and 2).
"""

import time
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from email.utils import formatdate
from typing import Any

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from connectors.probing import PROBE_AGENT
from connectors.sandbox.answers import changed, instead
from connectors.sandbox.bodies import bounded
from connectors.sandbox.control import IssueTicket, SandboxPerson, control_routes
from connectors.sandbox.drifting import Drift
from connectors.sandbox.faults import FAULT, Faults, platform_time

__all__ = ["Handler", "IssueTicket", "Operation", "SandboxApp", "SandboxPerson"]

Handler = Callable[[Request], Awaitable[Response]]
UNKNOWN = "unknown"
_ANY = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing the platform can do: its name in counters and faults, how it is called, what answers."""

    name: str
    methods: tuple[str, ...]
    path: str
    handler: Handler


async def failed_plainly(_: Request) -> Response:
    """What a platform without an envelope says when it failed."""
    return Response('{"error":"internal error"}', 503, media_type="application/json")


class SandboxApp:
    """One platform.

    ``failure`` makes the platform's own answer for "I failed" (fault ``failure_envelope``); ``kept`` are the keys of
    its answers that schema drift leaves alone (envelope, ids, cursors); ``clock`` is its clock, in seconds since 1970;
    ``leading`` are control paths of its own, neither counted nor faulted; ``control`` False answers 404 below
    ``/sandbox``. What no operation serves is counted as ``unknown``.
    """

    def __init__(
        self,
        operations: Sequence[Operation],
        persons: Sequence[SandboxPerson],
        issue_ticket: IssueTicket,
        *,
        failure: Handler = failed_plainly,
        kept: Collection[str] = (),
        clock: Callable[[], float] = time.time,
        leading: Sequence[Route] = (),
        control: bool = True,
    ) -> None:
        named = {operation.name for operation in operations}
        nowhere = () if UNKNOWN in named else (Operation(UNKNOWN, _ANY, "/{rest:path}", _not_found),)
        self.operations = (*operations, *nowhere)
        self.persons = tuple(persons)
        self.faults = Faults()
        self.calls: Counter[str] = Counter()
        self._failure = failure
        self._drift = Drift(kept)
        self._clock = clock
        beside = Route("/sandbox/{rest:path}", _not_found, methods=list(_ANY))  # wrong control paths are not counted
        controls = [*control_routes(self, issue_ticket), *leading, beside] if control else []
        served = [Route(o.path, self._counted(o), methods=list(o.methods)) for o in self.operations]
        self._app = Starlette(routes=controls + served)
        self._app.router.redirect_slashes = False  # no platform sends a signed call on to another path

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Serve as ASGI."""
        await self._app(scope, bounded(scope, receive), send)

    def _counted(self, operation: Operation) -> Handler:
        async def handle(request: Request) -> Response:
            if request.headers.get("user-agent") != PROBE_AGENT:
                self.calls[operation.name] += 1
            fault = request.scope[FAULT] = self.faults.of(operation.name)
            early = await instead(fault, request, self._failure) if fault else None
            try:
                right = early or await operation.handler(request)
            except ClientDisconnect:  # in the middle of its body
                right = Response(status_code=400)
            right.headers["Date"] = formatdate(platform_time(request, self._clock), usegmt=True)
            return changed(fault, right, self._drift) if fault and not early else right

        return handle


async def _not_found(_: Request) -> Response:
    return Response(status_code=404)
