"""Reads an id_token that comes back as a hint of who is to be signed out (OpenID Connect RP-Initiated Logout 1.0)."""

from dataclasses import dataclass

import msgspec
from joserfc import jws
from joserfc.errors import JoseError

from auth.keys import ALGORITHM, SigningKeys

_MAX_LENGTH = 8192
_TYPES = {None, "JWT", "jwt"}
_UNREADABLE = (JoseError, msgspec.MsgspecError, ValueError, TypeError, RecursionError)


@dataclass(frozen=True, slots=True)
class Hint:
    """Whose id_token it is, of which client and browser session."""

    client_id: str
    subject: str
    sid: str | None


class _Claims(msgspec.Struct, frozen=True):
    iss: str
    sub: str
    aud: str | list[str]
    sid: str | None = None


async def hint_of(keys: SigningKeys, issuer: str, token: str) -> Hint | None:
    """Verify that we issued it; that its time is over does not matter (section 4). None for anything else.

    An access token or a logout token is none, though we signed it (RFC 8725 section 3.11): their type tells.
    """
    if len(token) > _MAX_LENGTH or not token.isascii():
        return None
    try:
        signed = jws.extract_compact(token.encode())
        header = signed.headers()
        if header.get("typ") not in _TYPES or header.get("alg") != ALGORITHM:
            return None
        key = await keys.verifying(str(header.get("kid")))
        if key is None or not jws.validate_compact(signed, key, algorithms=[ALGORITHM]):
            return None
        claims = msgspec.json.decode(signed.payload or b"", type=_Claims)
    except _UNREADABLE:
        return None
    audiences = [claims.aud] if isinstance(claims.aud, str) else claims.aud
    if claims.iss != issuer or len(audiences) != 1:
        return None
    return Hint(audiences[0], claims.sub, claims.sid)
