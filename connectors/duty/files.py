"""``MatterFiles``: what stands beside proposals, reports, micro-suggestions and oversights. Never kept here."""

import re

from connectors.answer import Answer
from connectors.duty.audience import audience_of
from connectors.duty.client import DutyClient
from connectors.errors import NotFoundError, UnexpectedAnswerError
from connectors.media_types import is_media_type
from connectors.viewer import Ask

_OPERATION = "attachments"
_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")


class DutyMatterFiles:
    """The platform decides by the same facts as for the matter itself; no row comes along to check again.

    The facts are told without a look at scopes, unlike in ``proposals``: a link made for somebody carries none, and was
    made for who saw the file with them. A file nobody named to the asker has no such link, and is asked for as anyone.
    """

    def __init__(self, client: DutyClient) -> None:
        self._client = client

    async def open_matter_file(self, key: str, ask: Ask) -> tuple[str, bytes]:
        """Answer content type and bytes; ``NotFoundError`` for what the asker may not see."""
        platform = self._client.platform
        if not _KEY.fullmatch(key):
            raise NotFoundError(platform, _OPERATION)
        deadline = ask.deadline.sooner(self._client.settings.timeout)
        told = {"id": key, **audience_of(ask.viewer).params()}
        return await self._client.read(_OPERATION, "/attachments", told, _file_in, deadline)


def _file_in(answer: Answer) -> tuple[str, bytes]:
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not is_media_type(kind) or kind == "application/json":
        raise UnexpectedAnswerError(answer.platform, answer.operation, "no file")
    return kind, answer.body
