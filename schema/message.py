"""Messages between people of the work app: the asker's own."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import strawberry

from connectors.ports import MessageSource
from connectors.records.message import MessageKind, MessageQuery
from connectors.viewer import PersonalClass, Scope
from schema.declarations import Requirement
from schema.fields import CHINESE, argument, described, identifier, optional, value
from schema.official import Official
from schema.paging import connection

strawberry.enum(MessageKind, description="How a message travels.")
setattr(MessageKind, CHINESE, "消息的类型")


@strawberry.input(description="Which messages; what is left out does not matter.")
class MessageFilter:
    """All fields optional."""

    kinds: list[MessageKind] | None = optional("消息类型，任一即可", "Of one of these kinds.")
    unread_only: bool | None = optional("只看未读", "Only those not read yet.")


setattr(MessageFilter, CHINESE, "消息的筛选条件，均可不填")


@described(zh="消息：聊天、群聊、内部邮件或平台短信", en="A message: chat, group, internal mail or the platform's SMS.")
class Message:
    """Read from ``connectors.records.message.Message``.

    Found in one's own list only, never by its id, which staff could try: what people write to each other is theirs.
    """

    id: strawberry.ID = identifier("Message")
    kind: MessageKind | None = value("kind", zh="类型", en="How it travels.")
    title: str | None = value("title", zh="标题；只有邮件有", en="Its title; null but for mail.")
    body: str | None = value("body", zh="正文", en="What it says.")
    sent_at: datetime | None = value("sent_at", zh="发送时间", en="When it was sent.")
    sender: Official | None = value("sender", personal=PersonalClass.PUBLIC_OFFICE, zh="发送人", en="Who wrote it.")
    receivers: list[Official | None] | None = value(
        "receivers",
        personal=PersonalClass.PUBLIC_OFFICE,
        zh="接收人，最多列出前 20 位",
        en="To whom: the first twenty.",
    )
    receiver_count: int | None = value("receiver_count", zh="接收人数", en="To how many it went.")
    group: str | None = value("group", zh="群名；不是群聊为空", en="The group's name; null but for group messages.")
    read_at: datetime | None = value(
        "read_at",
        personal=PersonalClass.OWN_CHOICE,
        zh="本人阅读时间；未读为空，本人发出的视为已读",
        en="When the asker opened it; null before, and when it was sent if the asker wrote it.",
    )


def _query(arguments: Mapping[str, Any]) -> tuple[MessageQuery]:
    chosen = arguments.get("filter") or {}
    kinds = dict.fromkeys(chosen.get("kinds") or ())
    return (MessageQuery(kinds=tuple(kinds), unread_only=bool(chosen.get("unreadOnly"))),)


MESSAGES: Any = connection(
    MessageSource.list_messages,
    arguments=(argument("filter", MessageFilter | None, zh="筛选", en="Which messages."),),
    taken=_query,
    asker=lambda viewer: viewer.employee_code,
    requires=Requirement(Scope.OFFICE_READ),
    personal=PersonalClass.OWN_CHOICE,
    zh="本人收发的消息，新的在前；没有浙政钉账号为空",
    en="What the asker wrote and got, newest first; null without a work account.",
)
