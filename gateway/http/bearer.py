"""The access token of a request: from the header Authorization and from nowhere else (RFC 6750 section 2.1)."""

import re

from gateway.http.headers import Headers
from gateway.http.refusal import RequestRefusedError

_TOKEN = re.compile(r"[A-Za-z0-9._~+/-]+=*")
_LONGEST = 16 * 1024


def bearer_of(headers: Headers) -> str | None:
    """The token; None where no Authorization is sent, which is fine: that is role ``anyone``.

    Raises ``RequestRefusedError`` (401): AUTHORIZATION_NOT_SUPPORTED for another scheme or for two headers,
    INVALID_TOKEN for what cannot be a token.
    """
    values = headers.all("authorization")
    if not values:
        return None
    scheme, _, token = values[0].partition(" ")
    if len(values) > 1 or scheme.lower() != "bearer":
        raise RequestRefusedError("AUTHORIZATION_NOT_SUPPORTED", ((b"www-authenticate", b"Bearer"),))
    token = token.strip()
    if len(token) > _LONGEST or _TOKEN.fullmatch(token) is None:
        raise invalid_token()
    return token


def invalid_token() -> RequestRefusedError:
    """The refusal of a token that is not or no longer valid (RFC 6750 section 3.1)."""
    return RequestRefusedError("INVALID_TOKEN", ((b"www-authenticate", b'Bearer error="invalid_token"'),))
