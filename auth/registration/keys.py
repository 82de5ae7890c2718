"""The public keys of a client that proves itself by them (RFC 7523): which ones may be registered."""

from collections.abc import Mapping
from typing import Any

from auth import sm2
from auth.foreign import ALGORITHMS, ForeignTokenError, key_from
from auth.registration.faults import Fault, RegistrationError

_MEMBER = "jwks"
_MOST = 10
_MAX_KID = 200


def check_keys(jwks: Mapping[str, Any], *, national: bool) -> None:
    """Raise ``RegistrationError`` unless it is a set of public keys that assertions can be verified with.

    ``national``: by SM2, too. Several must be told apart by their ``kid``; a private key is refused so that its owner
    learns of the mistake.
    """
    keys = jwks.get("keys")
    if jwks.keys() - {"keys"} or not isinstance(keys, list) or not 0 < len(keys) <= _MOST:
        raise RegistrationError(_MEMBER, Fault.KEYS)
    kids = [key.get("kid") for key in keys if isinstance(key, dict)]
    if len(kids) != len(keys) or len(set(map(repr, kids))) != len(keys) or not all(map(_is_kid, kids)):
        raise RegistrationError(_MEMBER, Fault.KEYS)
    if not all(_is_usable(key, national=national) for key in keys):
        raise RegistrationError(_MEMBER, Fault.KEYS)


def _is_kid(kid: object) -> bool:
    return kid is None or (isinstance(kid, str) and 0 < len(kid) <= _MAX_KID)


def _is_usable(jwk: Mapping[str, Any], *, national: bool) -> bool:
    """Whether an algorithm goes with it; unhashable members and the like are refused as unreadable."""
    try:
        if national and sm2.is_meant(jwk):
            return bool(sm2.verifying_key(jwk))
        return any(key_from(jwk, algorithm) is not None for algorithm in ALGORITHMS)
    except (ForeignTokenError, TypeError, ValueError):
        return False
