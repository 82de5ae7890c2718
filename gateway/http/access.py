"""One access line per request, written when it ends."""

import re
import time
from dataclasses import dataclass, field
from hashlib import sha256

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.execution.operation import GraphQLRequest
from gateway.http.headers import Headers
from gateway.http.trace import trace_id_of

KEY = "tongxin.access"
_GONE = 499  # the caller hung up first; the number nginx gave it
_UNKNOWN = 404  # such a path may say anything
_NAME = re.compile(r"[_A-Za-z][_0-9A-Za-z]{0,63}", re.ASCII)
_HEAD = re.compile(r"\s*(?:query|mutation|subscription)\s+([_A-Za-z][_0-9A-Za-z]*)", re.ASCII)
_AREA = re.compile(r"/([a-z.-]{1,32})(?:/|$)", re.ASCII)


@dataclass(slots=True)
class AccessEntry:
    """What the line will say; the endpoint fills it in. ``document`` is the SHA-256 of the query's text, in hex."""

    trace_id: str
    operation: str | None = None
    document: str | None = None
    errors: list[str] = field(default_factory=list)

    def of(self, request: GraphQLRequest) -> None:
        """Note which operation runs: its name as far as it is a name, and its document's hash, never its text."""
        head = _HEAD.match(request.query)
        name = request.operation_name or (head[1] if head else None)
        self.operation = name if name is None or _NAME.fullmatch(name) else "?"
        self.document = sha256(request.query.encode("utf-8", "replace")).hexdigest()


def entry_of(scope: Scope) -> AccessEntry:
    """The request's entry: the one the access log waits for, or a new one where none does."""
    entry = scope.get(KEY)
    if not isinstance(entry, AccessEntry):
        entry = scope[KEY] = AccessEntry(trace_id_of(Headers(scope["headers"])))
    return entry


class AccessLog:
    """Around the whole app, as plain ASGI; lives as long as it.

    A line holds time, trace id, area (the path's first part; what follows may be a secret), status, milliseconds and,
    for GraphQL, operation, document hash and error codes. Never query text, variables, tokens or persons.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._log = structlog.get_logger()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve as ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), _GONE
        entry = entry_of(scope)

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            self._write(scope, entry, status, time.perf_counter() - began)

    def _write(self, scope: Scope, entry: AccessEntry, status: int, seconds: float) -> None:
        area = _AREA.match(scope["path"])
        told = {"area": area[1] if area and status != _UNKNOWN else "other"}
        if entry.document is not None:
            told |= {"operation": entry.operation or "", "document": entry.document}
        codes = {"errors": sorted(set(entry.errors))} if entry.errors else {}
        ms = round(seconds * 1000, 2)
        self._log.info("request", trace_id=entry.trace_id, status=status, ms=ms, **told, **codes)
