"""What can go wrong while a platform is asked.

PlatformError
├── NotConfiguredError      no credentials here: ours to set
├── UnreachableError        no connection; asking again may help
├── TooSlowError            no answer before the deadline
├── CircuitOpenError        not asked, because it failed too often just now
├── CrowdedError            not asked, because too many calls of ours are under way
├── SlowDownError           the platform says: too many calls
├── RefusedSignatureError   our key, clock or signing is wrong: ours to mend
├── SignInNeededError       the person's token ended and could not be renewed
├── NotAllowedError         the platform knows the person and says no
├── NotFoundError           it knows no such thing
├── RejectedInputError      it refuses the input, with its own code
│   ├── BadCursorError      a cursor that is none of that list
│   ├── RangeTooWideError   more days or rows than it gives at once
│   ├── ForbiddenMoveError  what is to change is in a state that does not allow it
│   ├── WriteIdReusedError  a write's idempotency id stands for another write already
│   └── DuplicateWriteError the same write was done before: nothing more happened
├── UnexpectedAnswerError   it answered, but not in a form we know
└── OutcomeUnknownError     a write was sent and no answer came

The words people read stand in one registry at the edge; here stand the facts. ``detail`` is for the log
only and may name the platform's own code, never a host, a token or a person.
"""

from collections.abc import Mapping
from typing import ClassVar


class PlatformError(Exception):
    """A platform could not serve a call; ``code`` is the stable code callers see."""

    code: str = "PLATFORM_UNAVAILABLE"
    retryable: bool = True
    illness: ClassVar[bool] = True
    """Whether it speaks of the platform's health, or only of this call."""
    asked: ClassVar[bool] = True
    """Whether a call was made, or at least begun."""
    mended: ClassVar[bool] = False
    """Whether who made the call mends it and calls once more: what that call says then counts."""
    facts: ClassVar[Mapping[str, int]] = {}
    """What the registry's words tell besides the platform."""

    def __init__(self, platform: str, operation: str, detail: str = "", *, upstream_code: str | None = None) -> None:
        super().__init__(f"{platform}.{operation}: {detail}" if detail else f"{platform}.{operation}")
        self.platform = platform
        self.operation = operation
        self.detail = detail
        self.upstream_code = upstream_code


class NotConfiguredError(PlatformError):
    """Nobody set the credentials of this platform: it is not asked; the operator can connect it."""

    code = "PLATFORM_NOT_CONFIGURED"
    retryable = False
    illness = False


class UnreachableError(PlatformError):
    """No connection, or it broke before the answer was whole. Asking again may help."""


class TooSlowError(PlatformError):
    """No whole answer before the deadline. Asking again may help."""


class CircuitOpenError(PlatformError):
    """Not asked at all, because it failed too often just now. It is tried again by itself.

    Callers are told what made it so, ``because``, as if this call had failed in that way.
    """

    asked = False

    def __init__(
        self,
        platform: str,
        operation: str,
        detail: str = "",
        *,
        upstream_code: str | None = None,
        because: PlatformError | None = None,
    ) -> None:
        super().__init__(platform, operation, detail, upstream_code=upstream_code)
        self.because = because
        if because is not None:
            self.code, self.retryable = because.code, because.retryable


class CrowdedError(PlatformError):
    """Not asked, because as many of our calls as may be are under way, and others wait. Asking later helps."""

    code = "PLATFORM_BUSY"
    asked = False


class SlowDownError(PlatformError):
    """The platform says that we call too often. Asking later helps."""

    code = "PLATFORM_BUSY"


class RefusedSignatureError(PlatformError):
    """Our key, clock or signing is wrong; asking again does not help, the operator must mend it."""

    code = "PLATFORM_REFUSED_GATEWAY"
    retryable = False


class SignInNeededError(PlatformError):
    """The person's ticket, code or token is used up or ended; a new sign-in helps."""

    code = "SIGN_IN_NEEDED"
    retryable = False
    illness = False


class NotAllowedError(PlatformError):
    """The platform knows who asks and says no; asking again does not help."""

    code = "PLATFORM_FORBIDDEN"
    retryable = False
    illness = False


class NotFoundError(PlatformError):
    """The platform knows no such thing."""

    code = "NOT_FOUND"
    retryable = False
    illness = False


class RejectedInputError(PlatformError):
    """The platform refuses the input, with its own code; other input may do."""

    code = "PLATFORM_REJECTED_INPUT"
    retryable = False
    illness = False


class BadCursorError(RejectedInputError):
    """The cursor does not belong to that list; start without one."""

    code = "BAD_CURSOR"


class RangeTooWideError(RejectedInputError):
    """More days or rows than are given at once; a shorter range does."""

    code = "RANGE_TOO_WIDE"
    facts: ClassVar[Mapping[str, int]] = {"days": 31, "rows": 500}


class ForbiddenMoveError(RejectedInputError):
    """What is to change is in a state that does not allow it; ``allowed`` are the states it can go to, if told."""

    code = "FORBIDDEN_MOVE"
    allowed: tuple[str, ...] = ()


class WriteIdReusedError(RejectedInputError):
    """The idempotency id was used for another write before; that one is done, this one is not."""


class DuplicateWriteError(RejectedInputError):
    """A write of this idempotency id was done before, so nothing more happened: for who repeats it, it is done."""

    code = "PLATFORM_ALREADY_DONE"


class UnexpectedAnswerError(PlatformError):
    """It answered, but not in a form we know (a 5xx, HTML, cut JSON). Asking again may help."""


class OutcomeUnknownError(PlatformError):
    """A write was sent and no answer came: it may have happened. Only asking the platform tells."""

    code = "OUTCOME_UNKNOWN"
    retryable = False
