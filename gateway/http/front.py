"""In front of everything: what each request passes, whatever it asks for.

Owns the way to GraphQL, which takes no router, and what is noted of every request: its count, its access line. Leaves
all other paths to the routes behind it.
"""

import time
from collections.abc import Sequence

from starlette.datastructures import State
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from connectors.tracing import CURRENT
from gateway.http.access import entry_of, write_line
from gateway.http.security import Header, guarded, guarding
from gateway.lines import current
from gateway.metrics.served import Served
from gateway.observing.slow import SlowOperations
from gateway.observing.tracing import Tracing

GRAPHQL = "/graphql"
_STREAMED = "{} (events)"
"""Its time says how long somebody listened, and is counted apart."""
_GONE = 499  # the caller hung up first; the number nginx gave it


class Front:
    """The gateway as an ASGI application; lives as long as the process.

    Args:
        graphql: answers at ``/graphql``; what it answers to POST carries the guarding headers already.
        rest: answers everywhere else, and opens and closes the process' parts (lifespan).
        served: what counts requests.
        guards: headers of every answer, from ``security.guarding``.
        state: what whoever made the application wants to find again.
        tracing: which requests are traced; none when none is given.
        slow: what tells the log of slow operations.
    """

    def __init__(
        self,
        graphql: ASGIApp,
        rest: ASGIApp,
        served: Served,
        *,
        guards: Sequence[Header] = guarding("", 0),
        state: State | None = None,
        tracing: Tracing | None = None,
        slow: SlowOperations | None = None,
    ) -> None:
        self.graphql = graphql
        self.state = state or State()
        self._rest = rest
        self._served = served
        self._guards = guards
        self._tracing = tracing or Tracing()
        self._slow = slow or SlowOperations()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve as ASGI."""
        if scope["type"] == "http":
            await self._request(scope, receive, send)
            return
        try:
            await self._rest(scope, receive, send)
        finally:
            current().flush()

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        began, status = time.perf_counter(), _GONE
        to_graphql = scope["path"] == GRAPHQL
        guards = () if to_graphql and scope["method"] == "POST" else self._guards
        entry = entry_of(scope)
        at = self._tracing.of_request(scope, entry)
        before = CURRENT.set(at)

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                if guards:
                    message = {**message, "headers": guarded(message.get("headers", ()), guards)}
            await send(message)

        served = self._served
        served.active += 1
        try:
            await (self.graphql if to_graphql else self._rest)(scope, receive, noted)
        finally:
            seconds = time.perf_counter() - began
            CURRENT.reset(before)
            served.active -= 1
            route = GRAPHQL if to_graphql else getattr(scope.get("route"), "path", None)
            served.ended(_STREAMED.format(route) if entry.streamed else route, scope["method"], status, seconds)
            self._tracing.end(at, scope, entry, route, status)
            self._slow.ended(entry, seconds)
            write_line(scope, entry, status, seconds)
