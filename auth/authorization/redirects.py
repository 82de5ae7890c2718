"""Redirect URIs: which one a request may name, and what is sent along."""

import re
from collections.abc import Collection
from urllib.parse import urlencode

_LOOPBACK = re.compile(r"(http://(?:127\.0\.0\.1|\[::1\]))(?::[0-9]{1,5})?(?=[/?]|$)", re.ASCII)


def is_registered(redirect_uri: str, registered: Collection[str]) -> bool:
    """Whether a client may be answered there: compared character by character (RFC 9700 section 2.1).

    Only on the loopback address, and not on ``localhost``, the port is the app's choice (RFC 8252 section 7.3).
    """
    if redirect_uri in registered:
        return True
    portless = _without_port(redirect_uri)
    return portless is not None and any(portless == _without_port(known) for known in registered)


def answer_address(redirect_uri: str, **parameters: str | None) -> str:
    """The redirect URI with an answer's parameters; a query it has stays (RFC 6749 section 4.1.2)."""
    query = urlencode({name: value for name, value in parameters.items() if value is not None})
    joint = "&" if "?" in redirect_uri else "?"
    return f"{redirect_uri}{joint}{query}"


def _without_port(address: str) -> str | None:
    found = _LOOPBACK.match(address)
    return None if found is None else found[1] + address[found.end() :]
