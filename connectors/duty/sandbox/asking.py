"""What a request asks for, read as strictly as the contract says; anything else is a problem."""

import base64
import binascii
import re
from datetime import datetime, timedelta

from starlette.requests import Request

from connectors.duty.sandbox.problems import rejected
from connectors.records.shift import Span

MAX_KEYS = 100
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_REGION = re.compile(r"[0-9]{6}")
_LONGEST = timedelta(days=31)
_BOOLEANS = {"true": True, "false": False}


def keys_asked(request: Request, name: str) -> list[str]:
    """The ids of a comma-separated parameter, each once."""
    return _list_asked(request, name, _ID)


def regions_asked(request: Request) -> list[str]:
    """The divisions of ``regionCodes``, each once."""
    return _list_asked(request, "regionCodes", _REGION)


def _list_asked(request: Request, name: str, form: re.Pattern[str]) -> list[str]:
    keys = _required(request, name).split(",")
    if len(keys) > MAX_KEYS:
        raise rejected("TOO_MANY_KEYS", f"{name} takes at most {MAX_KEYS}")
    if not all(form.fullmatch(key) for key in keys):
        raise rejected("INVALID_PARAMETER", f"{name} holds something that is no key")
    return list(dict.fromkeys(keys))


def first_asked(request: Request) -> int:
    """``first``: 1 to 100."""
    text = _required(request, "first")
    if not re.fullmatch(r"[0-9]{1,3}", text) or not 1 <= int(text) <= MAX_KEYS:
        raise rejected("INVALID_PARAMETER", "first is a number from 1 to 100")
    return int(text)


def flag_asked(request: Request, name: str) -> bool:
    """A boolean that is false when it is missing."""
    text = request.query_params.get(name, "false")
    if text not in _BOOLEANS:
        raise rejected("INVALID_PARAMETER", f"{name} is true or false")
    return _BOOLEANS[text]


def span_asked(request: Request) -> Span:
    """``from`` and ``to``, with an offset, at most 31 days apart."""
    span = Span(start=_moment(request, "from"), end=_moment(request, "to"))
    if span.start >= span.end:
        raise rejected("INVALID_RANGE", "to must be later than from")
    if span.end - span.start > _LONGEST:
        raise rejected("RANGE_TOO_WIDE", "at most 31 days")
    return span


Place = tuple[int, str]
"""Where a member stands in a studio's list: 0 for the convener and 1 for the others, then the id."""


def cursor_of(place: Place) -> str:
    """The cursor that names a place."""
    return base64.urlsafe_b64encode(f"{place[0]}:{place[1]}".encode()).decode().rstrip("=")


def place_asked(request: Request) -> Place | None:
    """The place ``after`` names; None without one."""
    cursor = request.query_params.get("after")
    if cursor is None:
        return None
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        text = ""
    rank, _, key = text.partition(":")
    if rank not in {"0", "1"} or not _ID.fullmatch(key):
        raise rejected("INVALID_CURSOR", "after is no cursor of this list")
    return int(rank), key


def _required(request: Request, name: str) -> str:
    value = request.query_params.get(name)
    if not value:
        raise rejected("MISSING_PARAMETER", f"{name} is required")
    return value


def _moment(request: Request, name: str) -> datetime:
    text = _required(request, name)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise rejected("INVALID_PARAMETER", f"{name} is a time in ISO 8601 with an offset")
    return moment
