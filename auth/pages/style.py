"""A style sheet or a script: part of a package, served by ourselves under a name that changes with what is in it."""

from hashlib import sha256
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response

ROUTE = "/login/style-{version}.css"
_YEAR = 31_536_000


class Style:
    """Read once, at the start; sign-on's own unless told."""

    def __init__(self, package: str = "auth.pages", name: str = "style.css", route: str = ROUTE) -> None:
        self._body = files(package).joinpath(name).read_bytes()
        self._version = sha256(self._body).hexdigest()[:16]
        self._media_type = "text/css" if name.endswith(".css") else "text/javascript"
        self.path = route.format(version=self._version)

    async def answer(self, request: Request) -> Response:
        """Answer it; a browser need never ask for it again.

        While replicas change their version one by one, a page of one may ask another for its own: that gets ours,
        not to be kept.
        """
        kept = f"public, max-age={_YEAR}, immutable" if request.path_params["version"] == self._version else "no-store"
        headers = {"Cache-Control": kept, "X-Content-Type-Options": "nosniff"}
        return Response(self._body, media_type=self._media_type, headers=headers)
