"""Telling citizens something, and what they were told.

No wire format of the app's message centre is public (wire-formats B10): this one is ours and claims no compatibility.
"""

# ruff: noqa: N815 - upstream's spelling

from collections.abc import Sequence

from connectors.errors import PlatformError
from connectors.freshness import OWN
from connectors.lenient import broken_in
from connectors.links import link_from
from connectors.records.notice_to_citizen import CitizenNotice, SentNotice
from connectors.records.page import Page, PageArgs
from connectors.viewer import Ask
from connectors.zheliban.irs_service import Endpoint, IrsService, empty_page
from connectors.zheliban.payloads import Key, Moment, Payload
from connectors.zheliban.rows import Shape

NOTICES = Endpoint("users.notices", "/users/notices", OWN, tags=("citizen-notices",), accounts=True)


class NoticePayload(Payload, frozen=True, kw_only=True):
    """A notice; ``cursor`` in lists."""

    id: Key
    title: str
    text: str
    link: str | None
    sentAt: Moment
    cursor: str = ""


class ZhelibanNotices:
    """Notices of the citizen app."""

    def __init__(self, service: IrsService) -> None:
        self._service = service

    async def notify_citizen(self, notice: CitizenNotice, ask: Ask) -> SentNotice:
        """Send a notice once."""
        body = {
            "writeId": notice.write_id,
            "userId": notice.account,
            "title": notice.title,
            "text": notice.text,
            "link": notice.link,
        }
        return await self._service.write("notices.send", "/notices", body, _NOTICE, ask)

    async def list_citizen_notices(
        self, keys: Sequence[str], page: PageArgs, ask: Ask
    ) -> Sequence[Page[SentNotice] | PlatformError]:
        """Read one page per account; an empty one, without a call, for any but the asker's own."""
        account = ask.viewer.accounts.get(self._service.platform)
        if account is None or account not in keys:
            return [empty_page(page)] * len(keys)
        asked = {"viewerId": account}
        (own,) = await self._service.owned(NOTICES, _NOTICE, [account], page, ask, query=asked)
        return [own if key == account else empty_page(page) for key in keys]


def notice_from(payload: NoticePayload) -> SentNotice:
    """Read a notice."""
    link = link_from(payload.link, broken_in("zheliban", NOTICES.operation))
    return SentNotice(key=payload.id, title=payload.title, text=payload.text, link=link, sent_at=payload.sentAt)


_NOTICE = Shape(NoticePayload, notice_from)
