"""A sandbox platform as an ASGI app: its operations, counted and faultable, and the control paths beside them.

A platform's folder brings its operations, its people and its tickets; here is what all of them share
(wire-formats section F, 1 and 2).
"""

import ipaddress
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from connectors.sandbox.faults import Fault, FaultKind, Faults, faulty_answer

Handler = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing the platform can do: its name in counters and faults, how it is called, what answers."""

    name: str
    methods: tuple[str, ...]
    path: str
    handler: Handler


@dataclass(frozen=True, slots=True)
class SandboxPerson:
    """Somebody one can be on this platform, as ``GET /sandbox/persons`` lists them."""

    id: str
    name: str
    roles: tuple[str, ...]
    employee_code: str | None = None
    mobile: str | None = None
    company: str | None = None

    def row(self) -> dict[str, Any]:
        """The JSON row; what a person does not have is left out."""
        row: dict[str, Any] = {"id": self.id, "name": self.name, "roles": list(self.roles)}
        optional = {"employeeCode": self.employee_code, "mobile": self.mobile, "company": self.company}
        return row | {key: value for key, value in optional.items() if value is not None}


IssueTicket = Callable[[str, str | None], str | None]
"""Person id and form (None: the platform's default) to a ticket; None for an unknown person. Raises ``ValueError``
for a form the platform does not have."""


class SandboxApp:
    """One platform. ``control`` False answers 404 below ``/sandbox``."""

    def __init__(
        self,
        operations: Sequence[Operation],
        persons: Sequence[SandboxPerson],
        issue_ticket: IssueTicket,
        *,
        control: bool = True,
    ) -> None:
        self.operations = tuple(operations)
        self.persons = tuple(persons)
        self.faults = Faults()
        self.calls: Counter[str] = Counter()
        self._issue_ticket = issue_ticket
        controls = [
            Route("/sandbox/calls", self._calls, methods=["GET", "DELETE"]),
            Route("/sandbox/faults", self._faults, methods=["PUT", "DELETE"]),
            Route("/sandbox/persons", self._persons),
            Route("/sandbox/ticket", self._ticket),
        ]
        served = [Route(o.path, self._counted(o), methods=list(o.methods)) for o in self.operations]
        self._app = Starlette(routes=(controls if control else []) + served)
        self._app.router.redirect_slashes = False  # no platform sends a signed call on to another path

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Serve as ASGI."""
        await self._app(scope, receive, send)

    def _counted(self, operation: Operation) -> Handler:
        async def handle(request: Request) -> Response:
            self.calls[operation.name] += 1
            fault = self.faults.of(operation.name)
            return faulty_answer(fault) if fault else await operation.handler(request)

        return handle

    async def _calls(self, request: Request) -> Response:
        if not _from_here(request):
            return Response(status_code=404)
        if request.method == "DELETE":
            self.calls.clear()
            return Response(status_code=204)
        return JSONResponse({"total": self.calls.total(), "byOperation": dict(self.calls)})

    async def _faults(self, request: Request) -> Response:
        if not _from_here(request):
            return Response(status_code=404)
        if request.method == "DELETE":
            self.faults.clear()
            return Response(status_code=204)
        try:
            asked = msgspec.json.decode(await request.body(), type=_FaultBody)
            fault = Fault(FaultKind(asked.fault), asked.operation, asked.ms)
        except (ValueError, RecursionError) as error:  # msgspec's errors are ValueErrors, but for depth
            return JSONResponse({"error": str(error), "faults": list(FaultKind)}, 400)
        if fault.operation is not None and fault.operation not in {o.name for o in self.operations}:
            return JSONResponse({"error": "unknown operation", "operations": [o.name for o in self.operations]}, 400)
        self.faults.put(fault)
        return Response(status_code=204)

    async def _persons(self, request: Request) -> Response:
        if not _from_here(request):
            return Response(status_code=404)
        return JSONResponse([person.row() for person in self.persons])

    async def _ticket(self, request: Request) -> Response:
        if not _from_here(request):
            return Response(status_code=404)
        try:
            ticket = self._issue_ticket(request.query_params.get("person", ""), request.query_params.get("form"))
        except ValueError as error:
            return JSONResponse({"error": str(error)}, 400)
        return JSONResponse({"ticket": ticket}) if ticket else JSONResponse({"error": "unknown person"}, 404)


class _FaultBody(msgspec.Struct):
    fault: str
    operation: str | None = None
    ms: int = 300


def _from_here(request: Request) -> bool:
    """Control is for this machine only."""
    try:
        return request.client is not None and ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False
