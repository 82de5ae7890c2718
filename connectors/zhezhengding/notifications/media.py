"""``MediaStore``: files the platform keeps (wire-formats A6.2, A2.3)."""

import re

from msgspec import Struct
from msgspec.json import Decoder

from connectors.deadline import Deadline
from connectors.errors import NotFoundError, RejectedInputError, UnexpectedAnswerError
from connectors.media_types import is_media_type
from connectors.transport import Answer
from connectors.viewer import Ask
from connectors.zhezhengding.client import ZhezhengdingClient
from connectors.zhezhengding.envelope import held_in
from connectors.zhezhengding.proof import File
from connectors.zhezhengding.settings import ZhezhengdingSettings
from connectors.zhezhengding.signing import Params

_UPLOAD, _DOWNLOAD = "/media/upload", "/media/download"
_TOKEN = "access_token"  # noqa: S105 - a parameter's name
_MEDIA_ID = re.compile(r"[$@A-Za-z0-9_.-]{1,256}")
_KINDS = {"image": "image", "audio": "voice", "video": "video"}


class MediaPayload(Struct):
    """The answer to an upload; its shape is assumed, so both spellings are read."""

    mediaId: str | None = None  # noqa: N815 - upstream's spelling
    media_id: str | None = None


_MEDIA: Decoder[MediaPayload | str] = Decoder(MediaPayload | str)


class ZhezhengdingMedia:
    """Sends files and fetches them. Uploading twice keeps a file twice and does no harm, so a failure is just that."""

    def __init__(self, settings: ZhezhengdingSettings, client: ZhezhengdingClient) -> None:
        self._settings = settings
        self._client = client

    async def keep_media(self, name: str, media_type: str, body: bytes, ask: Ask) -> str:
        """Upload a file and answer its media id.

        Raises ``RejectedInputError`` for an empty one, one too large, and one whose type is none.
        """
        if not body or len(body) > self._settings.media.max_bytes:
            raise RejectedInputError(self._client.platform, "media.upload", "empty, or too large")
        if not is_media_type(media_type):
            raise RejectedInputError(self._client.platform, "media.upload", "no media type")
        file = File("media", name, media_type, body)
        params: Params = {"type": _KINDS.get(media_type.partition("/")[0], "file")}
        deadline = ask.deadline.sooner(self._settings.timeout)

        async def send(whole: Params) -> str:
            return await self._client.exchange(
                lambda moment: self._client.signer.upload(_UPLOAD, whole, file, moment, self._settings.media.params_in),
                _media_id_in,
                deadline,
                "media.upload",
            )

        return await self._client.with_token(_TOKEN, params, deadline, send)

    async def open_media(self, media_id: str, ask: Ask) -> tuple[str, bytes]:
        """Answer content type and bytes; whatever it refuses about the id, there is no such file."""
        if not _MEDIA_ID.fullmatch(media_id):
            raise NotFoundError(self._client.platform, "media.download", "no media id")
        deadline = ask.deadline.sooner(self._settings.timeout)

        async def send(whole: Params) -> tuple[str, bytes]:
            return await self._fetch(whole, deadline)

        try:
            return await self._client.with_token(_TOKEN, {"media_id": media_id}, deadline, send)
        except RejectedInputError as error:
            raise NotFoundError(
                self._client.platform, "media.download", error.detail, upstream_code=error.upstream_code
            ) from error

    async def _fetch(self, whole: Params, deadline: Deadline) -> tuple[str, bytes]:
        method = self._settings.media.download_method
        return await self._client.exchange(
            lambda moment: self._client.signer.request(method, _DOWNLOAD, whole, moment),
            _file_in,
            deadline,
            "media.download",
        )


def _media_id_in(answer: Answer) -> str:
    payload = held_in(answer).decoded(_MEDIA)
    media_id = payload if isinstance(payload, str) else payload.mediaId or payload.media_id
    if not media_id:
        raise UnexpectedAnswerError(answer.platform, answer.operation, "no media id")
    return media_id


def _file_in(answer: Answer) -> tuple[str, bytes]:
    """The file; an envelope in its place says why there is none."""
    kind = answer.headers.get("content-type", "application/octet-stream")
    if kind.startswith("application/json") or answer.status != 200:  # noqa: PLR2004 - HTTP's OK
        held_in(answer)
        raise UnexpectedAnswerError(answer.platform, answer.operation, "an envelope instead of a file")
    return kind, answer.body
