"""Access tokens: JSON Web Tokens in the profile of RFC 9068, made and verified here and nowhere else.

A token names a person by our own id and holds nothing of any platform: account, roles and member key are read from
the store when it is verified.
"""

import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn

import msgspec
from joserfc import jws
from joserfc.errors import JoseError

from auth.keys import ALGORITHM, SigningKeys
from auth.proof import Proof
from auth.remembered import Remembered
from auth.scopes import known_scopes
from auth.settings import AuthSettings
from auth.viewers import Viewers
from connectors.viewer import Scope, Viewer

TYPE = "at+jwt"
_MAX_LENGTH = 8192
_LEEWAY_SECONDS = 5  # between replicas' clocks


class InvalidTokenError(Exception):
    """The access token is not one of ours or no longer good (RFC 6750 section 3.1, ``invalid_token``).

    A new sign-in helps. Its words say what was wrong, for the log, and nothing of the token.
    """


@dataclass(frozen=True, slots=True)
class Issued:
    """A new access token, shown once."""

    token: str = field(repr=False)
    expires_in: int
    scopes: frozenset[Scope]


class _Claims(msgspec.Struct, frozen=True):
    """The claims that decide; a token without one of them is none of ours."""

    iss: str
    sub: str
    aud: str | list[str]
    exp: int
    iat: int
    jti: str
    client_id: str
    scope: str


class AccessTokens:
    """Issues and verifies; one per process, remembers what it verified for up to a minute."""

    def __init__(
        self, settings: AuthSettings, keys: SigningKeys, viewers: Viewers, clock: Callable[[], float] = time.time
    ) -> None:
        self._settings = settings
        self._keys = keys
        self._viewers = viewers
        self._clock = clock
        self._remembered = Remembered(clock)

    async def issue(self, subject: str, client_id: str, scopes: frozenset[Scope], proof: Proof | None = None) -> Issued:
        """Sign a token for a person, or for a client itself (``subject`` is then its id, and there is no proof)."""
        key = await self._keys.signing()
        moment, lifetime = int(self._clock()), self._settings.access_token_lifetime
        claims = {
            "iss": self._settings.issuer,
            "sub": subject,
            "aud": self._settings.audience,
            "exp": moment + lifetime,
            "iat": moment,
            "jti": secrets.token_urlsafe(16),
            "client_id": client_id,
            "scope": " ".join(sorted(scopes)),
        } | (proof.claims() if proof else {})
        header = {"alg": ALGORITHM, "typ": TYPE, "kid": key.kid}
        token = jws.serialize_compact(header, msgspec.json.encode(claims), key, algorithms=[ALGORITHM])
        return Issued(token, lifetime, scopes)

    async def viewer_of(self, token: str) -> Viewer:
        """Verify a token and read whose it is.

        Raises:
            InvalidTokenError: forged, foreign, ended, or its client or person is gone.
            StoreUnavailableError: it could not be looked up just now.
        """
        known = self._remembered.get(token)
        if known is not None:
            return known
        claims = await self._verified(token)
        viewer = await self._viewers.load(claims.sub, claims.client_id, known_scopes(claims.scope))
        if viewer is None:
            raise InvalidTokenError("its client or person is gone")
        until = min(claims.exp, self._clock() + self._settings.remember_tokens_s)
        self._remembered.keep(token, viewer, until)
        return viewer

    def forget(self) -> None:
        """Look at every token again from now on, because somebody's rights changed."""
        self._remembered.forget()

    async def _verified(self, token: str) -> _Claims:
        if len(token) > _MAX_LENGTH or not token.isascii():
            raise InvalidTokenError("not a token")
        try:
            signed = jws.extract_compact(token.encode())
            header = signed.headers()
            if header.get("typ") not in {TYPE, f"application/{TYPE}"} or header.get("alg") != ALGORITHM:
                _refuse("wrong type or algorithm")
            key = await self._keys.verifying(str(header.get("kid")))
            if key is None:
                _refuse("unknown key")
            if not jws.validate_compact(signed, key, algorithms=[ALGORITHM]):
                _refuse("wrong signature")
            claims = msgspec.json.decode(signed.payload or b"", type=_Claims)
        except (JoseError, msgspec.MsgspecError, ValueError, TypeError, RecursionError) as error:
            raise InvalidTokenError(type(error).__name__) from None  # TypeError: a list where a header has a word
        self._check(claims)
        return claims

    def _check(self, claims: _Claims) -> None:
        moment = self._clock()
        audiences: Sequence[str] = [claims.aud] if isinstance(claims.aud, str) else claims.aud
        if claims.iss != self._settings.issuer:
            _refuse("another issuer")
        if self._settings.audience not in audiences:
            _refuse("another audience")
        if claims.exp <= moment - _LEEWAY_SECONDS:
            _refuse("ended")
        if claims.iat > moment + _LEEWAY_SECONDS:
            _refuse("from the future")


def _refuse(why: str) -> NoReturn:
    raise InvalidTokenError(why)
