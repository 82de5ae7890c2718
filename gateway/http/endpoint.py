"""GraphQL over HTTP: ``/graphql`` as plain ASGI.

Owns the way of one request from its bytes to the answer's bytes, and every refusal on it. Leaves running the operation
to the executor, tokens to ``auth`` and words to the registry of errors. Follows the draft "GraphQL over HTTP" with the
status codes that graphql-http's audits expect (``reply.py``).

Why GET asks for no header against cross-site request forgery: it runs queries only, nobody is known by a cookie here
but by the Authorization header alone, which a foreign page cannot add, and without CORS permission that page cannot
read the answer. POST takes ``application/json`` only, which browsers send across origins only after asking first.
"""

import re
from collections.abc import Awaitable, Callable

import structlog
from starlette.types import ASGIApp, Receive, Scope, Send

from auth.store import StoreUnavailableError
from auth.tokens import InvalidTokenError
from connectors.deadline import Deadline
from connectors.refusals import RefusedError
from connectors.viewer import ANYONE, Ask, Viewer
from gateway.errors.requests import INTERNAL_ERROR
from gateway.errors.wording import Titles, Wording
from gateway.execution.operation import (
    Caller,
    Execute,
    GraphQLRequest,
    NotAllowedByMethodError,
    Outcome,
)
from gateway.http.access import AccessEntry, entry_of
from gateway.http.answer import Answer
from gateway.http.bearer import bearer_of, invalid_token
from gateway.http.body import ClientGoneError, body_of
from gateway.http.content import check_content
from gateway.http.headers import Headers
from gateway.http.language import language_of
from gateway.http.negotiation import MediaType, media_type_for, prefers_html
from gateway.http.page import HelpPage
from gateway.http.parameters import fields_of, request_from_address, request_from_body
from gateway.http.refusal import RequestRefusedError
from gateway.http.reply import Reply
from gateway.http.running import while_awaited
from gateway.http.settings import EdgeSettings

Authenticate = Callable[[str], Awaitable[Viewer]]
"""Says who holds an access token; raises ``InvalidTokenError``."""

_ASKS = re.compile(rb"(?:^|&)query=")


class GraphQLEndpoint:
    """One per process.

    Args:
        execute: runs requests; never raises for bad input.
        authenticate: says who holds an access token.
        settings: the limits.
        page: what a browser gets that comes without a query; a short help page when none is given.
        titles: what people call the platforms.
    """

    def __init__(
        self,
        execute: Execute,
        authenticate: Authenticate,
        settings: EdgeSettings,
        *,
        page: ASGIApp | None = None,
        titles: Titles | None = None,
    ) -> None:
        self._execute = execute
        self._authenticate = authenticate
        self._settings = settings
        self._page = page or HelpPage()
        self._wording = Wording(titles, suggestions=settings.suggestions)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve as ASGI."""
        headers = Headers(scope["headers"])
        accept = headers.joined("accept")
        if scope["method"] == "GET" and prefers_html(accept) and not _ASKS.search(scope["query_string"]):
            await self._page(scope, receive, send)
            return
        entry = entry_of(scope)
        media_type = media_type_for(accept)
        language = language_of(headers.joined("accept-language"))
        reply = Reply(self._wording, media_type or MediaType.JSON, language, entry)
        try:
            if media_type is None:
                raise RequestRefusedError("NOT_ACCEPTABLE")  # noqa: TRY301 - all refusals are answered in one place
            answer = await self._answer(scope, headers, receive, reply)
        except ClientGoneError:
            return
        except Exception as error:  # noqa: BLE001 - whatever it is, the caller gets an answer without it
            answer = reply.refused(_refusal_of(error, entry))
        await answer.send(send, entry.trace_id)

    async def _answer(self, scope: Scope, headers: Headers, receive: Receive, reply: Reply) -> Answer:
        request = await self._request(scope, headers, receive)
        reply.entry.of(request)
        token = bearer_of(headers)
        deadline = Deadline.after(self._settings.request_timeout_ms / 1000)

        async def run() -> Outcome:
            viewer = ANYONE if token is None else await self._authenticate(token)
            may_write = scope["method"] == "POST"
            caller = Caller(Ask(viewer, deadline), reply.language, reply.entry.trace_id, may_write)
            return await self._execute(request, caller)

        patience = deadline.remaining() + self._settings.grace_ms / 1000
        return reply.outcome(await while_awaited(run(), receive, patience))

    async def _request(self, scope: Scope, headers: Headers, receive: Receive) -> GraphQLRequest:
        """The request's parameters, from the address or the body."""
        settings = self._settings
        if scope["method"] not in ("GET", "POST"):
            raise RequestRefusedError("METHOD_NOT_ALLOWED", ((b"allow", b"GET, POST"),))
        fields = fields_of(scope["query_string"], settings)
        if scope["method"] == "GET":
            return request_from_address(fields, settings)
        check_content(headers)
        seconds = settings.body_timeout_ms / 1000
        return request_from_body(
            await body_of(headers, receive, most=settings.max_body_bytes, seconds=seconds), settings
        )


_REFUSED: tuple[tuple[type[Exception], str, tuple[tuple[bytes, bytes], ...]], ...] = (
    (StoreUnavailableError, "SIGN_ON_UNAVAILABLE", ((b"retry-after", b"2"),)),
    (NotAllowedByMethodError, "ONLY_QUERIES_BY_GET", ((b"allow", b"POST"),)),
    (TimeoutError, "DEADLINE_EXCEEDED", ()),
    (RecursionError, "DOCUMENT_TOO_DEEP", ()),
)
"""What may stop a request on its way: the exception, its code, headers of its answer."""


def _refusal_of(error: Exception, entry: AccessEntry) -> RefusedError:
    """What stopped a request, as a refusal; what nobody planned for goes to the log and is told without its words."""
    if isinstance(error, RefusedError):
        return error
    if isinstance(error, InvalidTokenError):
        return invalid_token()
    for kind, code, headers in _REFUSED:
        if isinstance(error, kind):
            return RequestRefusedError(code, headers)
    structlog.get_logger().error("unplanned failure", trace_id=entry.trace_id, fault=error)
    return RequestRefusedError(INTERNAL_ERROR)
