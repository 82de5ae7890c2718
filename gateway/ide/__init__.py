"""The IDE a browser gets at ``/graphql``: Altair's built files, installed from npm by ``make ide``, and our page.

Owns the page, its policy and the files' addresses; leaves to ``gateway/http`` who is a browser, and what it sees where
nothing is installed. Works without a network: every address on the page is this gateway's own.
"""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.types import ASGIApp

from gateway.ide.installed import installed_in
from gateway.ide.page import IdePage

FOLDER = Path(__file__).parent / "files"
PATH = "/graphql/ide"
ROUTE = PATH + "/{path:path}"

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'",  # a worker takes it from its own file
    "Cross-Origin-Resource-Policy": "same-origin",
}
_FOREVER = "public, max-age=31536000, immutable"


class Ide:
    """One per process; knows what is installed from its start on.

    Args:
        folder: where the files are.
        public_url: where callers reach the gateway.

    Attributes:
        page: what a browser gets at ``/graphql``, as ASGI; None where nothing is installed.
    """

    page: ASGIApp | None

    def __init__(self, folder: Path = FOLDER, public_url: str = "http://127.0.0.1:8000") -> None:
        installed = installed_in(folder)
        self.page = None if installed is None else IdePage(f"{PATH}/{installed.version}/", public_url)
        self._files = (
            {f"{installed.version}/{path}": file for path, file in installed.files.items()} if installed else {}
        )

    def files(self, request: Request) -> Response:
        """A file, for ``ROUTE``: 404 for any other path than one that was listed at the start.

        The version stands in the path, so what it names never changes and browsers need not ask again.
        """
        file = self._files.get(request.path_params["path"])
        if file is None or not file.path.is_file():
            return Response(status_code=404, headers=_ALWAYS)
        return FileResponse(file.path, media_type=file.media_type, headers=_ALWAYS | {"Cache-Control": _FOREVER})
