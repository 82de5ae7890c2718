"""Which addresses a client may register: one rule for each kind, the same from the command line and over the wire.

They are kept and compared character by character (RFC 9700 section 4.1.3), so all that a browser, a library and we
might read differently is refused when it is registered.
"""

import re
from urllib.parse import SplitResult, urlsplit

from auth.registration.faults import Fault
from auth.settings import is_loopback

_MAX_LENGTH = 1000  # an authorization request takes no longer one
_MAX_PORT = 65535
_CHARACTERS = re.compile(r"[A-Za-z0-9._~:/?\[\]@!$&'()+,;=%-]+", re.ASCII)  # RFC 3986, without # and *
_CONTROL = re.compile(r"%([01][0-9a-f]|7f|$|.$|[^0-9a-f]|.[^0-9a-f])", re.ASCII | re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]", re.ASCII)
_PORT = re.compile(r"[1-9][0-9]{0,4}", re.ASCII)
_PRIVATE_SCHEME = re.compile(r"[a-z][a-z0-9-]*(\.[a-z0-9-]+)+", re.ASCII)


class UriError(ValueError):
    """The address cannot be registered."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.en)
        self.fault = fault


def web_uri(text: str) -> str:
    """An address on the web: https, or http on this machine by its number (RFC 8252 section 7.3).

    Raises ``UriError``.
    """
    parts = _parts_of(text)
    if parts.scheme not in {"https", "http"}:
        raise UriError(Fault.URI_SCHEME)
    if not _is_plain(parts):
        raise UriError(Fault.URI_HOST)
    if parts.scheme == "http" and (parts.hostname == "localhost" or not is_loopback(parts.hostname or "")):
        raise UriError(Fault.URI_NOT_SAFE)
    return text


def app_uri(text: str) -> str:
    """An address that opens an app on the person's device: a scheme with a dot (RFC 8252 section 7.1).

    Raises ``UriError``.
    """
    parts = _parts_of(text)
    if not _PRIVATE_SCHEME.fullmatch(parts.scheme) or parts.netloc or not parts.path.startswith("/"):
        raise UriError(Fault.URI_APP)
    return text


def redirect_uri(text: str, *, native: bool) -> str:
    """Where a browser comes back to; ``native``: the client may be an app, which cannot prove itself.

    Raises ``UriError``.
    """
    return app_uri(text) if native and "." in text.partition(":")[0] else web_uri(text)


def _parts_of(text: str) -> SplitResult:
    if len(text) > _MAX_LENGTH:
        raise UriError(Fault.URI_LENGTH)
    if not _CHARACTERS.fullmatch(text) or _CONTROL.search(text):
        raise UriError(Fault.URI_CHARACTERS)
    try:
        parts = urlsplit(text)
    except ValueError:
        raise UriError(Fault.URI_WHOLE) from None
    if not parts.scheme or not text.startswith(parts.scheme):
        raise UriError(Fault.URI_WHOLE)
    if any(part in {".", ".."} for part in re.sub("%2[eE]", ".", parts.path).split("/")):
        raise UriError(Fault.URI_STEPS)
    return parts


def _is_plain(parts: SplitResult) -> bool:
    """Whether nobody can take another host for it, as with ``https://localhost:80@evil.example``."""
    host, colon, port = parts.netloc.rpartition(":")
    if parts.netloc.endswith("]") or not colon:
        host, colon, port = parts.netloc, "", ""
    known_port = not colon or (_PORT.fullmatch(port) is not None and int(port) <= _MAX_PORT)
    return bool(_HOST.fullmatch(host)) and known_port and ".." not in host
