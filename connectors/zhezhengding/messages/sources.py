"""``MessageSource`` and ``Messenger``. Nothing is kept: what somebody wrote is read when it is looked at."""

from collections.abc import Sequence

import msgspec

from connectors.errors import PlatformError
from connectors.records.message import Message, MessageQuery, NewMessage
from connectors.records.page import Page, PageArgs
from connectors.viewer import Ask
from connectors.zhezhengding.client import ZhezhengdingClient
from connectors.zhezhengding.envelope import Held
from connectors.zhezhengding.messages.mapping import MESSAGES
from connectors.zhezhengding.office.own import actor_of
from connectors.zhezhengding.office.pages import record_in
from connectors.zhezhengding.office.reads import OwnReads, Subject
from connectors.zhezhengding.settings import ZhezhengdingSettings
from connectors.zhezhengding.signing import Params

_MESSAGES = Subject("messages", fresh_for=0.0)
_ROW = msgspec.json.Decoder(msgspec.Raw)


class ZhezhengdingMessages:
    """What officials write to each other."""

    def __init__(self, settings: ZhezhengdingSettings, client: ZhezhengdingClient, reads: OwnReads) -> None:
        self._settings = settings
        self._client = client
        self._reads = reads

    async def load_messages(self, keys: Sequence[str], ask: Ask) -> Sequence[Message | PlatformError | None]:
        """Read messages by key."""
        return await self._reads.keyed(_MESSAGES, MESSAGES, keys, ask)

    async def list_messages(
        self, keys: Sequence[str], query: MessageQuery, page: PageArgs, ask: Ask
    ) -> Sequence[Page[Message] | PlatformError]:
        """Read one page per employee code, newest first."""
        kinds = tuple(sorted(kind.value for kind in query.kinds))
        chosen = {"kinds": kinds, "unreadOnly": query.unread_only or None}
        return await self._reads.owned(_MESSAGES, MESSAGES, keys, page, ask, chosen)

    async def send_message(self, message: NewMessage, ask: Ask) -> Message:
        """Send one in the asker's name; raises what ``ZhezhengdingClient.write`` does, and ``NotAllowedError``."""
        operation = _MESSAGES.operation("send")
        sender = actor_of(ask.viewer, self._client.platform, operation)
        deadline = ask.deadline.sooner(self._settings.timeout)
        path = _MESSAGES.address("send")
        raw = await self._client.write(path, self._params(message, sender), _ROW, deadline, operation)
        return record_in(Held(self._client.platform, operation, bytes(raw)), MESSAGES)

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
