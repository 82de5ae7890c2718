"""``WorkNotifier``: work notifications, one call at a time (wire-formats A6.1)."""

from typing import Any

from msgspec import Struct
from msgspec.json import Decoder

from connectors.errors import RejectedInputError
from connectors.records.notification import WorkNotification
from connectors.viewer import Ask
from connectors.zhezhengding.client import ZhezhengdingClient
from connectors.zhezhengding.notifications.cards import MOST_BYTES, msg_from
from connectors.zhezhengding.settings import ZhezhengdingSettings
from connectors.zhezhengding.signing import Params

_PATH = "/message/workNotification"
_REVOKE = "/message/revoke"
_OPERATION = "workNotification"


class MsgIdPayload(Struct):
    """The answer in one of its two shapes; the other is the id alone."""

    msgId: str  # noqa: N815 - upstream's spelling


_ANSWER: Decoder[MsgIdPayload | str] = Decoder(MsgIdPayload | str)
_ANYTHING = Decoder(Any)


class ZhezhengdingNotifier:
    """Sends what it is given, and refuses what the platform would refuse; pace and chunks are the caller's business."""

    def __init__(self, settings: ZhezhengdingSettings, client: ZhezhengdingClient) -> None:
        self._settings = settings
        self._client = client
        self.max_receivers = settings.notify.max_receivers
        self.min_interval_s = settings.notify.min_interval_s

    async def notify(self, notification: WorkNotification, ask: Ask) -> str:
        """Send one and answer the platform's message id; raises as the port says."""
        msg = msg_from(notification.message)
        self._check(notification, msg)
        deadline = ask.deadline.sooner(self._settings.timeout)
        answer = await self._client.write(_PATH, self._params(notification, msg), _ANSWER, deadline)
        return answer.msgId if isinstance(answer, MsgIdPayload) else answer

    async def revoke(self, key: str, ask: Ask) -> None:
        """Take back what was sent with that key (A6.2)."""
        about = {"msgType": _OPERATION, "msgApp": self._settings.appkey, "bizMsgId": key}
        params = {**about, "tenantId": str(self._settings.tenant_id)}
        await self._client.write(_REVOKE, params, _ANYTHING, ask.deadline.sooner(self._settings.timeout))

    def _params(self, notification: WorkNotification, msg: str) -> Params:
        return {
            "bizMsgId": notification.key,
            "receiverIds": ",".join(notification.receivers),
            "organizationCodes": ",".join(notification.organizations),
            "tenantId": self._settings.tenant_id,
            "msg": msg,
        }

    def _check(self, notification: WorkNotification, msg: str) -> None:
        """Raise ``RejectedInputError`` for what would be refused."""
        count = len(notification.receivers) + len(notification.organizations)
        if not count:
            raise RejectedInputError(self._client.platform, _OPERATION, "nobody to send to")
        if count > self.max_receivers:
            raise RejectedInputError(self._client.platform, _OPERATION, f"more than {self.max_receivers} receivers")
        if any("," in one or not one.strip() for one in (*notification.receivers, *notification.organizations)):
            raise RejectedInputError(self._client.platform, _OPERATION, "a receiver that could be several")
        if len(msg.encode()) > MOST_BYTES:
            raise RejectedInputError(self._client.platform, _OPERATION, f"message above {MOST_BYTES} bytes")
