"""The bytes of a request, and the proof that they are one: nothing in them starts another line or another request."""

import re
from collections.abc import Mapping
from functools import lru_cache

from connectors.http1.errors import RefusedRequestError

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # RFC 9110 section 5.6.2
_OURS = frozenset({"host", "content-length", "transfer-encoding", "connection", "te", "trailer", "upgrade", "expect"})
"""Fields that say how the message is read or carried: the pool's business, nobody else's."""


def request_bytes(method: str, target: str, authority: str, headers: Mapping[str, str], body: bytes | None) -> bytes:
    """Write a request (RFC 9112 section 3).

    Raises ``RefusedRequestError`` for a method we do not know, a target that is no path of visible ASCII, a field name
    that is no token or is the pool's, and a value with anything but visible ASCII and blanks in it.
    """
    if method not in METHODS:
        raise RefusedRequestError("method")
    if target[:1] != "/" or " " in target or "#" in target or not _visible(target):
        raise RefusedRequestError("target")
    lines = [f"{method} {target} HTTP/1.1\r\nHost: {authority}\r\n"]
    for name, value in headers.items():
        if not _may_be_set(name):
            raise RefusedRequestError("field name")
        if not _visible(value):
            raise RefusedRequestError("field value")
        lines.append(f"{name}: {value}\r\n")
    if body is None:
        lines.append("Content-Length: 0\r\n\r\n" if method in _WITH_BODY else "\r\n")
        return "".join(lines).encode("ascii")
    lines.append(f"Content-Length: {len(body)}\r\n\r\n")
    return "".join(lines).encode("ascii") + body


def _visible(text: str) -> bool:
    return text.isascii() and text.isprintable()


@lru_cache(maxsize=256)
def _may_be_set(name: str) -> bool:
    return bool(_TOKEN.fullmatch(name)) and name.lower() not in _OURS
