"""Messages: lists, reads by id, sending (``contract/messages.yaml``)."""

from datetime import datetime
from functools import partial
from itertools import count
from typing import Any

from starlette.responses import Response

from connectors.records.message import MessageKind
from connectors.sandbox.app import Operation
from connectors.sandbox.paging import Order
from connectors.zhezhengding.office.codes import PARAMETER_INVALID
from connectors.zhezhengding.sandbox.envelopes import FailedError, succeeded
from connectors.zhezhengding.sandbox.gate import Call, Gate
from connectors.zhezhengding.sandbox.messages.mailbox import Mailbox, Sent
from connectors.zhezhengding.sandbox.office.asking import Asked
from connectors.zhezhengding.sandbox.office.circles import Circles, Colleague
from connectors.zhezhengding.sandbox.office.reading import Readers
from connectors.zhezhengding.sandbox.office.tellers import asked_in, known_person, told_of, viewer_in, written
from connectors.zhezhengding.sandbox.office.writes import Writes
from connectors.zhezhengding.settings import ZhezhengdingSettings

ROOT = "/tongxin/messages"
_TOLD_RECEIVERS = 20
_NEWEST: Order[Sent] = Order("newest", lambda message: (-message.sent_at.timestamp(), message.id))


class Messages:
    """Keeps what is sent; lives as long as the sandbox."""

    def __init__(self, settings: ZhezhengdingSettings, circles: Circles) -> None:
        self._tenant = str(settings.tenant_id)
        self._circles = circles
        self._mailbox = Mailbox(circles)
        self._readers = Readers(circles.world.today)
        self._writes = Writes()
        self._serial = count(1)

    def operations(self, gate: Gate) -> list[Operation]:
        """What it answers, by the contract's operation ids."""
        works = {
            "list": self.page,
            "get": self.by_id,
            "send": self.send,
            "writes/get": lambda call: told_of(call, self._tenant, self._writes),
        }
        return [gate.post(f"{ROOT}/{path}", work, f"messages.{path.replace('/', '.')}") for path, work in works.items()]

    def page(self, call: Call) -> Response:
        """One page per employee."""
        names = ("employeeCodes", "kinds", "unreadOnly", "first", "after", "withTotal")
        asked = asked_in(call, self._tenant, names)
        wanted, kinds, unread = asked.page(_NEWEST), asked.choices("kinds", MessageKind), asked.flag("unreadOnly")
        items = []
        for owner in asked.keys("employeeCodes"):
            if owner not in self._circles.people:
                continue
            found = [m for m in self._mailbox.of_employee(owner) if not kinds or m.kind in kinds]
            if unread:
                found = [message for message in found if self._read_at(owner, message) is None]
            page = _NEWEST.page(sorted(found, key=_NEWEST.place), wanted, partial(self._row, owner))
            if page["total"] is None:
                del page["total"]
            items.append({"employeeCode": owner, **page})
        return succeeded({"items": items})

    def by_id(self, call: Call) -> Response:
        """By id, for a viewer."""
        asked = asked_in(call, self._tenant, ("ids", "viewerEmployeeCode", "viewerStaff"))
        viewer = viewer_in(asked)
        found = [message for message in map(self._mailbox.find, asked.keys("ids")) if message is not None]
        seen = [m for m in found if viewer.staff or (viewer.employee is not None and m.concerns(viewer.employee))]
        return succeeded({"items": [self._row(viewer.employee, message) for message in seen]})

    def send(self, call: Call) -> Response:
        """Send one in an employee's name."""
        names = ("writeId", "employeeCode", "kind", "title", "body", "groupName", "receiverCodes")
        asked = asked_in(call, self._tenant, names)
        sender = known_person(self._circles, asked.key("employeeCode"))
        kind = asked.choice("kind", MessageKind)
        receivers = [known_person(self._circles, code) for code in asked.keys("receiverCodes")]
        title, group = _heading(asked, kind, receivers)
        body = asked.text("body", 500 if kind is MessageKind.SMS else 20_000)

        def do(now: datetime) -> dict[str, Any]:
            message = Sent(f"XS{next(self._serial):08d}", kind, title, body, now, sender, receivers, group)
            self._mailbox.add(message)
            return self._row(sender.code, message)

        return written(call, asked, self._writes, "messages.send", do)

    def _read_at(self, employee: str | None, message: Sent) -> datetime | None:
        """One's own message counts as read when it was sent."""
        if employee is None:
            return None
        if message.sender.code == employee:
            return message.sent_at
        return self._readers.read_at(employee, message.id, message.sent_at)

    def _row(self, employee: str | None, message: Sent) -> dict[str, Any]:
        read_at = self._read_at(employee, message)
        return {
            "id": message.id,
            "kind": message.kind.value,
            "title": message.title,
            "body": message.body,
            "sentAt": message.sent_at.isoformat(),
            "sender": message.sender.row(),
            "receivers": [one.row() for one in message.receivers[:_TOLD_RECEIVERS]],
            "receiverCount": len(message.receivers),
            "groupName": message.group,
            "readAt": read_at.isoformat() if read_at else None,
        }


def _heading(asked: Asked, kind: MessageKind, receivers: list[Colleague]) -> tuple[str | None, str | None]:
    """Title and group, as the kind has them: a mail has a title, a group message a group, a chat one receiver."""
    title, group = asked.words("title", 200), asked.words("groupName", 100)
    if (title is not None) is not (kind is MessageKind.MAIL):
        raise FailedError(PARAMETER_INVALID, "title goes with MAIL")
    if (group is not None) is not (kind is MessageKind.GROUP):
        raise FailedError(PARAMETER_INVALID, "groupName goes with GROUP")
    if kind is MessageKind.CHAT and len(receivers) > 1:
        raise FailedError(PARAMETER_INVALID, "a chat has one receiver")
    return title, group
