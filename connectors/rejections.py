"""What people can do about a platform's no, where our contracts tell its reason: each has words of its own.

RejectedInputError
├── BadSpanError          times that do not go together, or lie where none are taken
├── CodeEndedError        the code at the door was right, and is over
├── CodeUnknownError      no such code was ever shown
├── CheckInClosedError    nobody signs in at this hour
├── ActivityBegunError    it is too late to be excused
├── CosigningClosedError  the proposal is filed
├── FormNotOpenError      the form takes no answers now
├── AnsweredBeforeError   the form has this person's answer
└── ShiftOverlapsError    somebody is on duty then
"""

from collections.abc import Mapping
from types import MappingProxyType

from connectors.errors import RejectedInputError


class BadSpanError(RejectedInputError):
    """The times do not go together, or lie too far off; others do."""

    code = "BAD_SPAN"


class CodeEndedError(RejectedInputError):
    """The code was shown at that door, and has ended; the one shown now does."""

    code = "CHECK_IN_CODE_ENDED"


class CodeUnknownError(RejectedInputError):
    """No door ever showed this code."""

    code = "CHECK_IN_CODE_UNKNOWN"


class CheckInClosedError(RejectedInputError):
    """Nobody signs in at that activity at this hour."""

    code = "CHECK_IN_CLOSED"


class ActivityBegunError(RejectedInputError):
    """It has begun, so nobody is excused any more."""

    code = "ACTIVITY_BEGUN"


class CosigningClosedError(RejectedInputError):
    """Proposals are signed before they are filed."""

    code = "COSIGNING_CLOSED"


class FormNotOpenError(RejectedInputError):
    """The form takes no answers yet, or no more."""

    code = "FORM_NOT_OPEN"


class AnsweredBeforeError(RejectedInputError):
    """The form takes one answer of each person, and has theirs."""

    code = "ALREADY_ANSWERED"


class ShiftOverlapsError(RejectedInputError):
    """That member is on duty then, or another shift of the studio begins in that hour."""

    code = "SHIFT_OVERLAPS"


REJECTIONS: Mapping[str, type[RejectedInputError]] = MappingProxyType(
    {
        "INVALID_RANGE": BadSpanError,
        "CODE_ENDED": CodeEndedError,
        "CODE_UNKNOWN": CodeUnknownError,
        "CHECK_IN_CLOSED": CheckInClosedError,
        "ACTIVITY_BEGAN": ActivityBegunError,
        "COSIGNING_CLOSED": CosigningClosedError,
        "FORM_NOT_OPEN": FormNotOpenError,
        "ALREADY_ANSWERED": AnsweredBeforeError,
        "SHIFT_OVERLAPS": ShiftOverlapsError,
    }
)
"""By the contracts' codes."""
