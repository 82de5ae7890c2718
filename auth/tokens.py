"""Access tokens: JSON Web Tokens in the profile of RFC 9068, made and verified here and nowhere else.

A token names a person by our own id and holds nothing of any platform: account, roles and member key are read from
the store when it is verified.
"""

import asyncio
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NoReturn

import msgspec
from joserfc import jws
from joserfc.errors import JoseError

from auth.claims import Claims
from auth.keys import ALGORITHM, SigningKeys
from auth.proof import Proof
from auth.remembered import Remembered
from auth.resources import resources_of
from auth.revocations import Revocations
from auth.scopes import WITHOUT_CONSENT, known_scopes
from auth.settings import MAX_ACCESS_TOKEN_LIFETIME_S, AuthSettings
from auth.store.database import StoreUnavailableError
from auth.viewers import Viewers
from connectors.viewer import ANYONE, Scope, Viewer

TYPE = "at+jwt"
_MAX_LENGTH = 8192
_LEEWAY_SECONDS = 5  # between replicas' clocks
_PATIENCE_SECONDS = 1.0
"""How long the store is waited for where there is something to go by without it."""
_AWAY_SECONDS = 5.0
"""For how long a store that is away is not asked about the same token again."""


class InvalidTokenError(Exception):
    """The access token is not one of ours or no longer good (RFC 6750 section 3.1, ``invalid_token``).

    A new sign-in helps. Its words say what was wrong, for the log, and nothing of the token.
    """


class BoundTokenError(InvalidTokenError):
    """The token is good, but bound to a key that was not shown: it is no bearer token."""


@dataclass(frozen=True, slots=True)
class Issued:
    """A new access token, shown once; ``jkt`` is the thumbprint of the key it is bound to."""

    token: str = field(repr=False)
    expires_in: int
    scopes: frozenset[Scope]
    jkt: str | None = None


@dataclass(frozen=True, slots=True)
class Verified:
    """A token that is good: whose it is, and what stands in it."""

    viewer: Viewer
    claims: Claims


class AccessTokens:
    """Issues and verifies; one per process, remembers what it verified for up to a minute.

    While the store is away a token that was good when it was last looked at is good until it ends: nobody can take it
    back then either.
    """

    def __init__(
        self,
        settings: AuthSettings,
        keys: SigningKeys,
        viewers: Viewers,
        revocations: Revocations,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._settings = settings
        self._keys = keys
        self._viewers = viewers
        self._revocations = revocations
        self._resources = frozenset(resources_of(settings))
        self._clock = clock
        self._remembered: Remembered[Verified] = Remembered(clock)
        self._seen: Remembered[Verified] = Remembered(clock)
        revocations.on_change.append(self._remembered.forget)

    async def issue(
        self,
        subject: str,
        client_id: str,
        scopes: frozenset[Scope],
        proof: Proof | None = None,
        *,
        grant_id: str | None = None,
        sid: str | None = None,
        jkt: str | None = None,
        audience: str | None = None,
        lifetime: int | None = None,
    ) -> Issued:
        """Sign a token for a person, or for a client itself (``subject`` is then its id, and there is no proof).

        It ends with the grant ``grant_id`` and the browser session ``sid``; ``lifetime`` in seconds, that of the
        settings where nothing is said, never more than the longest allowed.
        """
        key = await self._keys.signing()
        # what is revoked for a person or client ends all tokens of that second: later ones must tell themselves apart
        moment = max(int(self._clock()), self._revocations.good_from(subject, client_id))
        lasts = min(lifetime or self._settings.access_token_lifetime, MAX_ACCESS_TOKEN_LIFETIME_S)
        claims = {
            "iss": self._settings.issuer,
            "sub": subject,
            "aud": audience or self._settings.audience,
            "exp": moment + lasts,
            "iat": moment,
            "jti": secrets.token_urlsafe(16),
            "client_id": client_id,
            "scope": " ".join(sorted(scopes)),
        } | (proof.claims() if proof else {})
        where_known = {"gid": grant_id, "sid": sid, "cnf": {"jkt": jkt} if jkt else None}
        claims |= {name: value for name, value in where_known.items() if value is not None}
        header = {"alg": ALGORITHM, "typ": TYPE, "kid": key.kid}
        token = jws.serialize_compact(header, msgspec.json.encode(claims), key, algorithms=[ALGORITHM])
        return Issued(token, lasts, scopes, jkt)

    async def viewer_of(self, token: str) -> Viewer:
        """Verify a bearer token and read whose it is.

        Raises:
            InvalidTokenError: forged, foreign, ended, taken back, bound to a key, or its client or person is gone.
            StoreUnavailableError: it could not be looked up just now.
        """
        verified = await self.verified(token)
        if verified.claims.jkt is not None:
            raise BoundTokenError("bound to a key that was not shown")
        return self._at_graph(verified)

    async def viewer_of_bound(self, token: str, jkt: str) -> Viewer:
        """Verify a token that must be bound to the key that was proved; raises as ``viewer_of``."""
        verified = await self.verified(token)
        if verified.claims.jkt != jkt:
            raise InvalidTokenError("bound to another key, or to none")
        return self._at_graph(verified)

    async def verified(self, token: str) -> Verified:
        """Verify a token of either kind; whoever asks must have the key of a bound one proved (RFC 9449 section 7).

        Raises as ``viewer_of``.
        """
        if self._revocations.is_old:
            await self._revocations.refresh()
        known = self._remembered.get(token)
        if known is not None:
            return known
        seen = self._seen.get(token)
        if seen is None:
            return await self._looked_up(token)
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                return await self._looked_up(token)
        except (StoreUnavailableError, TimeoutError):
            if self._revocations.ended(seen.claims):
                raise InvalidTokenError("taken back") from None
            self._remembered.keep(token, seen, min(seen.claims.exp, self._clock() + _AWAY_SECONDS))
            return seen

    async def _looked_up(self, token: str) -> Verified:
        claims = await self.claims_of(token)
        loaded = await self._viewers.load(claims.sub, claims.client_id, known_scopes(claims.scope), claims.iat)
        if loaded is None:
            raise InvalidTokenError("its client or person is gone")
        if self._revocations.ended(claims):  # asked last: what is taken back from now on is forgotten below
            raise InvalidTokenError("taken back")
        verified = Verified(loaded.viewer, claims)
        fresh_for = self._settings.remember_tokens_s - loaded.age
        self._remembered.keep(token, verified, min(claims.exp, self._clock() + fresh_for))
        self._seen.keep(token, verified, claims.exp)
        return verified

    def forget(self) -> None:
        """Look at every token again from now on, because somebody's rights changed."""
        self._remembered.forget()
        self._seen.forget()

    async def claims_of(self, token: str) -> Claims:
        """Verify signature and claims only: whether the token was taken back is not looked at.

        Raises ``InvalidTokenError``, ``StoreUnavailableError``.
        """
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
            claims = msgspec.json.decode(signed.payload or b"", type=Claims)
        except (JoseError, msgspec.MsgspecError, ValueError, TypeError, RecursionError) as error:
            raise InvalidTokenError(type(error).__name__) from None  # TypeError: a list where a header has a word
        self._check(claims)
        return claims

    def _at_graph(self, verified: Verified) -> Viewer:
        """A token may be for the account of its person only (``auth.resources``).

        One that only says who signed in was given without asking them: it opens what anybody may read.
        """
        if self._settings.audience not in verified.claims.audiences:
            raise InvalidTokenError("another audience")
        return ANYONE if verified.viewer.scopes <= WITHOUT_CONSENT else verified.viewer

    def _check(self, claims: Claims) -> None:
        moment = self._clock()
        if claims.iss != self._settings.issuer:
            _refuse("another issuer")
        if self._resources.isdisjoint(claims.audiences):
            _refuse("another audience")
        if claims.exp <= moment - _LEEWAY_SECONDS:
            _refuse("ended")
        if claims.iat > moment + _LEEWAY_SECONDS:
            _refuse("from the future")


def _refuse(why: str) -> NoReturn:
    raise InvalidTokenError(why)
