"""The trace: under which one request is found again in every log, and what of it a caller decides."""

import random
import re
from typing import NamedTuple

from gateway.http.headers import Headers

HEADER = "x-tongxin-trace-id"
_TRACEPARENT = re.compile(
    r"(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?", re.ASCII
)
_VERSION_00_LENGTH = 55
_MEMBER = re.compile(r"[a-z0-9][a-z0-9_*/@-]{0,255}=[\x20-\x2b\x2d-\x3c\x3e-\x7e]{0,255}[\x21-\x2b\x2d-\x3c\x3e-\x7e]")
_MOST_MEMBERS = 32
_LONGEST_STATE = 512
_SAMPLED = 1


class Parent(NamedTuple):
    """The caller's span that a request is part of (W3C Trace Context section 3.2); ``sampled`` as they say."""

    trace_id: str
    span_id: int
    sampled: bool


def parent_of(headers: Headers) -> Parent | None:
    """What ``traceparent`` says; None where it is absent, malformed or not alone."""
    given = headers.sole("traceparent")
    found = None if given is None else _TRACEPARENT.fullmatch(given)
    if given is None or found is None or (given.startswith("00") and len(given) != _VERSION_00_LENGTH):
        return None
    return Parent(found[1], int(found[2], 16), bool(int(found[3], 16) & _SAMPLED))


def new_trace_id() -> str:
    """32 hex digits, random.

    Nothing hangs on its being guessed, and the system's random numbers cost every request more than its token does.
    """
    return f"{random.getrandbits(128) or 1:032x}"


def state_of(headers: Headers) -> str | None:
    """The caller's ``tracestate`` (section 3.3) in one line; None where it is absent, malformed or too long."""
    given = headers.joined("tracestate")
    if not given or len(given) > _LONGEST_STATE:
        return None
    members = [member for part in given.split(",") if (member := part.strip(" \t"))]
    whole = 0 < len(members) <= _MOST_MEMBERS and all(map(_MEMBER.fullmatch, members))
    return ",".join(members) if whole else None


def trace_id_of(headers: Headers) -> str:
    """The caller's own from ``traceparent``, else a new one."""
    parent = parent_of(headers)
    return new_trace_id() if parent is None else parent.trace_id
