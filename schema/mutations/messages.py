"""Messages of officials: to one, to some, to a group."""

from typing import Any

import strawberry
from msgspec import structs

from connectors.ports import Messenger
from connectors.records.effect import EffectKind
from connectors.records.message import Message as MessageRecord
from connectors.records.message import MessageKind, NewMessage
from connectors.viewer import Ask, Viewer
from schema.acts import Act, Given, InputError
from schema.fields import CHINESE, described, mutation, needed, optional, value
from schema.message import Message
from schema.mutations.desk import AT_ONES_DESK, at_desk
from schema.mutations.naming import some_in
from schema.mutations.payload import WritePayload, idempotency_key
from schema.mutations.texts import text

TITLE, GROUP, BODY, SMS, MOST = 200, 100, 20_000, 500, 100
"""What the work app takes at most."""


@strawberry.input(description="A message to officials.")
class SendMessageInput:
    """See ``connectors.records.message.NewMessage``."""

    kind: MessageKind = needed("消息的类型", "How it travels.")
    receiver_ids: list[strawberry.ID] = needed(
        "接收人的全局标识，1 至 100 位；单聊只有 1 位",
        "Global ids of the officials it goes to, 1 to 100; a chat has one.",
    )
    title: str | None = optional("标题，至多 200 字；邮件必填，其他没有", "Of mail, and of nothing else: its title.")
    group: str | None = optional(
        "群名，至多 100 字；群聊必填，其他没有", "Of a group message, and of nothing else: the group's name."
    )
    body: str = needed("正文，至多 20000 字，短信至多 500 字", "What it says, at most 20,000 characters, 500 by SMS.")
    idempotency_key: str | None = idempotency_key()


setattr(SendMessageInput, CHINESE, "发给公职人员的消息")


@described(zh="发送的结果", en="What came of sending a message.")
class SendMessagePayload(WritePayload):
    """Read from ``schema.acts.Payload``."""

    message: Message | None = value("entity", zh="已发送的消息", en="The message; null while it is on its way.")


def _message_of(given: Given, _: Viewer) -> NewMessage:
    kind: MessageKind = given["kind"]
    receivers = some_in(given, "receiverIds", "Official", MOST if kind is not MessageKind.CHAT else 1)
    return NewMessage(
        write_id="",  # known once it is kept
        kind=kind,
        body=text(given["body"], "body", SMS if kind is MessageKind.SMS else BODY),
        receivers=receivers,
        title=_heading(given, "title", TITLE, needed_here=kind is MessageKind.MAIL),
        group=_heading(given, "group", GROUP, needed_here=kind is MessageKind.GROUP),
    )


def _heading(given: Given, field: str, most: int, *, needed_here: bool) -> str | None:
    """What one kind of message has and the others have not. Raises ``InputError``."""
    told = given.get(field)
    if needed_here:
        return text(told or "", field, most)
    if told is not None:
        raise InputError("NOT_FOR_THIS_KIND", field)
    return None


async def _send(method: Any, request: NewMessage, write_id: str, ask: Ask) -> MessageRecord:
    sent: MessageRecord = await method(structs.replace(request, write_id=write_id), ask)
    return sent


SEND_MESSAGE = Act(
    "sendMessage",
    EffectKind.MESSAGE,
    Messenger.send_message,
    NewMessage,
    _message_of,
    subject=at_desk,
    call=_send,
    changes=lambda *_: ("messages",),
)


@described(zh="消息的发送", en="Sending messages.")
class MessageMutations:
    """Part of ``Mutation``."""

    send_message: SendMessagePayload | None = mutation(
        SEND_MESSAGE,
        SendMessageInput,
        requires=AT_ONES_DESK,
        zh="以本人名义发消息给一人、数人或一个群",
        en="Sends a message in one's own name to one, some or a group.",
    )
