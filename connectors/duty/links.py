"""Addresses that the duty platform's rows name and callers are shown."""

import re
from typing import Any

from connectors import links
from connectors.lenient import broken_in, kept

_FILE = re.compile(r"[A-Za-z0-9_-]{1,64}")


def link_from(url: str | None, operation: str) -> Any:
    """A web address; none where the platform has none, an error where it is no such address."""
    return links.link_from(url, broken_in("duty", operation))


def link_or_file_from(text: str | None, operation: str) -> Any:
    """A web address or the key of a file; else as ``link_from``."""
    return None if not text else kept(text, lambda it: it if _FILE.fullmatch(it) else link_from(it, operation))
