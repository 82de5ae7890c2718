"""Takes an answer out of its envelope, or tells what the platform's code means (wire-formats A3).

E1 wraps twice (``content.data``), E2 once (``content``), E3 is the platform's own gateway saying no, with
capitalised keys, E4 has ``data`` outside. What is held may be a JSON string that holds JSON.
"""

# ruff: noqa: N815 - upstream's spelling

from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType

from connectors.errors import PlatformError, SlowDownError, UnexpectedAnswerError
from connectors.lenient import NOT_THE_FORM
from connectors.transport import Answer
from connectors.zhezhengding.refusing import Said, failure_from

T = TypeVar("T")

_TOO_MANY_REQUESTS = 429
_FIRST_FAILURE = 300
_NON_AUTHORITATIVE = 203  # the official SDK takes it for a failure
_NOTHING = b"null"


class EnvelopePayload(Struct):
    """Outer form of E1 to E4; ``success`` is what makes it an envelope."""

    success: bool
    content: Raw | UnsetType = UNSET
    data: Raw | UnsetType = UNSET
    Code: Any = None
    Message: Any = None
    code: Any = None
    bizErrorCode: Any = None
    errorCode: Any = None
    errorMsg: Any = None


class ContentPayload(Struct):
    """Inner form of E1; an E2 content may lack all of it. What pages tell beside their rows stands here."""

    success: bool | UnsetType = UNSET
    data: Raw | UnsetType = UNSET
    responseCode: Any = None
    responseMessage: Any = None
    bizErrorCode: Any = None
    totalSize: Any = None


@dataclass(frozen=True, slots=True)
class Held:
    """What an envelope held, as JSON, and how many rows there are in all where a page said so."""

    platform: str
    operation: str
    raw: bytes
    total: Any = None

    def decoded(self, shape: msgspec.json.Decoder[T]) -> T:
        """Read it in that shape; raises ``UnexpectedAnswerError`` when it is not."""
        try:
            return self.strictly(shape)
        except NOT_THE_FORM as error:
            raise UnexpectedAnswerError(self.platform, self.operation, "not the form") from error

    def strictly(self, shape: msgspec.json.Decoder[T]) -> T:
        """Read it in that shape, once more out of a string where it is one; raises what msgspec raises."""
        if not self.raw.startswith(b'"'):
            return shape.decode(self.raw)
        try:
            return shape.decode(self.unquoted)
        except NOT_THE_FORM:
            return shape.decode(self.raw)  # a string that is meant as one

    @property
    def unquoted(self) -> bytes:
        """The JSON out of its string, where it is one."""
        return _TEXT.decode(self.raw).encode() if self.raw.startswith(b'"') else self.raw


_ENVELOPE = msgspec.json.Decoder(EnvelopePayload, strict=False)
_CONTENT = msgspec.json.Decoder(ContentPayload, strict=False)
_TEXT = msgspec.json.Decoder(str)


def held_in(answer: Answer) -> Held:
    """Take out what the envelope holds; a successful E1 without ``data`` holds ``null``.

    Raises:
        SlowDownError: HTTP 429.
        UnexpectedAnswerError: no envelope, or an HTTP status of failure around a success.
        PlatformError: what the platform's code means; ``upstream_code`` carries it.
    """
    if answer.status == _TOO_MANY_REQUESTS:
        raise SlowDownError(answer.platform, answer.operation, "HTTP 429")
    try:
        outer = _ENVELOPE.decode(answer.body)
        content = _content_of(outer)
    except NOT_THE_FORM as error:
        detail = f"HTTP {answer.status}, not the form"
        raise UnexpectedAnswerError(answer.platform, answer.operation, detail) from error
    if not outer.success or content.success is False:
        raise _failure(answer, outer, content)
    if answer.status >= _FIRST_FAILURE or answer.status == _NON_AUTHORITATIVE:
        raise UnexpectedAnswerError(answer.platform, answer.operation, f"HTTP {answer.status} with success")
    return Held(answer.platform, answer.operation, _held(outer, content), content.totalSize)


def _content_of(outer: EnvelopePayload) -> ContentPayload:
    if outer.content is UNSET or not bytes(outer.content).startswith(b"{"):
        return ContentPayload()
    return _CONTENT.decode(outer.content)


def _held(outer: EnvelopePayload, content: ContentPayload) -> bytes:
    if content.data is not UNSET:
        return bytes(content.data)
    if outer.content is UNSET:
        return _NOTHING if outer.data is UNSET else bytes(outer.data)
    return _NOTHING if content.success is not UNSET else bytes(outer.content)


def _failure(answer: Answer, outer: EnvelopePayload, content: ContentPayload) -> PlatformError:
    codes = (content.bizErrorCode, content.responseCode, outer.bizErrorCode, outer.Code, outer.code, outer.errorCode)
    words = (outer.Message, content.responseMessage, outer.errorMsg)
    business = content.success is False or (outer.errorCode is not None and outer.Code is None)  # E1, E2
    return failure_from(answer.platform, answer.operation, Said(codes, words, inside=business))
