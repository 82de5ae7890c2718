"""The codes of failure of our own contracts, and what each means to us."""

from collections.abc import Mapping

from connectors.errors import (
    BadCursorError,
    NotAllowedError,
    NotFoundError,
    PlatformError,
    RangeTooWideError,
    RejectedInputError,
    WriteIdReusedError,
)

PARAMETER_MISSING = "TONGXIN-PARAMETER-MISSING"
PARAMETER_INVALID = "TONGXIN-PARAMETER-INVALID"
TOO_MANY_KEYS = "TONGXIN-TOO-MANY-KEYS"
CURSOR_INVALID = "TONGXIN-CURSOR-INVALID"
RANGE_TOO_WIDE = "TONGXIN-RANGE-TOO-WIDE"
UNKNOWN_PERSON = "TONGXIN-UNKNOWN-PERSON"
UNKNOWN_ORGANIZATION = "TONGXIN-UNKNOWN-ORGANIZATION"
NOT_FOUND = "TONGXIN-NOT-FOUND"
NOT_ALLOWED = "TONGXIN-NOT-ALLOWED"
WRITE_ID_REUSED = "TONGXIN-WRITE-ID-REUSED"

MEANINGS: Mapping[str, type[PlatformError]] = {
    PARAMETER_MISSING: RejectedInputError,
    PARAMETER_INVALID: RejectedInputError,
    TOO_MANY_KEYS: RejectedInputError,
    UNKNOWN_PERSON: RejectedInputError,
    UNKNOWN_ORGANIZATION: RejectedInputError,
    CURSOR_INVALID: BadCursorError,
    RANGE_TOO_WIDE: RangeTooWideError,
    NOT_FOUND: NotFoundError,
    NOT_ALLOWED: NotAllowedError,
    WRITE_ID_REUSED: WriteIdReusedError,
}
