"""Messages between people of the work app: chat, group, internal mail (内部邮件), platform SMS (平台短信)."""

import enum
from datetime import datetime

from connectors.records.official import OfficialRef
from connectors.records.record import Record


class MessageKind(enum.Enum):
    """How a message travels (domain-terms section 7a)."""

    CHAT = "CHAT"
    GROUP = "GROUP"
    MAIL = "MAIL"
    SMS = "SMS"


class Message(Record, frozen=True):
    """A message. ``receivers`` names the first twenty of ``receiver_count``.

    ``read_at`` is when the person it was read for opened it; their own messages count as read when sent.
    """

    key: str
    kind: MessageKind
    title: str | None
    body: str
    sent_at: datetime
    sender: OfficialRef
    receivers: tuple[OfficialRef, ...]
    receiver_count: int
    group: str | None
    read_at: datetime | None


class MessageQuery(Record, frozen=True):
    """Which messages of an employee; no kind means every kind."""

    kinds: tuple[MessageKind, ...] = ()
    unread_only: bool = False


class NewMessage(Record, frozen=True):
    """A message to be sent to employees, at most 100. Mail needs a title, a group message the group's name.

    ``write_id`` is ours and makes it idempotent: 16 to 64 of ``[A-Za-z0-9_-]``.
    """

    write_id: str
    kind: MessageKind
    body: str
    receivers: tuple[str, ...]
    title: str | None = None
    group: str | None = None
