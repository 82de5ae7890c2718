"""Files beside questions and work orders: kept as they come, handed out to whom the question concerns."""

import re

from connectors.errors import NotFoundError, RejectedInputError, UnexpectedAnswerError
from connectors.irs_signing import canonical_query
from connectors.media_types import is_media_type
from connectors.records.attachment import Attachment
from connectors.records.question_writes import Upload
from connectors.transport import Answer
from connectors.viewer import Ask
from connectors.zheliban.client import IrsCall
from connectors.zheliban.envelope import data_from
from connectors.zheliban.irs_service import IrsService
from connectors.zheliban.rows import Shape
from connectors.zheliban.studios.acting import by_citizen
from connectors.zheliban.studios.audience import audience_of
from connectors.zheliban.studios.mapping import attachment_from
from connectors.zheliban.studios.payloads import AttachmentPayload

_SAFE_NAME = re.compile(r"[^\w.-]+")
_KEY = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_NAME_LENGTH = 80


class ZhelibanAttachments:
    """The studio service's files."""

    def __init__(self, service: IrsService) -> None:
        self._service = service

    async def keep_attachment(self, upload: Upload, write_id: str, ask: Ask) -> Attachment:
        """Send the bytes as they are, their type as the content type; who, what and the write id stand in the query."""
        operation, service = "attachments.keep", self._service
        if not is_media_type(upload.content_type):
            raise RejectedInputError(service.platform, operation, "no media type")
        name = _SAFE_NAME.sub("_", upload.name)[-_NAME_LENGTH:] or "file"
        told = {"writeId": write_id, "name": name, **by_citizen(operation, ask, service.platform)}
        call = IrsCall(
            "POST",
            service.component,
            f"{service.root}/attachments",
            canonical_query(told.items()),
            upload.content,
            upload.content_type,
        )
        return await service.sent(operation, call, Shape(AttachmentPayload, attachment_from), ask)

    async def open_attachment(self, key: str, ask: Ask) -> tuple[str, bytes]:
        """Answer content type and bytes; ``NotFoundError`` for what the asker may not see."""
        operation, service = "attachments", self._service
        if not _KEY.fullmatch(key):
            raise NotFoundError(service.platform, operation)
        told = {"id": key, **audience_of(ask.viewer, service.platform).params()}
        call = IrsCall("GET", service.component, f"{service.root}/attachments", canonical_query(told.items()))
        return await service.client.exchange(operation, lambda _: call, _file_in, service.deadline(ask))


def _file_in(answer: Answer) -> tuple[str, bytes]:
    """The file; an envelope in its stead is a refusal, which this raises."""
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if answer.status != 200 or kind == "application/json":  # noqa: PLR2004 - HTTP 200
        data_from(answer)
    if answer.status != 200 or not kind or kind == "application/json":  # noqa: PLR2004 - as above
        raise UnexpectedAnswerError(answer.platform, answer.operation, "no file")
    return kind, answer.body
