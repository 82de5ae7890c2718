"""A platform's refusals in our terms (RFC 9457 with our contracts' codes; token endpoint: RFC 6749 section 5.2)."""

import re
from http import HTTPStatus

import msgspec

from connectors.contracted.payloads import ProblemPayload
from connectors.errors import (
    BadCursorError,
    ForbiddenMoveError,
    NotAllowedError,
    NotFoundError,
    PlatformError,
    RangeTooWideError,
    RefusedSignatureError,
    RejectedInputError,
    SlowDownError,
    UnexpectedAnswerError,
    WriteIdReusedError,
)
from connectors.rejections import REJECTIONS
from connectors.transport import Answer
from connectors.upstream_codes import is_code

_CODE = re.compile(r"[A-Z][A-Z0-9_]{0,63}")
_ERRORS: dict[int, type[PlatformError]] = {
    HTTPStatus.BAD_REQUEST: RejectedInputError,
    HTTPStatus.UNAUTHORIZED: RefusedSignatureError,
    HTTPStatus.FORBIDDEN: NotAllowedError,
    HTTPStatus.NOT_FOUND: NotFoundError,
    HTTPStatus.CONFLICT: RejectedInputError,
    HTTPStatus.UNPROCESSABLE_ENTITY: RejectedInputError,
    HTTPStatus.TOO_MANY_REQUESTS: SlowDownError,
}
_OF_CODE: dict[str, type[PlatformError]] = {
    "RANGE_TOO_WIDE": RangeTooWideError,
    "INVALID_CURSOR": BadCursorError,
    "FORBIDDEN_TRANSITION": ForbiddenMoveError,
    "WRITE_ID_REUSED": WriteIdReusedError,
    **REJECTIONS,
}
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
    problem = _problem_in(answer)
    code = problem.code if problem else None
    kind = errors.get(answer.status, UnexpectedAnswerError)
    if kind is RejectedInputError:
        kind = _OF_CODE.get(code or "", kind)
    error = kind(answer.platform, answer.operation, f"HTTP {answer.status}", upstream_code=code)
    if problem and isinstance(error, ForbiddenMoveError):
        allowed = problem.allowed if isinstance(problem.allowed, list) else []
        error.allowed = tuple(state for state in allowed if isinstance(state, str) and _CODE.fullmatch(state))
    return error


def _problem_in(answer: Answer) -> ProblemPayload | None:
    """The problem, where its code is built like one: else it could be any text."""
    try:
        problem = msgspec.json.decode(answer.body, type=ProblemPayload)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    return problem if _CODE.fullmatch(problem.code) and is_code(problem.code) else None
