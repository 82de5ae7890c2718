"""``/files/{id}``: files that everyone may see, read from their platform; no upstream address is ever shown."""

from starlette.requests import Request
from starlette.responses import Response

from connectors.deadline import Deadline
from connectors.errors import NotFoundError, PlatformError
from connectors.ports import FileSource
from connectors.refusals import RefusedError
from connectors.viewer import ANYONE, Ask
from schema.files import PUBLIC_FILES
from schema.identifiers import parsed_id
from schema.loaders import Sources

_SHOWN_INLINE = {"image/png", "image/jpeg", "image/webp"}
_SECONDS = 5.0
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Referrer-Policy": "no-referrer",
}


class Files:
    """Reads by the owner's record: the id names an owner, never a path."""

    def __init__(self, files: FileSource | None, sources: Sources) -> None:
        self._files = files
        self._sources = sources

    async def read(self, request: Request) -> Response:
        """The file, 404 for none, 502 while its platform is ill."""
        ask = Ask(ANYONE, Deadline.after(_SECONDS))
        try:
            path = await self._path(request.path_params["id"], ask)
            if path is None or self._files is None:
                return Response(status_code=404, headers=_HEADERS)
            media_type, body = await self._files.open_file(path, ask)
        except (RefusedError, NotFoundError):
            return Response(status_code=404, headers=_HEADERS)
        except PlatformError:
            return Response(status_code=502, headers=_HEADERS | {"Retry-After": "5"})
        if media_type not in _SHOWN_INLINE:
            return Response(status_code=404, headers=_HEADERS)
        return Response(body, media_type=media_type, headers=_HEADERS | {"Cache-Control": "public, max-age=300"})

    async def _path(self, identifier: str, ask: Ask) -> str | None:
        kind, key = parsed_id(identifier)
        public = PUBLIC_FILES.get(kind)
        if public is None or public.owner not in self._sources:
            return None
        (owner,) = await self._sources[public.owner]([key], ask)
        if isinstance(owner, PlatformError):
            raise owner
        path = getattr(owner, public.path, None)
        if isinstance(path, PlatformError):
            raise path
        return path
