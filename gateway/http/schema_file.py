"""``/graphql/schema.graphql``: the schema as text, described in the language asked for."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from auth.store import StoreUnavailableError
from auth.tokens import InvalidTokenError
from connectors.viewer import ANYONE, Viewer
from gateway.execution.operation import Language
from gateway.http.cors import Cors
from gateway.http.language import language_of

_CHALLENGE = {"WWW-Authenticate": 'Bearer error="invalid_token"', "Cache-Control": "no-store"}


class SchemaFile:
    """Of the fields that who asks is told of; pages of any registered client's origin may read it.

    Args:
        cors: which pages.
        text_for: the schema as somebody is told it, in a language.
        authenticate: says who holds an access token.
    """

    def __init__(
        self, cors: Cors, text_for: Callable[[Viewer, str], str], authenticate: Callable[[str], Awaitable[Viewer]]
    ) -> None:
        self._cors = cors
        self._text_for = text_for
        self._authenticate = authenticate

    async def read(self, request: Request) -> Response:
        """By ``lang``, or else by Accept-Language; as anyone without a token, 401 for one that is none."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        try:
            viewer = await self._authenticate(token.strip()) if scheme.lower() == "bearer" else ANYONE
        except InvalidTokenError:
            return Response(status_code=401, headers=_CHALLENGE)
        except StoreUnavailableError:
            return Response(status_code=503, headers={"Retry-After": "2"})
        chosen = request.query_params.get("lang", "")
        spoken = request.headers.get("accept-language", "")
        language = Language(chosen) if chosen in {*Language} else language_of(spoken)
        headers = {
            "Cache-Control": "public, max-age=300" if viewer is ANYONE else "private, max-age=60",
            "Content-Language": language.value,
            "Vary": "Accept-Language, Authorization, Origin",
        }
        answer = PlainTextResponse(self._text_for(viewer, language.value), headers=headers)
        answer.raw_headers += await self._cors.headers(request.headers.get("origin"), None)
        return answer
