"""GraphQL over HTTP: ``/graphql`` as plain ASGI.

Owns the way of one request from its bytes to the answer's bytes, and every refusal on it. Leaves running the operation
to the executor, tokens to ``auth`` and words to the registry of errors. Follows the draft "GraphQL over HTTP" with the
status codes that graphql-http's audits expect (``reply.py``).

Against cross-site request forgery nothing more is needed than: POST takes ``application/json`` only, which browsers
send across origins only after asking first; GET runs queries only; nobody is known by a cookie here but by the
Authorization header alone, which a foreign page cannot add. What is left is in ``cross_site.py``.
"""

import re
from collections.abc import Awaitable, Callable, Sequence

from starlette.types import ASGIApp, Receive, Scope, Send

from auth.dpop.resource import BoundTokens
from connectors.deadline import Deadline
from connectors.viewer import Ask, Viewer
from connectors.viewer import Scope as Granted
from gateway.errors.wording import Titles, Wording
from gateway.execution.operation import Caller, Execute, Outcome
from gateway.http.access import entry_of
from gateway.http.answer import Answer, Heads
from gateway.http.asking import Asking
from gateway.http.bearer import token_of
from gateway.http.body import ClientGoneError
from gateway.http.cors import Cors
from gateway.http.headers import Headers, headers_of
from gateway.http.language import language_of
from gateway.http.negotiation import MediaType, media_type_for, prefers_events, prefers_html
from gateway.http.page import HelpPage
from gateway.http.refusal import RequestRefusedError
from gateway.http.reply import COST, Reply
from gateway.http.running import while_awaited
from gateway.http.security import Header, guarding
from gateway.http.settings import EdgeSettings
from gateway.http.stopping import DPOP, refusal_of
from gateway.http.turnstile import Turnstile
from gateway.persisted.finding import Persisted
from gateway.persisted.settings import DocumentSettings

Authenticate = Callable[[str], Awaitable[Viewer]]
"""Says who holds an access token; raises ``InvalidTokenError``."""

EXPLAIN = "x-tongxin-explain"
IDEMPOTENCY_KEY = "idempotency-key"
_ASKS = re.compile(rb"(?:^|&)(?:query|documentId|extensions)=")
_YES = "1"


class GraphQLEndpoint:
    """One per process.

    Args:
        execute: runs requests; never raises for bad input.
        authenticate: says who holds an access token.
        bound: says so of tokens that are bound to a key; without it the scheme DPoP is not taken.
        settings: the limits.
        page: what a browser gets that comes without a query; a short help page when none is given.
        titles: what people call the platforms.
        cors: which pages may read answers; none when none is given.
        guards: headers of every answer.
        most_cost: what an operation may cost, in points, to be told with its cost.
        persisted: finds the texts of requests that name their documents; only automatic ones when none is given.
        events: answers who wants server-sent events.
        turnstile: counts requests.
    """

    def __init__(
        self,
        execute: Execute,
        authenticate: Authenticate,
        settings: EdgeSettings,
        *,
        bound: BoundTokens | None = None,
        page: ASGIApp | None = None,
        titles: Titles | None = None,
        cors: Cors | None = None,
        guards: Sequence[Header] = guarding("", 0),
        most_cost: int | None = None,
        persisted: Persisted | None = None,
        events: ASGIApp | None = None,
        turnstile: Turnstile | None = None,
    ) -> None:
        self._execute = execute
        self._authenticate = authenticate
        self._bound = bound
        self._settings = settings
        self._page = page or HelpPage()
        self._wording = Wording(titles, suggestions=settings.suggestions)
        self._cors = cors or Cors()
        self._asking = Asking(settings, self._cors)
        self._events = events
        self._turnstile = turnstile or Turnstile()
        self._heads = Heads(guards)
        self._most_cost = most_cost
        self._persisted = persisted or Persisted(DocumentSettings())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve as ASGI."""
        headers = headers_of(scope)
        accept = headers.joined("accept")
        if scope["method"] != "POST" and await self._is_no_request(scope, receive, send, accept):
            return
        if self._events is not None and prefers_events(accept):
            await self._events(scope, receive, send)
            return
        entry = entry_of(scope)
        media_type = media_type_for(accept)
        language = language_of(headers.joined("accept-language"))
        reply = Reply(self._wording, media_type or MediaType.JSON, language, entry, most_cost=self._most_cost)
        try:
            if media_type is None:
                raise RequestRefusedError("NOT_ACCEPTABLE")  # noqa: TRY301 - all refusals are answered in one place
            answer = await self._answer(scope, headers, receive, reply)
        except ClientGoneError:
            return
        except Exception as error:  # noqa: BLE001 - whatever it is, the caller gets an answer without it
            answer = reply.refused(refusal_of(self._turnstile.stopped(error, scope, entry), entry, headers))
        if reply.viewer.client_id is not None and b"ratelimit" not in dict(answer.headers):
            answer.headers += self._turnstile.told_to(reply.viewer)
        if self._bound is not None and headers.joined(DPOP) is not None:
            answer.headers += ((b"dpop-nonce", self._bound.nonce.encode()),)
        origin = headers.sole("origin")
        if origin is not None:
            answer.headers += await self._cors.headers(origin, reply.viewer.client_id)
        await answer.send(send, self._heads, entry.trace_id)

    async def _is_no_request(self, scope: Scope, receive: Receive, send: Send, accept: str | None) -> bool:
        """Answer what is not meant for the executor: a browser that opens the address, a page that asks first."""
        if scope["method"] == "OPTIONS":
            return await self._cors.preflight(headers_of(scope), send)
        if scope["method"] == "GET" and prefers_html(accept) and not _ASKS.search(scope["query_string"]):
            await self._page(scope, receive, send)
            return True
        return False

    async def _answer(self, scope: Scope, headers: Headers, receive: Receive, reply: Reply) -> Answer:
        shown = token_of(headers)
        if shown is None:
            self._turnstile.nobody(scope, reply.entry)
        request, digest = self._persisted.found(await self._asking.request_in(scope, headers, receive))
        reply.entry.of(request)
        reply.tell_cost = headers.sole(COST) == _YES
        if shown is not None and shown.bound and self._bound is None:
            raise RequestRefusedError("AUTHORIZATION_NOT_SUPPORTED", ((b"www-authenticate", b"Bearer"),))
        deadline = Deadline.after(self._settings.request_timeout_ms / 1000)

        async def run() -> Outcome:
            if shown is not None:
                if shown.bound and self._bound is not None:
                    viewer = await self._bound.viewer_of(shown.token, headers.all(DPOP), scope["method"])
                else:
                    viewer = await self._authenticate(shown.token)
                reply.viewer = viewer
                self._turnstile.somebody(viewer, reply.entry)
                reply.explain = headers.sole(EXPLAIN) == _YES and viewer.holds(Granted.OPS_READ)
            may_write = scope["method"] == "POST"
            repeated_by = headers.sole(IDEMPOTENCY_KEY)
            ask = Ask(reply.viewer, deadline)
            return await self._execute(
                request, Caller(ask, reply.language, reply.entry.trace_id, may_write, reply.explain, repeated_by)
            )

        patience = deadline.remaining() + self._settings.grace_ms / 1000
        outcome = await while_awaited(run(), receive, patience)
        reply.entry.reads = outcome.reads
        if digest is not None and outcome.executed:
            self._persisted.keep(digest, request.query)
        return reply.outcome(outcome)
