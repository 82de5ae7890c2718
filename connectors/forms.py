"""Parameters as a form or an address carries them (HTML, "URL-encoded form data"). Pure."""

import re
from collections.abc import Iterable
from urllib.parse import quote_plus

_PLAIN = re.compile(r"[A-Za-z0-9_.~-]*").fullmatch
_LISTED = re.compile(r"[A-Za-z0-9_.~,:-]*").fullmatch


def form_encoded(pairs: Iterable[tuple[str, str]]) -> str:
    """What ``urllib.parse.urlencode`` writes, in a part of its time where values are codes, lists of such, or times."""
    return "&".join([f"{_quoted(key)}={_quoted(value)}" for key, value in pairs])


def _quoted(text: str) -> str:
    if _PLAIN(text):
        return text
    return text.replace(",", "%2C").replace(":", "%3A") if _LISTED(text) else quote_plus(text)
