"""Where a call goes: scheme, host and port, taken from an address."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from connectors.http1.errors import RefusedRequestError

_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Origin:
    """One host's service. ``host`` is ASCII and bare: no brackets, no user."""

    secure: bool
    host: str
    port: int

    @property
    def authority(self) -> str:
        """What ``Host`` says (RFC 9110 section 7.2): the port only where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS["https" if self.secure else "http"] else f"{host}:{self.port}"


def split(url: str) -> tuple[str, str]:
    """Cut an address where its path begins: what ``origin_from`` reads, and what is asked for there."""
    at = url.find("/", 8)  # behind "http://" or "https://"
    return (url, "/") if at < 0 else (url[:at], url[at:])


@lru_cache(maxsize=256)
def origin_from(text: str) -> Origin:
    """Read ``scheme://host[:port]``; raises ``RefusedRequestError`` for anything else."""
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
        host = host if host.isascii() else host.encode("idna").decode()
    except ValueError as error:  # UnicodeError is one
        raise RefusedRequestError("no address") from error
    plain = not (parts.path or parts.query or parts.fragment or "@" in parts.netloc)
    if parts.scheme not in _PORTS or not host or not plain or not host.isprintable() or " " in host:
        raise RefusedRequestError("no address")
    return Origin(parts.scheme == "https", host, _PORTS[parts.scheme] if port is None else port)
