"""Reads an id_token: who signed in, once everything about the token was found right. No I/O."""

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

_LEEWAY_SECONDS = 30
_OLDEST_SECONDS = 600
_LONGEST = 16_384
_LONGEST_SUBJECT = 190


class BadIdTokenError(Exception):
    """The id_token proves nothing; the words say what was wrong, for the log, and nothing of the token."""


class UnknownKeyError(BadIdTokenError):
    """It names a key that the set does not have: a newer set may."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What an id_token must say: whose it is, for whom, in answer to what; ``now`` in Unix seconds."""

    issuer: str
    client_id: str
    nonce: str
    algorithms: Sequence[str]
    now: float


class _Claims(msgspec.Struct, frozen=True):
    """Claims that decide (OpenID Connect Core section 2)."""

    iss: str
    sub: str
    aud: str | list[str]
    exp: int | float
    iat: int | float
    nonce: str
    azp: str | None = None


def claims_of(token: str, keys: KeySet, expected: Expected) -> tuple[str, Mapping[str, Any]]:
    """Verify an id_token (OpenID Connect Core section 3.1.3.7) and answer its subject and all its claims.

    Stricter than it there: only asymmetric algorithms, no audience but us. Raises ``BadIdTokenError``.
    """
    content = _signed_content(token, keys, expected.algorithms)
    try:
        claims = msgspec.json.decode(content, type=_Claims)
        everything: Mapping[str, Any] = msgspec.json.decode(content)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise BadIdTokenError("claims are missing or of another type") from error
    wrong = _wrong_in(claims, expected)
    if wrong:
        raise BadIdTokenError(wrong)
    return claims.sub, everything


def _signed_content(token: str, keys: KeySet, algorithms: Sequence[str]) -> bytes:
    if len(token) > _LONGEST or token.count(".") != 2:  # noqa: PLR2004 - RFC 7515 section 3.1: three parts
        raise BadIdTokenError("not a signed token")
    try:
        header = jws.extract_compact(token.encode("ascii")).headers()
        kid = header.get("kid")
        if kid is not None and all(key.kid != kid for key in keys):
            raise UnknownKeyError("signed with a key that is not published")
        return jws.deserialize_compact(token, keys, algorithms=list(algorithms)).payload
    except (JoseError, ValueError, TypeError, KeyError, RecursionError) as error:  # joserfc lets some through
        raise BadIdTokenError(f"signature: {type(error).__name__}") from error


def _wrong_in(claims: _Claims, expected: Expected) -> str | None:
    """The first thing that is wrong."""
    audience = [claims.aud] if isinstance(claims.aud, str) else claims.aud
    checks = {
        "another issuer": claims.iss == expected.issuer,
        "another audience": audience == [expected.client_id],
        "another authorized party": claims.azp in {None, expected.client_id},
        "another nonce": hmac.compare_digest(claims.nonce.encode(), expected.nonce.encode()),
        "expired": expected.now < claims.exp + _LEEWAY_SECONDS,
        "from the future": claims.iat <= expected.now + _LEEWAY_SECONDS,
        "too old": claims.iat >= expected.now - _OLDEST_SECONDS,
        "no usable subject": bool(claims.sub) and len(claims.sub) <= _LONGEST_SUBJECT and claims.sub.isprintable(),
    }
    return next((name for name, right in checks.items() if not right), None)
