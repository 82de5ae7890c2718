"""What all endpoints do alike: refusals become answers, registered pages may read them, nonces are handed out."""

from collections.abc import Awaitable, Callable

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from auth.authority import Authority
from auth.refusals import OAuthError, Refusal
from auth.server.answers import refused
from auth.store.database import StoreUnavailableError
from auth.too_often import note_refusal, seconds_to_wait

Answering = Callable[[Request], Awaitable[Response]]

_SENT = "authorization, content-type, dpop"
_SHOWN = "dpop-nonce, www-authenticate, retry-after"
_SECONDS = "600"


def endpoint(authority: Authority, path: str, answer: Answering, *methods: str) -> Route:
    """The route of an endpoint that programs call, those in a page of a registered origin included."""
    return Route(path, _Endpoint(authority, answer, methods).answer, methods=[*methods, "OPTIONS"])


class _Endpoint:
    """One per route.

    Cross-origin reading (Fetch Standard, "CORS protocol") is for pages of any registered origin: nobody is known by a
    cookie here, so a page learns nothing that its own server could not.
    """

    def __init__(self, authority: Authority, answer: Answering, methods: tuple[str, ...]) -> None:
        self._authority = authority
        self._answer = answer
        self._methods = ", ".join(methods)

    async def answer(self, request: Request) -> Response:
        """Answer, whatever happens on the way."""
        response = Response(status_code=204) if request.method == "OPTIONS" else await self._answered(request)
        headers = response.headers
        if "dpop" in request.headers:
            headers["DPoP-Nonce"] = self._authority.proofs.nonces.present()
        origin = request.headers.get("origin")
        if origin is not None and "access-control-allow-origin" not in headers:
            await self._let_read(headers, origin, asks_first=request.method == "OPTIONS")
        return response

    async def _answered(self, request: Request) -> Response:
        seconds = seconds_to_wait(request)
        if seconds is not None:
            return refused(Refusal.TOO_OFTEN, seconds=seconds)
        try:
            return await self._answer(request)
        except OAuthError as error:
            note_refusal(request, error.refusal.code)
            return refused(error.refusal, by_header="authorization" in request.headers)
        except StoreUnavailableError:
            return refused(Refusal.BUSY)

    async def _let_read(self, headers: MutableHeaders, origin: str, *, asks_first: bool) -> None:
        headers.add_vary_header("Origin")
        if origin not in (await self._authority.origins.registered()).of_any:
            return
        headers["Access-Control-Allow-Origin"] = origin
        if asks_first:
            headers["Access-Control-Allow-Methods"] = self._methods
            headers["Access-Control-Allow-Headers"] = _SENT
            headers["Access-Control-Max-Age"] = _SECONDS
        else:
            headers["Access-Control-Expose-Headers"] = _SHOWN
