"""``/files/{id}``: files read from their platform; no upstream address is ever shown."""

from functools import partial
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from auth.authority import Authority
from connectors.deadline import Deadline
from connectors.errors import NotAllowedError, NotFoundError, PlatformError
from connectors.ports import AttachmentStore, DocumentSource, FileSource, MatterFiles, MediaStore
from connectors.records.office import OfficeFile
from connectors.refusals import RefusedError
from connectors.viewer import ANYONE, Ask, Viewer
from gateway.http.file_links import PASS, FileLinks
from gateway.http.kept_files import KeptFiles
from gateway.http.ranges import served
from schema.files import ATTACHMENT, DOCUMENT_FILE, MATTER_FILE, PUBLIC_FILES
from schema.identifiers import parsed_id
from schema.loaders import Sources

_PICTURES = frozenset({"image/png", "image/jpeg", "image/webp"})
_VOICES = {"audio/mpeg", "audio/mp4", "audio/aac", "audio/amr", "audio/wav"}
_ATTACHED = _PICTURES | _VOICES | {"image/gif", "video/mp4", "application/pdf"}
_DOCUMENTS = {
    "application/pdf",
    "application/msword",
    "application/ofd",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "text/plain",
}
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
        self._attached = {
            ATTACHMENT: None if attachments is None else attachments.open_attachment,
            MATTER_FILE: sources.get(MatterFiles.open_matter_file),
        }
        self._sources = sources
        self._links = links
        self._authority = authority
        self._kept = KeptFiles()

    async def read(self, request: Request) -> Response:
        """The file, or a part; 404 for none and for one that may not be seen, 502 while its platform is ill."""
        try:
            kind, key = parsed_id(request.path_params["id"])
            if kind in self._attached:
                return await self._attachment(request, kind, key)
            if kind == DOCUMENT_FILE:
                return await self._document(request, key)
            return await self._public(request, kind, key)
        except (RefusedError, NotFoundError, NotAllowedError):
            return _NOT_FOUND
        except PlatformError:
            return Response(status_code=502, headers=_HEADERS | {"Retry-After": "5"})

    async def _attachment(self, request: Request, kind: str, key: str) -> Response:
        """For whom the link was made; without a seal as anyone, who sees what is published."""
        sealed = PASS in request.query_params
        viewer = await self._opener(request) if sealed else ANYONE
        opened = self._attached[kind]
        if viewer is None or opened is None:
            return _NOT_FOUND
        reading = partial(opened, key, Ask(viewer, Deadline.after(_SECONDS)))
        in_parts = "range" in request.headers
        found = await (self._kept.read((kind, key, viewer.person_id), reading) if in_parts else reading())
        return _shown(request, found, _ATTACHED, "private, no-store" if sealed else "public, max-age=300")

    async def _document(self, request: Request, key: str) -> Response:
        """For whom the link was made, who may have lost the right to the document since: it is read again."""
        viewer = await self._opener(request)
        load, open_media = (self._sources.get(one) for one in (DocumentSource.load_documents, MediaStore.open_media))
        if viewer is None or load is None or open_media is None:
            return _NOT_FOUND
        ask = Ask(viewer, Deadline.after(_SECONDS))
        file = _told(getattr(_told(*await load([key], ask)), "file", None))
        return _NOT_FOUND if file is None else _handed_out(request, file, await open_media(file.media_id, ask))

    async def _opener(self, request: Request) -> Viewer | None:
        """For whom a link was made, as they are now; None where it opens nothing, or nothing any more."""
        person = self._links.person_of(request.path_params["id"], request.query_params.get(PASS, ""))
        return None if person is None else await self._authority.viewers.of_person(person)

    async def _public(self, request: Request, kind: str, key: str) -> Response:
        ask = Ask(ANYONE, Deadline.after(_SECONDS))
        path = await self._path(kind, key, ask)
        if path is None or self._files is None:
            return _NOT_FOUND
        return _shown(request, await self._files.open_file(path, ask), _PICTURES, "public, max-age=300")

    async def _path(self, kind: str, key: str, ask: Ask) -> str | None:
        public = PUBLIC_FILES.get(kind)
        if public is None or public.owner not in self._sources:
            return None
        (owner,) = await self._sources[public.owner]([key], ask)
        path: str | None = _told(getattr(_told(owner), public.path, None))
        return path


def _told(found: Any) -> Any:
    """What a source answered; raises the error that stands in its place."""
    if isinstance(found, PlatformError):
        raise found
    return found


def _shown(request: Request, found: tuple[str, bytes], kinds: frozenset[str], keep: str) -> Response:
    media_type, body = found
    if media_type not in kinds:
        return _NOT_FOUND
    return served(request, body, media_type, _HEADERS | {"Cache-Control": keep})


def _handed_out(request: Request, file: OfficeFile, found: tuple[str, bytes]) -> Response:
    """A document, to be kept and not shown in the page; of a type nobody expects as mere bytes."""
    media_type, body = found
    bare = media_type.partition(";")[0].strip().lower()
    headers = {
        "Cache-Control": "private, no-store",
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name, safe='')}",
    }
    shown = media_type if bare in _DOCUMENTS else "application/octet-stream"
    return served(request, body, shown, _HEADERS | headers)
