"""Files (wire-formats A6.2): uploads, and those the handheld office's documents name."""

import re
import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from starlette.datastructures import UploadFile
from starlette.responses import Response

from connectors.sandbox.app import Operation
from connectors.zhezhengding.sandbox.envelopes import FailedError, succeeded
from connectors.zhezhengding.sandbox.gate import Call, Gate
from connectors.zhezhengding.sandbox.parameters import BAD_PARAMETER, MISSING_PARAMETER, form_of

UNKNOWN_MEDIA = "MFH-B006-02-16-0001"
TOKEN_ENDED = "240133"  # noqa: S105 - a code
_KINDS = {"image", "file", "voice", "video"}
_MOST_BYTES = 64 * 1024 * 1024
_MEDIA_TYPE = re.compile(r"[a-z0-9.+-]{1,64}/[a-z0-9.+-]{1,100}(; ?charset=[a-zA-Z0-9-]{1,20})?")


@dataclass(frozen=True, slots=True)
class File:
    """What is kept of an upload."""

    media_type: str
    body: bytes


class Media:
    """Keeps what was uploaded, 64 MiB at most, the oldest going first; ``invented`` makes files that always were."""

    def __init__(self, holds: Callable[[Call], bool], invented: Callable[[str], File | None]) -> None:
        self._holds = holds
        self._invented = invented
        self._kept: OrderedDict[str, File] = OrderedDict()
        self._bytes = 0

    def operations(self, gate: Gate) -> list[Operation]:
        """What it answers; a download is asked for either way, as nothing is published about it."""
        download = {"POST": self.download, "GET": self.download}
        return [
            gate.post("/media/upload", self.upload, "media.upload"),
            gate.signed("/media/download", download, "media.download"),
        ]

    async def upload(self, call: Call) -> Response:
        """A file as the part ``media``; it is not signed, the text parameters are (A2.1 rule 5)."""
        self._check_token(call)
        if call.required("type") not in _KINDS:
            raise FailedError(BAD_PARAMETER, f"type is one of {', '.join(sorted(_KINDS))}")
        part = (await form_of(call.request)).get("media") if _is_multipart(call) else None
        if not isinstance(part, UploadFile):
            raise FailedError(MISSING_PARAMETER, "media is required")
        body = await part.read()
        if not body:
            raise FailedError(BAD_PARAMETER, "media is empty")
        said = (part.content_type or "").lower()
        key = f"$up{secrets.token_hex(12)}"
        self._keep(key, File(said if _MEDIA_TYPE.fullmatch(said) else "application/octet-stream", body))
        return succeeded({"mediaId": key})

    def download(self, call: Call) -> Response:
        """The bytes themselves, in no envelope."""
        self._check_token(call)
        key = call.required("media_id")
        file = self._kept.get(key) or self._invented(key)
        if file is None:
            raise FailedError(UNKNOWN_MEDIA, "no such media")
        return Response(file.body, headers={"Content-Type": file.media_type})

    def _check_token(self, call: Call) -> None:
        if not self._holds(call):
            raise FailedError(TOKEN_ENDED, "accessToken invalid or expired")

    def _keep(self, key: str, file: File) -> None:
        self._kept[key] = file
        self._bytes += len(file.body)
        while self._bytes > _MOST_BYTES:
            self._bytes -= len(self._kept.popitem(last=False)[1].body)


def _is_multipart(call: Call) -> bool:
    return call.request.headers.get("content-type", "").lower().startswith("multipart/form-data")
