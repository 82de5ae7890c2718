"""Compares the address a proof was made for with ours (RFC 9449 section 4.3, RFC 3986 sections 6.2.2 and 6.2.3)."""

import re
from functools import lru_cache

_ADDRESS = re.compile(
    r"(?P<scheme>https?)://(?P<host>[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::(?P<port>[0-9]{0,5}))?(?P<path>/[^?#\s\\]*)?"
    r"(?:[?#][!-~]*)?",
    re.ASCII | re.IGNORECASE,
)
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})", re.ASCII)
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_USUAL_PORTS = {"http": "80", "https": "443"}


@lru_cache(maxsize=1024)
def normal(address: str) -> str | None:
    """An address without query and fragment, in its one normal form; None for what is none.

    A user before the host makes it none: ``http://localhost:80@evil.example/`` leads elsewhere than it looks.
    """
    match = _ADDRESS.fullmatch(address)
    if match is None:
        return None
    scheme, host = match["scheme"].lower(), match["host"].lower()
    port = (match["port"] or "").lstrip("0")
    place = f"{scheme}://{host}" + (f":{port}" if port and port != _USUAL_PORTS[scheme] else "")
    return place + _without_dots(_ESCAPE.sub(_unescaped, match["path"] or "/"))


def _unescaped(escape: re.Match[str]) -> str:
    """What needs no escape loses it; the others are written in upper case."""
    character = chr(int(escape[1], 16))
    return character if character in _UNRESERVED else escape[0].upper()


def _without_dots(path: str) -> str:
    """Follow ``.`` and ``..`` (RFC 3986 section 5.2.4)."""
    steps: list[str] = []
    parts = path.split("/")[1:]
    for part in parts:
        if part == "..":
            steps[-1:] = []
        elif part != ".":
            steps.append(part)
    if parts[-1] in {".", ".."}:
        steps.append("")
    return "/" + "/".join(steps)
