"""Answers of the classic sign-on, JSON or XML, and its codes in our terms (wire-formats B2, F9)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree as ET

from connectors.errors import (
    PlatformError,
    RefusedSignatureError,
    RejectedInputError,
    SignInNeededError,
    UnexpectedAnswerError,
)
from connectors.transport import Answer
from connectors.zheliban.envelope import refuse

_CODE = re.compile(r"[0-9]{1,6}")
_TICKET = {"6001", "6002", "6003", "6004"}  # ended, none, another application's, bad format
_TOKEN = {"6501", "6502", "6504", "6505"}
_GATEWAY = {"9900", "9901", "9902", "9903", "9904"}  # code, signature, time, our address; the service was stopped
_INPUT = re.compile("6[34][0-9]{2}")  # password validation, ticket delegation: not used here
_DECLARES = re.compile(r"<!(?!\[CDATA\[|--)")
_LONGEST_XML = 256 * 1024
_OK = "0"
_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Fields:
    """What an answer with code 0 holds: flat fields, texts or numbers alike."""

    platform: str
    operation: str
    values: Mapping[str, Any] = field(repr=False)

    def text(self, name: str) -> str | None:
        """A field as text; None where it is missing, empty or of another type."""
        value = self.values.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        return value or None if isinstance(value, str) else None

    def required(self, name: str) -> str:
        """A field without which nothing is known; raises ``UnexpectedAnswerError``."""
        value = self.text(name)
        if value is None:
            raise UnexpectedAnswerError(self.platform, self.operation, f"no {name}")
        return value


def fields_from(answer: Answer) -> Fields:
    """Read an answer in whichever form it came; code and fields may be texts or numbers.

    Raises:
        SignInNeededError: the ticket or the platform's own token is used, ended or another's.
        RefusedSignatureError: code, signature, time or our address is refused, or the service stopped for us.
        RejectedInputError: codes of what is not used here.
        UnexpectedAnswerError: the platform failed (6099, 6503, 6599, 9800, unknown codes), or it is no such answer.
        PlatformError: what ``envelope.refuse`` raises for another HTTP status.
    """
    refuse(answer)
    xml = answer.body.removeprefix(_MARK).lstrip()[:1] == b"<"
    values = _xml_fields(answer) if xml else answer.decoded(dict[str, Any])
    fields = Fields(answer.platform, answer.operation, values)
    code = fields.text("result") or ""
    if code == _OK:
        return fields
    known = code if _CODE.fullmatch(code) else None
    raise _kind_of(code)(answer.platform, answer.operation, known or "no code", upstream_code=known)


def _kind_of(code: str) -> type[PlatformError]:
    if code in _TICKET | _TOKEN:
        return SignInNeededError
    if code in _GATEWAY:
        return RefusedSignatureError
    return RejectedInputError if _INPUT.fullmatch(code) else UnexpectedAnswerError


def _xml_fields(answer: Answer) -> dict[str, Any]:
    """Read the flat XML.

    The standard library's parser expands entities without bound, so what could declare one is refused unread: only a
    document type can, and after ``<!`` nothing is let through but CDATA and comments. As the text is decoded as UTF-8
    first, nothing can hide in another encoding. An element within a field makes the field no text.
    """
    broken = UnexpectedAnswerError(answer.platform, answer.operation, "XML not of the form")
    try:
        text = answer.body.removeprefix(_MARK).decode().strip()
    except UnicodeDecodeError as error:
        raise broken from error
    if len(text) > _LONGEST_XML or _DECLARES.search(text):
        raise broken
    try:
        root = ET.fromstring(text)  # noqa: S314 - see above: no entities, bounded
    except (ET.ParseError, ValueError) as error:
        raise broken from error
    return {child.tag: None if len(child) else child.text or "" for child in root}
