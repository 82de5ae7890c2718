"""In front of everything: what each request passes, whatever it asks for.

Owns the way to GraphQL, which takes no router, and what is noted of every request: its count, its access line. Leaves
all other paths to the routes behind it.
"""

import time
from collections.abc import Sequence

from starlette.datastructures import State
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.http.access import entry_of, write_line
from gateway.http.security import Header, guarded, guarding
from gateway.lines import current
from gateway.metrics.served import Served

GRAPHQL = "/graphql"
_STREAMED = "/graphql (events)"
_GONE = 499  # the caller hung up first; the number nginx gave it


class Front:
    """The gateway as an ASGI application; lives as long as the process.

    Args:
        graphql: answers at ``/graphql``; what it answers to POST carries the guarding headers already.
        rest: answers everywhere else, and opens and closes the process' parts (lifespan).
        served: what counts requests.
        guards: headers of every answer, from ``security.guarding``.
        state: what whoever made the application wants to find again.
    """

    def __init__(
        self,
        graphql: ASGIApp,
        rest: ASGIApp,
        served: Served,
        *,
        guards: Sequence[Header] = guarding("", 0),
        state: State | None = None,
    ) -> None:
        self.graphql = graphql
        self.state = state or State()
        self._rest = rest
        self._served = served
        self._guards = guards

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
            served.active -= 1
            route = GRAPHQL if to_graphql else getattr(scope.get("route"), "path", None)
            served.ended(_STREAMED if entry.streamed else route, scope["method"], status, seconds)
            write_line(scope, entry, status, seconds)
