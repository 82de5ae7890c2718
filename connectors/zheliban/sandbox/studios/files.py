"""Files that came with questions: taken in as bytes, handed out to whom the question concerns."""

import hashlib
import re
import struct
import zlib

from starlette.requests import Request
from starlette.responses import Response

from connectors.records.attachment import AttachmentKind
from connectors.zheliban.sandbox.answering import BODY_INVALID, NOT_ALLOWED, NOT_FOUND, Answering, RefusedError
from connectors.zheliban.sandbox.answers import success
from connectors.zheliban.sandbox.parameters import INVALID, MISSING, ParameterError, Parameters
from connectors.zheliban.sandbox.studios.history import files_of
from connectors.zheliban.sandbox.studios.lists import VIEWER, viewer_from
from connectors.zheliban.sandbox.studios.rows import attachment_row
from connectors.zheliban.sandbox.studios.store import StudioStore
from connectors.zheliban.sandbox.writes import WriteBook

MOST_BYTES = 5 * 1024 * 1024
_KINDS = {
    "image/png": AttachmentKind.IMAGE,
    "image/jpeg": AttachmentKind.IMAGE,
    "image/webp": AttachmentKind.IMAGE,
    "image/gif": AttachmentKind.IMAGE,
    "audio/mpeg": AttachmentKind.AUDIO,
    "audio/mp4": AttachmentKind.AUDIO,
    "audio/aac": AttachmentKind.AUDIO,
    "audio/amr": AttachmentKind.AUDIO,
    "audio/wav": AttachmentKind.AUDIO,
    "video/mp4": AttachmentKind.VIDEO,
    "application/pdf": AttachmentKind.DOCUMENT,
}
_WRITE_ID = re.compile(r"[A-Za-z0-9_-]{16,64}")
_NAME = re.compile(r"[\w.-]{1,80}")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


_PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\x00\x77\x99\xbb"))
    + _chunk(b"IEND", b"")
)
_WAV = (
    b"RIFF"
    + struct.pack("<I", 36)
    + b"WAVEfmt "
    + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8)
    + b"data\0\0\0\0"
)
_SEEDED = {AttachmentKind.IMAGE: ("image/png", _PNG), AttachmentKind.AUDIO: ("audio/wav", _WAV)}


class FileBook:
    """Uploads, and the few bytes that stand for seeded files."""

    def __init__(self, store: StudioStore, answering: Answering, book: WriteBook) -> None:
        self._store = store
        self._answering = answering
        self._book = book

    async def keep(self, request: Request) -> Response:
        """``POST /attachments``: the body is the file."""
        content = await request.body()
        return self._answering.answer(lambda: success(self._uploaded(request, content)))

    def _uploaded(self, request: Request, content: bytes) -> object:
        sent = Parameters(request, ("writeId", "name", "userId"))
        account = sent.required_account("userId")
        write_id, name = sent.text("writeId", _WRITE_ID), sent.text("name", _NAME)
        media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media_type not in _KINDS:
            raise ParameterError(INVALID, "Content-Type")
        if not content:
            raise ParameterError(MISSING, "body")
        if len(content) > MOST_BYTES:
            raise ParameterError(BODY_INVALID, "body")
        if account not in self._store.people:
            raise RefusedError(NOT_ALLOWED, "账号不存在")
        told = "\n".join((account, name, media_type, hashlib.sha256(content).hexdigest())).encode()

        def new() -> object:
            return attachment_row(self._store.shelf.put(account, _KINDS[media_type], name, media_type, content))

        return self._book.once("attachments.keep", write_id, told, new)

    async def hand_out(self, request: Request) -> Response:
        """``GET /attachments``: the file itself, or a refusal in the envelope."""
        return self._answering.answer(lambda: self._file(request))

    def _file(self, request: Request) -> Response:
        sent = Parameters(request, ("id", *VIEWER))
        key, viewer = sent.required_key("id"), viewer_from(sent)
        upload = self._store.shelf.get(key)
        if upload is not None and upload.shown_to(viewer):
            return Response(upload.content, media_type=upload.media_type)
        question = self._store.questions.get(key.partition("-")[0])
        shown = question is not None and self._store.grounds(question, viewer) is not None
        file = next((each for each in files_of(question) if each.id == key), None) if question and shown else None
        if upload is not None or file is None:
            raise RefusedError(NOT_FOUND, "附件不存在")
        media_type, content = _SEEDED[file.kind]
        return Response(content, media_type=media_type)
