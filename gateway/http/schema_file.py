"""``/graphql/schema.graphql``: the schema as text, described in the language asked for."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from gateway.execution.operation import Language
from gateway.http.cors import Cors
from gateway.http.language import language_of
from schema.languages import sdl


class SchemaFile:
    """The same for everybody; pages of any registered client's origin may read it."""

    def __init__(self, cors: Cors) -> None:
        self._cors = cors

    async def read(self, request: Request) -> Response:
        """By ``lang``, or else by Accept-Language."""
        chosen = request.query_params.get("lang", "")
        spoken = request.headers.get("accept-language", "")
        language = Language(chosen) if chosen in {*Language} else language_of(spoken)
        headers = {
            "Cache-Control": "public, max-age=300",
            "Content-Language": language.value,
            "Vary": "Accept-Language, Origin",
        }
        answer = PlainTextResponse(sdl(language.value), headers=headers)
        answer.raw_headers += await self._cors.headers(request.headers.get("origin"), None)
        return answer
