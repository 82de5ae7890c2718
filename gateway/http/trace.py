"""The trace id: under which one request is found again in every log."""

import random
import re

from gateway.http.headers import Headers

HEADER = "x-tongxin-trace-id"
_TRACEPARENT = re.compile(
    r"(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?", re.ASCII
)
_VERSION_00_LENGTH = 55


def trace_id_of(headers: Headers) -> str:
    """The caller's own from ``traceparent`` (W3C Trace Context section 3.2), else a new one; 32 hex digits.

    Nothing hangs on its being guessed, and the system's random numbers cost every request more than its token does.
    """
    given = headers.sole("traceparent")
    found = None if given is None else _TRACEPARENT.fullmatch(given)
    if given is None or found is None or (given.startswith("00") and len(given) != _VERSION_00_LENGTH):
        return f"{random.getrandbits(128):032x}"
    return found[1]
