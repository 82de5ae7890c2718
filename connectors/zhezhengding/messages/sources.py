"""``MessageSource`` and ``Messenger``. Nothing is kept: what somebody wrote is read when it is looked at."""

from collections.abc import Sequence
from typing import Any

from connectors.errors import PlatformError
from connectors.freshness import OWN_NOW
from connectors.records.message import Message, MessageQuery, NewMessage
from connectors.records.official import OfficialRef
from connectors.records.page import Page, PageArgs, Row
from connectors.viewer import Ask, Viewer
from connectors.zhezhengding.client import ZhezhengdingClient
from connectors.zhezhengding.messages.mapping import MESSAGES
from connectors.zhezhengding.office.own import actor_of, looks_after
from connectors.zhezhengding.office.pages import record_in
from connectors.zhezhengding.office.reads import OwnReads, Subject
from connectors.zhezhengding.settings import ZhezhengdingSettings
from connectors.zhezhengding.signing import Params

_MESSAGES = Subject("messages", OWN_NOW)


class ZhezhengdingMessages:
    """What officials write to each other."""

    def __init__(self, settings: ZhezhengdingSettings, client: ZhezhengdingClient, reads: OwnReads) -> None:
        self._settings = settings
        self._client = client
        self._reads = reads

    async def load_messages(self, keys: Sequence[str], ask: Ask) -> Sequence[Message | PlatformError | None]:
        """Read messages by key; None also for one between others, unless staff ask."""
        found = await self._reads.keyed(_MESSAGES, MESSAGES, keys, ask)
        return [_if_concerned(entry, ask.viewer) for entry in found]

    async def list_messages(
        self, keys: Sequence[str], query: MessageQuery, page: PageArgs, ask: Ask
    ) -> Sequence[Page[Message] | PlatformError]:
        """Read one page per employee code, newest first."""
        kinds = tuple(sorted(kind.value for kind in query.kinds))
        chosen = {"kinds": kinds, "unreadOnly": query.unread_only or None}
        pages = await self._reads.owned(_MESSAGES, MESSAGES, keys, page, ask, chosen)
        return [_page_of_concerned(each, ask.viewer) for each in pages]

    async def send_message(self, message: NewMessage, ask: Ask) -> Message:
        """Send one in the asker's name; raises what ``ZhezhengdingClient.write`` does, and ``NotAllowedError``."""
        operation = _MESSAGES.operation("send")
        sender = actor_of(ask.viewer, self._client.platform, operation)
        deadline = ask.deadline.sooner(self._settings.timeout)
        path = _MESSAGES.address("send")
        params = self._params(message, sender)
        return await self._client.written(path, params, lambda held: record_in(held, MESSAGES), deadline, operation)

    def _params(self, message: NewMessage, sender: str) -> Params:
        return {
            "tenantId": self._settings.tenant_id,
            "writeId": message.write_id,
            "employeeCode": sender,
            "kind": message.kind.value,
            "title": message.title,
            "groupName": message.group,
            "body": message.body,
            "receiverCodes": message.receivers,
        }


def _if_concerned(message: Any, viewer: Viewer) -> Any:
    """The message, where the viewer sent or got it; None for one between others, the error where that is not told.

    The platform leaves out what does not concern the viewer; here it is looked at again, so that its fault is no leak
    of ours. Of more receivers than are named its word is taken.
    """
    if message is None or isinstance(message, PlatformError) or looks_after(viewer):
        return message
    receivers: Any = message.receivers
    people = (message.sender, *((receivers,) if isinstance(receivers, PlatformError) else receivers))
    if any(isinstance(one, OfficialRef) and one.key == viewer.employee_code for one in people):
        return message
    told = (*people, message.receiver_count)
    broken = next((one for one in told if isinstance(one, PlatformError)), None)
    return broken or (message if message.receiver_count > len(receivers) else None)


def _page_of_concerned(page: Page[Message] | PlatformError, viewer: Viewer) -> Page[Message] | PlatformError:
    if isinstance(page, PlatformError):
        return page
    rows = (Row(cursor=edge.cursor, node=_if_concerned(edge.node, viewer)) for edge in page.edges)
    return Page(edges=tuple(row for row in rows if row.node is not None), has_next=page.has_next, total=page.total)
