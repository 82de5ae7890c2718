"""Notices: ``NoticeSource`` and ``NoticeDesk``."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from msgspec import structs

from connectors.errors import NotAllowedError, PlatformError
from connectors.freshness import OWN
from connectors.records.office import NewNotice, Notice, NoticeQuery
from connectors.records.page import Page, PageArgs
from connectors.viewer import Ask
from connectors.zhezhengding.client import ZhezhengdingClient
from connectors.zhezhengding.envelope import Held
from connectors.zhezhengding.office.mapping import NOTICES
from connectors.zhezhengding.office.own import actor_of, as_oneself, looks_after
from connectors.zhezhengding.office.pages import record_in
from connectors.zhezhengding.office.reads import OwnReads, Subject
from connectors.zhezhengding.settings import ZhezhengdingSettings
from connectors.zhezhengding.signing import Params

T = TypeVar("T")
_NOTICES = Subject("office/notices", OWN)  # whether it was read changes with every look


class ZhezhengdingNotices:
    """What is announced to officials, and who read it."""

    def __init__(self, settings: ZhezhengdingSettings, client: ZhezhengdingClient, reads: OwnReads) -> None:
        self._settings = settings
        self._client = client
        self._reads = reads

    async def load_notices(self, keys: Sequence[str], ask: Ask) -> Sequence[Notice | PlatformError | None]:
        """Read notices by key, as read or not by the asker; one's own take no scope, another's ``office:read``."""
        asking = structs.replace(ask, viewer=as_oneself(ask.viewer))
        return await self._reads.keyed(_NOTICES, NOTICES, keys, asking)

    async def list_notices(
        self, keys: Sequence[str], query: NoticeQuery, page: PageArgs, ask: Ask
    ) -> Sequence[Page[Notice] | PlatformError]:
        """Read one page per employee code, newest first."""
        return await self._reads.owned(_NOTICES, NOTICES, keys, page, ask, {"unreadOnly": query.unread_only or None})

    async def publish_notice(self, notice: NewNotice, ask: Ask) -> Notice:
        """Publish one; raises ``NotAllowedError`` for who is no staff, else what ``ZhezhengdingClient.write`` does."""
        operation = _NOTICES.operation("publish")
        author = actor_of(ask.viewer, self._client.platform, operation)
        if not looks_after(ask.viewer):
            raise NotAllowedError(self._client.platform, operation, "no staff")
        return await self._write(
            "publish",
            {
                "writeId": notice.write_id,
                "employeeCode": author,
                "organizationCode": notice.publisher_key,
                "organizationCodes": notice.audience,
                "title": notice.title,
                "body": notice.body,
                "mediaIds": [file.media_id for file in notice.files],
                "fileNames": [file.name for file in notice.files],
            },
            lambda held: record_in(held, NOTICES),
            ask,
        )

    async def mark_notices_read(self, keys: Sequence[str], write_id: str, ask: Ask) -> None:
        """Mark as read by the asker, all or none."""
        reader = actor_of(ask.viewer, self._client.platform, _NOTICES.operation("read"))
        await self._write("read", {"writeId": write_id, "employeeCode": reader, "ids": keys}, _nothing, ask)

    async def _write(self, call: str, params: Params, how: Callable[[Held], T], ask: Ask) -> T:
        whole: Params = {"tenantId": self._settings.tenant_id, **params}
        deadline = ask.deadline.sooner(self._settings.timeout)
        return await self._client.written(_NOTICES.address(call), whole, how, deadline, _NOTICES.operation(call))


def _nothing(_: Held) -> None:
    """What it says besides success is of no use."""
