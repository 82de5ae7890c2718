"""Cross-origin reading (Fetch Standard, "CORS protocol"): which pages' scripts may read an answer.

Origins are facts of registered clients. A preflight carries no token, so it is answered to any of them; the answer
itself then goes to pages of the token's own client only. Credentials are never allowed: no cookie counts here.
"""

from collections.abc import Awaitable, Callable, Collection

from starlette.types import Send

from auth.origins import RegisteredOrigins
from gateway.http.headers import Headers
from gateway.http.security import Header
from gateway.http.trace import HEADER as TRACE

Registered = Callable[[], Awaitable[RegisteredOrigins]]
"""What clients have registered; in memory, as a rule."""

_METHODS = b"GET, POST"
_SENT = (
    b"authorization, dpop, content-type, idempotency-key, accept-language, last-event-id, traceparent, tracestate, "
    b"x-tongxin-cost, x-tongxin-explain, x-tongxin-require-preflight, apollo-require-preflight, "
    b"x-apollo-operation-name, x-apollo-operation-id, apollographql-client-name, apollographql-client-version"
)
_SHOWN = (
    f"{TRACE}, x-tongxin-cost, deprecation, sunset, retry-after, ratelimit, ratelimit-policy, www-authenticate, "
    "dpop-nonce"
).encode()
_SECONDS = b"600"


async def nobody() -> RegisteredOrigins:
    """For an edge without clients."""
    return RegisteredOrigins({}, frozenset())


class Cors:
    """One per process.

    Args:
        registered: the clients' origins.
        anonymous: further origins whose pages may read what anyone may.
    """

    def __init__(self, registered: Registered = nobody, anonymous: Collection[str] = ()) -> None:
        self._registered = registered
        self._anonymous = frozenset(anonymous)

    async def may_read(self, origin: str | None, client_id: str | None) -> bool:
        """Whether a page may read an answer made for that client; for None, one that holds nothing of a token's."""
        if origin is None:
            return False
        registered = await self._registered()
        if client_id is not None:
            return origin in registered.of_client.get(client_id, ())
        return origin in registered.of_any or origin in self._anonymous

    async def headers(self, origin: str | None, client_id: str | None) -> tuple[Header, ...]:
        """What lets the page's script read the answer; nothing where it may not. The answer varies by Origin."""
        if origin is None or not await self.may_read(origin, client_id):
            return ()
        allowed = (b"access-control-allow-origin", origin.encode("latin-1"))
        return (allowed, (b"access-control-expose-headers", _SHOWN))

    async def preflight(self, headers: Headers, send: Send) -> bool:
        """Answer what is a preflight (Fetch Standard, "CORS-preflight request"); False for what is none."""
        origin = headers.sole("origin")
        if origin is None or headers.sole("access-control-request-method") is None:
            return False
        answer: list[Header] = [
            (b"vary", b"Origin, Access-Control-Request-Method, Access-Control-Request-Headers"),
            (b"cache-control", b"no-store"),
        ]
        if await self.may_read(origin, None):
            answer += [
                (b"access-control-allow-origin", origin.encode("latin-1")),
                (b"access-control-allow-methods", _METHODS),
                (b"access-control-allow-headers", _SENT),
                (b"access-control-max-age", _SECONDS),
            ]
        await send({"type": "http.response.start", "status": 204, "headers": answer})
        await send({"type": "http.response.body", "body": b""})
        return True
