"""The platform's envelope, and its refusals in our terms (wire-formats B3, B5)."""

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec

from connectors.errors import (
    BadCursorError,
    ForbiddenMoveError,
    NotAllowedError,
    NotFoundError,
    PlatformError,
    RangeTooWideError,
    RefusedSignatureError,
    RejectedInputError,
    SignInNeededError,
    SlowDownError,
    UnexpectedAnswerError,
    WriteIdReusedError,
)
from connectors.transport import Answer
from connectors.upstream_codes import is_code

T = TypeVar("T")
_OK, _UNAUTHORIZED, _TOO_MANY = 200, 401, 429
_NOT_THE_FORM = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
_OF_CODE: dict[str, type[PlatformError]] = {
    "C-USER-SSO-TICKET-INVALID": SignInNeededError,
    "C-USER-SSO-TOKEN-INVALID": SignInNeededError,
    "SYSTEM-ERROR": UnexpectedAnswerError,
}
_OF_ENDING: dict[str, type[PlatformError]] = {
    "CURSOR-INVALID": BadCursorError,
    "RANGE-TOO-WIDE": RangeTooWideError,
    "NOT-FOUND": NotFoundError,
    "NOT-ALLOWED": NotAllowedError,
    "MOVE-FORBIDDEN": ForbiddenMoveError,
    "WRITE-ID-REUSED": WriteIdReusedError,
    "SYSTEM-ERROR": UnexpectedAnswerError,
}
"""Codes of our own contracts, without the word before them that tells the service."""
_ROUTE_FORBIDDEN = "The route_id is forbidden."
_REFUSALS = frozenset({"Invalid signature", "Invalid access key", "Clock skew exceeded"})


class EnvelopePayload(msgspec.Struct):
    """What stands around every answer that came through."""

    success: bool
    errorCode: str | None = None  # noqa: N815 - upstream's spelling
    data: msgspec.Raw = msgspec.Raw(b"null")


class RefusalPayload(msgspec.Struct):
    """The bare object of an HTTP 401."""

    message: str = ""


class MovesPayload(msgspec.Struct):
    """What the refusal of a forbidden move holds."""

    allowed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Data:
    """What an envelope held, not read yet."""

    platform: str
    operation: str
    raw: msgspec.Raw = field(repr=False)

    def decoded(self, shape: type[T]) -> T:
        """Read it as that type; raises ``UnexpectedAnswerError`` when it is not."""
        try:
            return msgspec.json.decode(self.raw, type=shape)
        except _NOT_THE_FORM as error:
            raise self._unexpected() from error

    def _unexpected(self) -> UnexpectedAnswerError:
        return UnexpectedAnswerError(self.platform, self.operation, "data not in the form")


def data_from(answer: Answer) -> Data:
    """Take the envelope off.

    Raises:
        RefusedSignatureError: HTTP 401: key, clock or signature.
        NotAllowedError: HTTP 401: the application may not call that component.
        SlowDownError: HTTP 429.
        SignInNeededError: the ticket or token is used, ended or another's.
        RejectedInputError: any other code of the envelope.
        UnexpectedAnswerError: the platform says that it failed; or neither the envelope nor one of these.
    """
    refuse(answer)
    envelope: EnvelopePayload = answer.decoded(EnvelopePayload)
    if envelope.success:
        return Data(answer.platform, answer.operation, envelope.data)
    raise _refusal_from(answer, envelope)


def _refusal_from(answer: Answer, envelope: EnvelopePayload) -> PlatformError:
    """What the envelope's code means; a forbidden move's data say which moves there are."""
    code = envelope.errorCode or ""
    known = code if is_code(code) else None
    kind = _OF_CODE.get(code) or _OF_ENDING.get(code.partition("-")[2], RejectedInputError)
    error = kind(answer.platform, answer.operation, known or "no code", upstream_code=known)
    if isinstance(error, ForbiddenMoveError):
        data = Data(answer.platform, answer.operation, envelope.data)
        with suppress(UnexpectedAnswerError):
            error.allowed = tuple(state for state in data.decoded(MovesPayload).allowed if is_code(state))
    return error


def refuse(answer: Answer) -> None:
    """Raise for an HTTP status that is no success, whatever form the answer has; known messages only go on."""
    if answer.status == _OK:
        return
    if answer.status == _TOO_MANY:
        raise SlowDownError(answer.platform, answer.operation, "HTTP 429")
    if answer.status != _UNAUTHORIZED:
        raise UnexpectedAnswerError(answer.platform, answer.operation, f"HTTP {answer.status}")
    refusal: RefusalPayload = answer.decoded(RefusalPayload)
    if refusal.message == _ROUTE_FORBIDDEN:
        raise NotAllowedError(answer.platform, answer.operation, refusal.message)
    detail = refusal.message if refusal.message in _REFUSALS else "HTTP 401"
    raise RefusedSignatureError(answer.platform, answer.operation, detail)
