"""Addresses that a platform's rows name and callers are shown."""

from typing import Any
from urllib.parse import urlsplit

from connectors.errors import PlatformError
from connectors.lenient import kept

_MOST = 2000


def link_from(url: str | None, broken: PlatformError) -> Any:
    """A web address; none where the platform has none, ``broken`` where it is no ``http`` or ``https`` address.

    What is shown becomes a link in somebody's page, and ``javascript:`` is an address too.
    """
    return None if not url else kept(url, lambda text: text if _is_link(text) else broken)


def _is_link(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    whole = len(text) <= _MOST and text.isprintable() and " " not in text
    return whole and parts.scheme in ("http", "https") and bool(parts.hostname)
