"""Messages as a work notification's ``msg`` has them (wire-formats A6.1). Pure."""

from functools import singledispatch
from typing import Any

import msgspec

from connectors.records.notification import (
    ActionCardMessage,
    LinkMessage,
    MarkdownMessage,
    OfficeMessage,
    TextMessage,
    WorkMessage,
)

MOST_BYTES = 2048


def msg_from(message: WorkMessage) -> str:
    """The message as JSON."""
    kind, body = _card(message)
    return msgspec.json.encode({"msgtype": kind, kind: body}).decode()


@singledispatch
def _card(message: object) -> tuple[str, dict[str, Any]]:
    raise TypeError(type(message).__name__)


@_card.register
def _(message: TextMessage) -> tuple[str, dict[str, Any]]:
    return "text", {"content": message.content}


@_card.register
def _(message: LinkMessage) -> tuple[str, dict[str, Any]]:
    link = {"messageUrl": message.url, "picUrl": message.picture_url or "", "title": message.title}
    return "link", link | {"text": message.text}


@_card.register
def _(message: MarkdownMessage) -> tuple[str, dict[str, Any]]:
    return "markdown", {"title": message.title, "text": message.text}


@_card.register
def _(message: OfficeMessage) -> tuple[str, dict[str, Any]]:
    body: dict[str, Any] = {"title": message.title}
    if message.form:
        body["form"] = [{"key": line.name, "value": line.value} for line in message.form]
    said = {"content": message.content, "author": message.author}
    body |= {name: text for name, text in said.items() if text}
    return "oa", {
        "message_url": message.url,
        "pc_message_url": message.desktop_url or message.url,
        "head": {"bgcolor": message.head_color, "text": message.head},
        "body": body,
    }


@_card.register
def _(message: ActionCardMessage) -> tuple[str, dict[str, Any]]:
    return "action_card", {
        "title": message.title,
        "markdown": message.markdown,
        "btn_orientation": "1" if message.side_by_side else "0",
        "btn_json_list": [{"title": button.title, "action_url": button.url} for button in message.buttons],
    }
