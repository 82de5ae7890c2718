"""The platform's refusals in our terms (contract/registry.yaml, RFC 9457; token endpoint: RFC 6749 section 5.2)."""

import re
from http import HTTPStatus

import msgspec

from connectors.duty.payloads import ProblemPayload
from connectors.errors import (
    BadCursorError,
    NotAllowedError,
    NotFoundError,
    PlatformError,
    RangeTooWideError,
    RefusedSignatureError,
    RejectedInputError,
    SlowDownError,
    UnexpectedAnswerError,
)
from connectors.transport import Answer

_CODE = re.compile(r"[A-Z][A-Z0-9_]{0,63}")
_ERRORS: dict[int, type[PlatformError]] = {
    HTTPStatus.BAD_REQUEST: RejectedInputError,
    HTTPStatus.UNAUTHORIZED: RefusedSignatureError,
    HTTPStatus.FORBIDDEN: NotAllowedError,
    HTTPStatus.NOT_FOUND: NotFoundError,
    HTTPStatus.UNPROCESSABLE_ENTITY: RejectedInputError,
    HTTPStatus.TOO_MANY_REQUESTS: SlowDownError,
}
_OF_CODE: dict[str, type[PlatformError]] = {"RANGE_TOO_WIDE": RangeTooWideError, "INVALID_CURSOR": BadCursorError}
_TOKEN_ERRORS: dict[int, type[PlatformError]] = {
    HTTPStatus.BAD_REQUEST: RefusedSignatureError,  # a scope or grant we may not have: settings to mend
    HTTPStatus.UNAUTHORIZED: RefusedSignatureError,
    HTTPStatus.FORBIDDEN: RefusedSignatureError,
    HTTPStatus.TOO_MANY_REQUESTS: SlowDownError,
}


def error_from(answer: Answer) -> PlatformError:
    """The error an answer other than 200 stands for."""
    return _error(answer, _ERRORS)


def token_error_from(answer: Answer) -> PlatformError:
    """The same for the token endpoint, where every refusal is about us."""
    return _error(answer, _TOKEN_ERRORS)


def _error(answer: Answer, errors: dict[int, type[PlatformError]]) -> PlatformError:
    code = _code_in(answer)
    kind = errors.get(answer.status, UnexpectedAnswerError)
    if kind is RejectedInputError:
        kind = _OF_CODE.get(code or "", kind)
    return kind(answer.platform, answer.operation, f"HTTP {answer.status}", upstream_code=code)


def _code_in(answer: Answer) -> str | None:
    """The problem's code. Anything that is not built like one is left: it could be any text."""
    try:
        code = msgspec.json.decode(answer.body, type=ProblemPayload).code
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    return code if _CODE.fullmatch(code) else None
