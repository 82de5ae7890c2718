"""The forms of ``msg`` in a work notification (wire-formats A6.1), as strictly as they are shown there."""

from collections.abc import Mapping
from typing import Any

import msgspec

from connectors.zhezhengding.sandbox.envelopes import FailedError
from connectors.zhezhengding.sandbox.parameters import BAD_PARAMETER

MOST_BYTES = 2048
TOO_LONG = "MFH-B005-02-16-0001"

_TEXTS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "text": (("content",), ()),
    "link": (("messageUrl", "title", "text"), ("picUrl",)),
    "markdown": (("title", "text"), ()),
    "oa": (("message_url",), ("pc_message_url",)),
    "action_card": (("title", "markdown"), ("btn_orientation", "single_title", "single_url")),
}
"""By form: the texts it must have, and those it may have."""


def card_in(msg: str) -> dict[str, Any]:
    """Read ``msg``; raises ``FailedError`` when it is above 2,048 bytes of UTF-8 or none of the forms."""
    if len(msg.encode()) > MOST_BYTES:
        raise FailedError(TOO_LONG, "消息体不能超过2048字节")
    try:
        card = msgspec.json.decode(msg.encode())
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
        raise FailedError(BAD_PARAMETER, "msg is no JSON") from error
    kind = card.get("msgtype") if isinstance(card, dict) else None
    body = card.get(kind) if isinstance(kind, str) and kind in _TEXTS else None
    if not isinstance(kind, str) or not isinstance(body, dict):
        raise FailedError(BAD_PARAMETER, "msg is of no known msgtype")
    required, optional = _TEXTS[kind]
    if not all(_is_said(body.get(name)) for name in required):
        raise FailedError(BAD_PARAMETER, f"{kind} lacks one of {', '.join(required)}")
    if not all(isinstance(body.get(name, ""), str) for name in optional):
        raise FailedError(BAD_PARAMETER, f"{kind} has no text in one of {', '.join(optional)}")
    if (kind == "oa" and not _is_form(body.get("body"))) or (kind == "action_card" and not _has_buttons(body)):
        raise FailedError(BAD_PARAMETER, f"{kind} is not of its form")
    return dict(card)


def _is_said(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_form(body: Any) -> bool:
    if not isinstance(body, dict):
        return False
    lines = body.get("form", [])
    return isinstance(lines, list) and all(isinstance(each, dict) and {"key", "value"} <= each.keys() for each in lines)


def _has_buttons(body: Mapping[str, Any]) -> bool:
    """Either a list of buttons or a single one."""
    buttons = body.get("btn_json_list")
    if buttons is None:
        return _is_said(body.get("single_url"))
    return isinstance(buttons, list) and all(
        isinstance(each, dict) and _is_said(each.get("title")) and _is_said(each.get("action_url")) for each in buttons
    )
