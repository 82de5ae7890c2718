"""Rows of ``contract/messages.yaml``, and the records they become."""

# ruff: noqa: N815 - the contract's spelling

from datetime import datetime

from connectors.records.message import Message, MessageKind
from connectors.zhezhengding.office.mapping import each_of, maybe, person_from, text_or_none
from connectors.zhezhengding.office.pages import OwnPayload, Shape
from connectors.zhezhengding.office.payloads import PersonPayload


class MessagePayload(OwnPayload, kw_only=True):
    """A message; ``readAt`` is the viewer's or the owner's."""

    kind: MessageKind
    body: str
    sentAt: datetime
    sender: PersonPayload
    receivers: list[PersonPayload]
    receiverCount: int
    title: str | None = None
    groupName: str | None = None
    readAt: datetime | None = None


def _message_from(payload: MessagePayload) -> Message:
    return Message(
        key=payload.id,
        kind=payload.kind,
        title=text_or_none(payload.title),
        body=payload.body,
        sent_at=payload.sentAt,
        sender=maybe(payload.sender, person_from),
        receivers=each_of(payload.receivers, person_from),
        receiver_count=payload.receiverCount,
        group=text_or_none(payload.groupName),
        read_at=payload.readAt,
    )


MESSAGES = Shape(MessagePayload, _message_from)
