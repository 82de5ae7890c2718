"""The access token of a request: from the header Authorization and from nowhere else (RFC 6750 section 2.1)."""

import re
from typing import NamedTuple

from auth.dpop.proofs import BadProofError, NonceNeededError
from auth.foreign import ALGORITHMS
from auth.tokens import BoundTokenError, InvalidTokenError
from gateway.http.headers import Headers
from gateway.http.refusal import RequestRefusedError

_TOKEN = re.compile(r"[A-Za-z0-9._~+/-]+=*")
_LONGEST = 16 * 1024
_ALGORITHMS = b'algs="' + " ".join(ALGORITHMS).encode() + b'"'


class Shown(NamedTuple):
    """A token, and whether it came by the scheme DPoP: then a proof must stand beside it."""

    token: str
    bound: bool


def token_of(headers: Headers) -> Shown | None:
    """The token; None where no Authorization is sent, which is fine: that is role ``anyone``.

    Raises ``RequestRefusedError`` (401): AUTHORIZATION_NOT_SUPPORTED for another scheme or for two headers,
    INVALID_TOKEN for what cannot be a token.
    """
    values = headers.all("authorization")
    if not values:
        return None
    scheme, _, token = values[0].partition(" ")
    scheme = scheme.lower()
    if len(values) > 1 or scheme not in ("bearer", "dpop"):
        raise RequestRefusedError("AUTHORIZATION_NOT_SUPPORTED", ((b"www-authenticate", b"Bearer, " + _dpop()),))
    shown = Shown(token.strip(), scheme == "dpop")
    if len(shown.token) > _LONGEST or _TOKEN.fullmatch(shown.token) is None:
        raise refused_token(InvalidTokenError("not a token"), bound=shown.bound)
    return shown


def refused_token(error: InvalidTokenError | BadProofError, *, bound: bool) -> RequestRefusedError:
    """The refusal of a token or of the proof beside it (RFC 6750 section 3.1, RFC 9449 sections 7.1 and 9)."""
    if isinstance(error, NonceNeededError):
        return _refused("DPOP_NONCE_NEEDED", _dpop(b"use_dpop_nonce"))
    if isinstance(error, BadProofError):
        return _refused("INVALID_DPOP_PROOF", _dpop(b"invalid_dpop_proof"))
    if isinstance(error, BoundTokenError):
        return _refused("DPOP_NEEDED", _dpop(b"invalid_token"))
    return _refused("INVALID_TOKEN", _dpop(b"invalid_token") if bound else b'Bearer error="invalid_token"')


def _refused(code: str, challenge: bytes) -> RequestRefusedError:
    return RequestRefusedError(code, ((b"www-authenticate", challenge),))


def _dpop(error: bytes | None = None) -> bytes:
    return b"DPoP " + (b"" if error is None else b'error="' + error + b'", ') + _ALGORITHMS
