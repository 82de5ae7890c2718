"""Work notifications and the other calls that reach people (wire-formats A6)."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass
from itertools import count
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from connectors.sandbox.app import Operation
from connectors.sandbox.control import from_here
from connectors.zhezhengding.sandbox.directory.book import FOREIGN_TENANT
from connectors.zhezhengding.sandbox.envelopes import FailedError, direct, succeeded
from connectors.zhezhengding.sandbox.gate import Call, Gate
from connectors.zhezhengding.sandbox.notifications.cards import card_in
from connectors.zhezhengding.sandbox.notifications.limits import Limits
from connectors.zhezhengding.sandbox.parameters import BAD_PARAMETER, MISSING_PARAMETER, TOO_MANY
from connectors.zhezhengding.settings import ZhezhengdingSettings

SENT_BEFORE = "MFH-B005-02-16-0002"
NEVER_SENT = "MFH-B005-02-16-0006"
_MOST_KEPT = 10_000
_LONGEST_KEY = 128
_TAKES = 0.05


@dataclass(slots=True)
class Kept:
    """A notification as it was taken."""

    msg_id: str
    card: dict[str, Any]
    receivers: list[str]
    organizations: list[str]
    revoked: bool = False


class Notifications:
    """Keeps what was sent, by ``bizMsgId``; ``others`` are the calls of A6.2, as they came. Lives with the sandbox."""

    def __init__(self, settings: ZhezhengdingSettings) -> None:
        self._settings = settings
        self._limits = Limits(settings.sandbox.notify)
        self._serial = count(1)
        self.kept: OrderedDict[str, Kept] = OrderedDict()
        self.others: list[tuple[str, dict[str, list[str]]]] = []

    def operations(self, gate: Gate) -> list[Operation]:
        """What it answers."""
        return [
            gate.post("/message/workNotification", self.notify),
            gate.post("/message/revoke", self.revoke),
            gate.post("/message/changeMessageInfo", self.change),
            gate.post("/gov/ding/isv/send.json", self.ding, "ding"),
            gate.post("/robot/message/sendoto", self.robot_to_one),
            gate.post("/robot/message/sendgroup", self.robot_to_group),
            gate.post("/notification/message/sendPortalNotification", self.badge),
        ]

    def leading(self) -> Route:
        """``GET /sandbox/notifications``, what was sent: nobody has the app to look at. A control path (F 1)."""
        return Route("/sandbox/notifications", from_here(self.show), methods=["GET"])

    async def show(self, _: Request) -> Response:
        """What was sent, the first first: ``[{"bizMsgId", "msg", "receiverIds", "organizationCodes", "revoked"}]``."""
        rows = [
            {
                "bizMsgId": key,
                "msg": kept.card,
                "receiverIds": kept.receivers,
                "organizationCodes": kept.organizations,
                "revoked": kept.revoked,
            }
            for key, kept in self.kept.items()
        ]
        return JSONResponse(rows)

    async def notify(self, call: Call) -> Response:
        """A6.1. Where calls must not be parallel, each takes a while."""
        with self._limits.one_at_a_time():
            if not self._settings.sandbox.notify.parallel:
                await asyncio.sleep(_TAKES)
            return self._sent_to(call)

    def _sent_to(self, call: Call) -> Response:
        """Nothing is counted or kept of what is refused, so that a mended call may use the same id."""
        self._own_tenant(call)
        key = _short(call, "bizMsgId")
        receivers, organizations = _listed(call, "receiverIds"), _listed(call, "organizationCodes")
        if not receivers and not organizations:
            raise FailedError(MISSING_PARAMETER, "receiverIds or organizationCodes is required")
        if len(receivers) + len(organizations) > self._settings.notify.max_receivers:
            raise FailedError(TOO_MANY, f"at most {self._settings.notify.max_receivers} receivers")
        if not all(one.isascii() and one.isdigit() for one in receivers):
            raise FailedError(BAD_PARAMETER, "receiverIds are accountIds")
        msg = call.required("msg")
        card = card_in(msg)
        if key in self.kept:
            raise FailedError(SENT_BEFORE, "bizMsgId重复")
        self._limits.pass_through(msg, [*receivers, *organizations], call.now)
        kept = Kept(f"m-{next(self._serial):06d}", card, receivers, organizations)
        self.kept[key] = kept
        if len(self.kept) > _MOST_KEPT:
            self.kept.popitem(last=False)
        return direct({"msgId": kept.msg_id} if self._settings.sandbox.notify.answer == "object" else kept.msg_id)

    def revoke(self, call: Call) -> Response:
        """Take back; once more does nothing more."""
        self._sent(call).revoked = True
        return succeeded(data=True)

    def change(self, call: Call) -> Response:
        """Change what a message shows."""
        self._sent(call)
        call.codes("accountIds", self._settings.batch.codes)
        _json_in(call, "jsonContent")
        return self._taken("changeMessageInfo", call)

    def ding(self, call: Call) -> Response:
        """A DING reminder."""
        self._own_tenant(call)
        for name in ("creator", "body", "bodyType", "notifyType"):
            call.required(name)
        call.codes("receivers", self._settings.batch.codes)
        return self._taken("ding", call, f"d-{next(self._serial):06d}")

    def robot_to_one(self, call: Call) -> Response:
        """A robot's message to one person."""
        return self._robot("sendoto", call, "accountId")

    def robot_to_group(self, call: Call) -> Response:
        """A robot's message to a chat."""
        return self._robot("sendgroup", call, "chatId")

    def badge(self, call: Call) -> Response:
        """The number on the portal's icon."""
        self._own_tenant(call)
        call.required("accountId")
        if not call.required("addNum").removeprefix("-").isdigit():
            raise FailedError(BAD_PARAMETER, "addNum is a number")
        return self._taken("sendPortalNotification", call)

    def _robot(self, name: str, call: Call, to: str) -> Response:
        self._own_tenant(call)
        if call.required("appKey") != self._settings.appkey:
            raise FailedError(BAD_PARAMETER, "appKey is another's")
        call.required(to)
        call.required("msgType")
        _json_in(call, "msgBody")
        return self._taken(name, call, f"r-{next(self._serial):06d}")

    def _taken(self, name: str, call: Call, answer: Any = True) -> Response:  # noqa: FBT002 - what the platform says
        self.others.append((name, {key: list(values) for key, values in call.values().items()}))
        del self.others[:-_MOST_KEPT]
        return succeeded(answer)

    def _sent(self, call: Call) -> Kept:
        self._own_tenant(call)
        if call.required("msgType") != "workNotification":
            raise FailedError(BAD_PARAMETER, "msgType is workNotification")
        kept = self.kept.get(_short(call, "bizMsgId"))
        if kept is None:
            raise FailedError(NEVER_SENT, "no such message")
        return kept

    def _own_tenant(self, call: Call) -> None:
        if call.required("tenantId") != str(self._settings.tenant_id):
            raise FailedError(FOREIGN_TENANT, "no such tenant")


def _short(call: Call, name: str) -> str:
    value = call.required(name)
    if len(value) > _LONGEST_KEY:
        raise FailedError(BAD_PARAMETER, f"{name} is too long")
    return value


def _listed(call: Call, name: str) -> list[str]:
    """A comma-joined string, each value once."""
    return list(dict.fromkeys(part.strip() for part in call.get(name).split(",") if part.strip()))


def _json_in(call: Call, name: str) -> None:
    try:
        msgspec.json.decode(call.required(name).encode())
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
        raise FailedError(BAD_PARAMETER, f"{name} is no JSON") from error
