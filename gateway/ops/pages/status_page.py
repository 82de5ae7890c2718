"""``/status``: how the services are, for everybody, without a session, a cookie or a script."""

from typing import Protocol
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from auth.pages.view import Language, view_of
from gateway.ops.pages.days import DAYS, WIDTH, bars_of
from gateway.ops.pages.drawing import TEMPLATES, Files
from gateway.ops.pages.telling import Telling
from gateway.ops.pages.theme import PARAMETER, Theme, theme_of
from gateway.ops.public_shapes import PublicPicture

PLACE = "/status"
FRESH_SECONDS = 5
_HEADERS = {
    "Cache-Control": f"public, max-age={FRESH_SECONDS}",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'none'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "Vary": "Accept-Language",
}


class ShowsPublic(Protocol):
    """Where the public picture comes from."""

    async def public(self) -> PublicPicture:
        """What everybody may know."""


class StatusPage:
    """The same for everybody who reads a language, so that any cache may keep it for some seconds."""

    def __init__(self, shows: ShowsPublic, files: Files) -> None:
        self._shows = shows
        self._files = files

    async def shown(self, request: Request) -> Response:
        """Show it."""
        view, theme, picture = view_of(request, None), theme_of(request), await self._shows.public()
        query = request.query_params
        kept = {"lang": view.language.value} if query.get("lang") in set(Language) else {}
        kept |= {PARAMETER: theme.value} if query.get(PARAMETER) in set(Theme) else {}

        def address(**changes: str) -> str:
            return f"{PLACE}?{urlencode(kept | {name: str(value) for name, value in changes.items()})}"

        body = TEMPLATES.get_template("status.html").render(
            view=view,
            t=view.words,
            theme=theme,
            address=address,
            files=self._files,
            picture=picture,
            level=picture.level,
            told=Telling(view, picture.at),
            bars={one.name: bars_of(picture.days, one.name, picture.at) for one in picture.services},
            titles={one.name: view.words(one.title_zh, one.title_en) for one in picture.services},
            width=DAYS * WIDTH,
        )
        return HTMLResponse(body, headers={**_HEADERS, "Content-Language": view.language.tag})
