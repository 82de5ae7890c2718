"""One web origin (RFC 6454), as it is registered or set; needs no store."""

import re
from urllib.parse import urlsplit

from auth.settings import is_loopback

_FORM = re.compile(r"https?://[a-z0-9.-]+(:[1-9][0-9]{0,4})?|https?://\[[0-9a-f:]+\](:[1-9][0-9]{0,4})?", re.ASCII)
_USUAL_PORTS = {"http": 80, "https": 443}


def origin_from(text: str) -> str:
    """Read an origin as browsers send it; https, or a loopback host. Raises ``ValueError``."""
    if not _FORM.fullmatch(text):
        raise ValueError(f"{text!r} is no origin: scheme://host[:port] in lower case, such as https://app.example.cn")
    parts = urlsplit(text)
    if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        raise ValueError(f"{text!r} is no safe origin: it must be https, unless its host is loopback")
    if parts.port == _USUAL_PORTS[parts.scheme]:
        raise ValueError(f"{text!r} is no origin: leave out the usual port, as browsers do")
    return text
