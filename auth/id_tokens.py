"""Id tokens: tell a client who signed in, how and when (OpenID Connect Core section 2).

Only that: what a person is called stands at the userinfo endpoint.
"""

import base64
import hashlib
import time
from collections.abc import Callable

import msgspec
from joserfc import jws

from auth.authorization.grant import Grant
from auth.keys import ALGORITHM, SigningKeys
from auth.settings import AuthSettings


class IdTokens:
    """Signs them with the same keys as access tokens, and another ``typ``; one per process."""

    def __init__(self, settings: AuthSettings, keys: SigningKeys, clock: Callable[[], float] = time.time) -> None:
        self._settings = settings
        self._keys = keys
        self._clock = clock

    async def issue(self, grant: Grant, access_token: str) -> str:
        """Sign one that goes with an access token (``at_hash``). Raises ``StoreUnavailableError``."""
        key = await self._keys.signing()
        moment = int(self._clock())
        claims = {
            "iss": self._settings.issuer,
            "sub": grant.person_id,
            "aud": grant.client_id,
            "exp": moment + self._settings.access_token_lifetime,
            "iat": moment,
            "at_hash": _half_digest(access_token),
        } | grant.proof.claims()
        claims |= {name: value for name, value in (("nonce", grant.nonce), ("sid", grant.sid)) if value is not None}
        header = {"alg": ALGORITHM, "typ": "JWT", "kid": key.kid}
        return jws.serialize_compact(header, msgspec.json.encode(claims), key, algorithms=[ALGORITHM])


def _half_digest(token: str) -> str:
    """The left half of its SHA-256, as the algorithm ES256 says (OpenID Connect Core section 3.1.3.6)."""
    return base64.urlsafe_b64encode(hashlib.sha256(token.encode()).digest()[:16]).rstrip(b"=").decode()
