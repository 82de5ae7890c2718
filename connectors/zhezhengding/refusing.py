"""What the platform's codes mean (wire-formats A3): each row of its table, and what is not in it.

Codes are opaque strings; the sources disagree on which key carries them. The platform's words may name people and
organisations: they are looked at here and go no further.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from connectors.errors import (
    DuplicateWriteError,
    ForbiddenMoveError,
    NotAllowedError,
    PlatformError,
    RefusedSignatureError,
    RejectedInputError,
    SignInNeededError,
    SlowDownError,
    UnexpectedAnswerError,
)
from connectors.upstream_codes import is_code
from connectors.zhezhengding.office.codes import MEANINGS as OUR_OWN

_AGAIN = "重复"  # the words of a refused repetition; its code is not published
_TOO_OFTEN = re.compile("频繁|上限|一天只能")  # of a limit in time; its code is not published either
_PROOF_FAMILY = "OPF-B001-05-16-"  # of which SignatureDoesNotMatch is published
_PROOF_WORDS = re.compile(r"signature|nonce|time-?stamp|(api|app|access)[ _-]?key|app[ _-]?secret|hmac", re.IGNORECASE)


class AppTokenEndedError(UnexpectedAnswerError):
    """The application's token is not taken, so the client renews it once; callers see it as its base."""

    mended = True


class AlreadySentError(DuplicateWriteError):
    """The same idempotency id (``bizMsgId``) was sent before: what it stood for is done."""


MEANINGS: dict[str, type[PlatformError]] = {
    "240111": SignInNeededError,  # login code unknown or used
    "240133": AppTokenEndedError,
    "250027": AppTokenEndedError,
    "240132": NotAllowedError,
    "300037": NotAllowedError,  # organisation outside what the application may read
    "MFH-B003-02-16-0037": NotAllowedError,
    "MFH-B007-02-16-0001": NotAllowedError,  # no to-do of that person's: another's, or none
    "MFH-B007-02-16-0003": ForbiddenMoveError,  # a to-do that is over
    **OUR_OWN,
}


@dataclass(frozen=True, slots=True)
class Said:
    """What stood in a failed answer: its codes, best first; its words; whether ``inside``: the business said so."""

    codes: Sequence[Any]
    words: Sequence[Any]
    inside: bool


def failure_from(platform: str, operation: str, said: Said) -> PlatformError:
    """The error of the first code that we know, else by who said it."""
    codes = [code for code in map(_code_from, said.codes) if code]
    known = next((code for code in codes if code in MEANINGS), None)
    code = known or next(iter(codes), None)
    return _kind(known, codes, said)(platform, operation, f"code {code}", upstream_code=code)


def _kind(known: str | None, codes: Sequence[str], said: Said) -> type[PlatformError]:
    if known is not None:
        return MEANINGS[known]
    if any(code.startswith(_PROOF_FAMILY) for code in codes):
        return RefusedSignatureError
    if said.inside:
        words = " ".join(_texts(said.words))
        if _AGAIN in words:
            return AlreadySentError
        return SlowDownError if _TOO_OFTEN.search(words) else RejectedInputError
    told = [*codes, *_texts(said.words)]
    return RefusedSignatureError if any(map(_PROOF_WORDS.search, told)) else UnexpectedAnswerError


def _texts(values: Sequence[Any]) -> list[str]:
    return [value for value in values if isinstance(value, str)]


def _code_from(value: Any) -> str:
    """A code as text; empty for none, for the code of success and for what is not built like one."""
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return text if text != "0" and is_code(text) else ""
