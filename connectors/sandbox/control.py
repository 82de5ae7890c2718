"""The paths by which a sandbox platform is led from outside (wire-formats F 1 and 2): for this machine only."""

import ipaddress
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Annotated, Any, Protocol

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from connectors.sandbox.faults import Fault, FaultKind, Faults

IssueTicket = Callable[[str, str | None], str | None]
"""Person id and form (None: the platform's default) to a ticket; None for an unknown person. Raises ``ValueError``
for a form the platform does not have."""

Handler = Callable[[Request], Awaitable[Response]]

MOST_MS = 10 * 366 * 24 * 3600 * 1000
"""Ten years: a clock further off could not be written as a date any more."""


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


class Controlled(Protocol):
    """What is led: counters, faults, people and the names of the operations."""

    calls: Counter[str]
    faults: Faults
    persons: tuple[SandboxPerson, ...]

    @property
    def operations(self) -> Sequence[Any]:
        """The operations, each with a ``name``."""


class _FaultBody(msgspec.Struct):
    fault: str
    operation: str | None = None
    ms: Annotated[int, msgspec.Meta(ge=-MOST_MS, le=MOST_MS)] = 300


def control_routes(app: Controlled, issue_ticket: IssueTicket) -> list[Route]:
    """The four paths over one platform."""

    async def calls(request: Request) -> Response:
        if request.method == "DELETE":
            app.calls.clear()
            return Response(status_code=204)
        return JSONResponse({"total": app.calls.total(), "byOperation": dict(app.calls)})

    async def faults(request: Request) -> Response:
        if request.method == "DELETE":
            app.faults.clear()
            return Response(status_code=204)
        try:
            asked = msgspec.json.decode(await request.body(), type=_FaultBody)
            fault = Fault(FaultKind(asked.fault), asked.operation, asked.ms)
        except (ValueError, RecursionError) as error:  # msgspec's errors are ValueErrors, but for depth
            return JSONResponse({"error": str(error), "faults": list(FaultKind)}, 400)
        names = sorted({operation.name for operation in app.operations})
        if fault.operation is not None and fault.operation not in names:
            return JSONResponse({"error": "unknown operation", "operations": names}, 400)
        app.faults.put(fault)
        return Response(status_code=204)

    async def persons(_: Request) -> Response:
        return JSONResponse([person.row() for person in app.persons])

    async def ticket(request: Request) -> Response:
        try:
            issued = issue_ticket(request.query_params.get("person", ""), request.query_params.get("form"))
        except ValueError as error:
            return JSONResponse({"error": str(error)}, 400)
        return JSONResponse({"ticket": issued}) if issued else JSONResponse({"error": "unknown person"}, 404)

    return [
        Route("/sandbox/calls", from_here(calls), methods=["GET", "DELETE"]),
        Route("/sandbox/faults", from_here(faults), methods=["PUT", "DELETE"]),
        Route("/sandbox/persons", from_here(persons)),
        Route("/sandbox/ticket", from_here(ticket)),
    ]


def from_here(handler: Handler) -> Handler:
    """For this machine only; for others the path does not exist."""

    @wraps(handler)
    async def handle(request: Request) -> Response:
        try:
            here = request.client is not None and ipaddress.ip_address(request.client.host).is_loopback
        except ValueError:
            here = False
        return await handler(request) if here else Response(status_code=404)

    return handle
