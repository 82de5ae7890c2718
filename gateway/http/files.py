"""``/files/{id}``: files read from their platform; no upstream address is ever shown."""

from starlette.requests import Request
from starlette.responses import Response

from auth.authority import Authority
from connectors.deadline import Deadline
from connectors.errors import NotFoundError, PlatformError
from connectors.ports import AttachmentStore, FileSource
from connectors.refusals import RefusedError
from connectors.viewer import ANYONE, Ask, Viewer
from gateway.http.file_links import PASS, FileLinks
from schema.files import ATTACHMENT, PUBLIC_FILES
from schema.identifiers import parsed_id
from schema.loaders import Sources

_PICTURES = frozenset({"image/png", "image/jpeg", "image/webp"})
_ATTACHED = _PICTURES | {"image/gif", "audio/mpeg", "audio/mp4", "audio/amr", "video/mp4", "application/pdf"}
_SECONDS = 5.0
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "cross-origin",  # front ends on other origins show pictures
}
_NOT_FOUND = Response(status_code=404, headers=_HEADERS)


class Files:
    """Reads by the owner's record or by the attachment's key: an id names a thing, never a path."""

    def __init__(
        self,
        files: FileSource | None,
        attachments: AttachmentStore | None,
        sources: Sources,
        links: FileLinks,
        authority: Authority,
    ) -> None:
        self._files = files
        self._attachments = attachments
        self._sources = sources
        self._links = links
        self._authority = authority

    async def read(self, request: Request) -> Response:
        """The file; 404 for none and for one that may not be seen, 502 while its platform is ill."""
        identifier = request.path_params["id"]
        try:
            kind, key = parsed_id(identifier)
            if kind == ATTACHMENT:
                return await self._attachment(identifier, key, request.query_params.get(PASS))
            return await self._public(kind, key, Ask(ANYONE, Deadline.after(_SECONDS)))
        except (RefusedError, NotFoundError):
            return _NOT_FOUND
        except PlatformError:
            return Response(status_code=502, headers=_HEADERS | {"Retry-After": "5"})

    async def _attachment(self, identifier: str, key: str, sealed: str | None) -> Response:
        """For whom the link was made; without a seal as anyone, who sees what is published."""
        viewer: Viewer | None = ANYONE
        if sealed is not None:
            person = self._links.person_of(identifier, sealed)
            viewer = await self._authority.viewers.of_person(person) if person is not None else None
        if viewer is None or self._attachments is None:
            return _NOT_FOUND
        found = await self._attachments.open_attachment(key, Ask(viewer, Deadline.after(_SECONDS)))
        return _shown(found, _ATTACHED, "private, no-store" if sealed is not None else "public, max-age=300")

    async def _public(self, kind: str, key: str, ask: Ask) -> Response:
        path = await self._path(kind, key, ask)
        if path is None or self._files is None:
            return _NOT_FOUND
        return _shown(await self._files.open_file(path, ask), _PICTURES, "public, max-age=300")

    async def _path(self, kind: str, key: str, ask: Ask) -> str | None:
        public = PUBLIC_FILES.get(kind)
        if public is None or public.owner not in self._sources:
            return None
        (owner,) = await self._sources[public.owner]([key], ask)
        path = owner if isinstance(owner, PlatformError) else getattr(owner, public.path, None)
        if isinstance(path, PlatformError):
            raise path
        return path


def _shown(found: tuple[str, bytes], kinds: frozenset[str], keep: str) -> Response:
    media_type, body = found
    if media_type not in kinds:
        return _NOT_FOUND
    return Response(body, media_type=media_type, headers=_HEADERS | {"Cache-Control": keep})
