"""Takes an answer out of its envelope, or tells what the platform's code means (wire-formats A3).

E1 wraps twice (``content.data``), E2 once (``content``), E3 is the platform's own gateway saying no, with
capitalised keys. ``data`` may be a JSON string that holds JSON.
"""

# ruff: noqa: N815 - upstream's spelling

import re
from typing import TypeVar

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType

from connectors.errors import (
    NotAllowedError,
    PlatformError,
    RefusedSignatureError,
    RejectedInputError,
    SignInNeededError,
    SlowDownError,
    UnexpectedAnswerError,
)
from connectors.transport import Answer

T = TypeVar("T")
UpstreamCode = str | int | None

_TOO_MANY_REQUESTS = 429
_FIRST_FAILURE = 300
_CODE = re.compile(r"[A-Za-z0-9_.-]{1,64}")  # anything else could be any text


class AppTokenEndedError(UnexpectedAnswerError):
    """The application's token is not taken, so the client renews it once.

    Where even a new one is not taken, this reaches the caller: nothing is to be done here, asking later may help.
    """


_MEANINGS: dict[str, type[PlatformError]] = {
    "240111": SignInNeededError,  # login code unknown or used
    "240133": AppTokenEndedError,
    "250027": AppTokenEndedError,
    "240132": NotAllowedError,
    "300037": NotAllowedError,  # organisation outside what the application may read
    "MFH-B003-02-16-0037": NotAllowedError,
}
_GATEWAY_FAMILY = "OPF-"  # the open platform's gateway: key, clock, nonce, signature


class EnvelopePayload(Struct):
    """Outer form of E1, E2 and E3; ``success`` is what makes it an envelope."""

    success: bool
    content: Raw | UnsetType = UNSET
    Code: UpstreamCode = None
    bizErrorCode: UpstreamCode = None
    errorCode: UpstreamCode = None


class ContentPayload(Struct):
    """Inner form of E1; an E2 content may lack all of it."""

    success: bool | UnsetType = UNSET
    data: Raw | UnsetType = UNSET
    responseCode: UpstreamCode = None
    bizErrorCode: UpstreamCode = None


_ENVELOPE = msgspec.json.Decoder(EnvelopePayload, strict=False)
_CONTENT = msgspec.json.Decoder(ContentPayload, strict=False)
_TEXT = msgspec.json.Decoder(str)
_NOTHING = b"null"


def unwrapped(answer: Answer, shape: msgspec.json.Decoder[T]) -> T:
    """Read what the envelope holds in that shape; a successful E1 without ``data`` holds ``null``.

    Raises:
        SlowDownError: HTTP 429.
        UnexpectedAnswerError: no envelope, or its content has another shape.
        PlatformError: what the platform's code means; ``upstream_code`` carries it.
    """
    if answer.status == _TOO_MANY_REQUESTS:
        raise SlowDownError(answer.platform, answer.operation, "HTTP 429")
    try:
        outer = _ENVELOPE.decode(answer.body)
        content = _content_of(outer)
        if not outer.success or content.success is False:
            raise _failure(answer, outer, content)
        if answer.status >= _FIRST_FAILURE:
            raise UnexpectedAnswerError(answer.platform, answer.operation, f"HTTP {answer.status} with success")
        return _decoded(_held(outer, content), shape)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        detail = f"HTTP {answer.status}, not the form"
        raise UnexpectedAnswerError(answer.platform, answer.operation, detail) from error


def _content_of(outer: EnvelopePayload) -> ContentPayload:
    if outer.content is UNSET or not bytes(outer.content).startswith(b"{"):
        return ContentPayload()
    return _CONTENT.decode(outer.content)


def _held(outer: EnvelopePayload, content: ContentPayload) -> bytes:
    if content.data is not UNSET:
        return bytes(content.data)
    if content.success is not UNSET or outer.content is UNSET:
        return _NOTHING
    return bytes(outer.content)


def _decoded(held: bytes, shape: msgspec.json.Decoder[T]) -> T:
    return shape.decode(_TEXT.decode(held) if held.startswith(b'"') else held)


def _failure(answer: Answer, outer: EnvelopePayload, content: ContentPayload) -> PlatformError:
    """The first code that we know decides; the sources disagree on which key carries it."""
    given = (content.bizErrorCode, content.responseCode, outer.bizErrorCode, outer.Code, outer.errorCode)
    codes = [str(code) for code in given if code not in (None, "", 0, "0") and _CODE.fullmatch(str(code))]
    known = next((code for code in codes if code in _MEANINGS or code.startswith(_GATEWAY_FAMILY)), None)
    code = known or (codes[0] if codes else None)
    kind = RejectedInputError if known is None else _MEANINGS.get(known, RefusedSignatureError)
    return kind(answer.platform, answer.operation, f"code {code}", upstream_code=code)
