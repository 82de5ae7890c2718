"""What a DPoP proof must say (RFC 9449 section 4.3)."""

import hmac
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

import msgspec

from auth.dpop.addresses import normal
from auth.dpop.nonces import Nonces
from auth.foreign import Foreign, ForeignTokenError, PublicKey, foreign_from

TYPE = "dpop+jwt"
FUTURE_SECONDS = 10  # their clock may be ahead of ours


class BadProofError(Exception):
    """The proof is missing, forged, for another request or too old (``invalid_dpop_proof``).

    The words say what is wrong, for the log, and repeat nothing of it.
    """


class NonceNeededError(BadProofError):
    """The proof is good but for its nonce: send a new one with the nonce of this answer (``use_dpop_nonce``)."""


@dataclass(frozen=True, slots=True)
class KeyProof:
    """Who holds which key; that ``jti`` comes for the first time is left to check. No good after ``until``."""

    jkt: str
    jti: str
    until: float


class _Claims(msgspec.Struct, frozen=True):
    jti: str
    htm: str
    htu: str
    iat: float
    nonce: str | None = None
    ath: str | None = None


class Proofs:
    """Checks proofs for requests to this gateway; one per process, remembers none.

    Args:
        issuer: our address as callers see it; never a Host header's.
        nonces: what a proof has to hold.
        seconds: how old a proof may be.
    """

    def __init__(self, issuer: str, nonces: Nonces, seconds: int, clock: Callable[[], float] = time.time) -> None:
        self.nonces = nonces
        self._issuer = issuer
        self._seconds = seconds
        self._clock = clock

    def checked(
        self, texts: Sequence[str], method: str, path: str, *, token: str | None = None, with_nonce: bool = True
    ) -> KeyProof:
        """Check the one header ``DPoP`` of a request, beside an access ``token`` that it must be made for.

        Raises ``BadProofError``, ``NonceNeededError``.
        """
        if len(texts) != 1:
            raise BadProofError("not exactly one proof")
        try:
            foreign = foreign_from(texts[0])
            key = _key_of(foreign)
            claims = foreign.claims(_Claims)
        except ForeignTokenError as error:
            raise BadProofError(*error.args) from None
        self._check(claims, method, path)
        if token is not None and not _is_for(claims, token):
            raise BadProofError("for another token")
        if not foreign.is_signed_by(key):
            raise BadProofError("wrong signature")
        if claims.nonce is None and with_nonce:
            raise NonceNeededError("no nonce")
        if claims.nonce is not None and not self.nonces.is_good(claims.nonce):
            raise NonceNeededError("a nonce that is none or ended")
        return KeyProof(key.thumbprint, claims.jti, claims.iat + self._seconds)

    def _check(self, claims: _Claims, method: str, path: str) -> None:
        moment = self._clock()
        if claims.htm != method:
            raise BadProofError("for another method")
        if normal(claims.htu) != normal(self._issuer + path):
            raise BadProofError("for another address")
        if not moment - self._seconds < claims.iat <= moment + FUTURE_SECONDS:
            raise BadProofError("too old, or from the future")
        if not claims.jti:
            raise BadProofError("no jti")


def _key_of(foreign: Foreign) -> PublicKey:
    jwk = foreign.header.get("jwk")
    if foreign.header.get("typ") != TYPE or not isinstance(jwk, dict):
        raise ForeignTokenError("no proof")
    key = foreign.key_from(jwk)
    if key is None:
        raise ForeignTokenError("a key that does not fit, or holds its private part")
    return key


def _is_for(claims: _Claims, token: str) -> bool:
    digest = urlsafe_b64encode(sha256(token.encode(errors="surrogatepass")).digest()).rstrip(b"=")
    return claims.ath is not None and hmac.compare_digest(claims.ath.encode(), digest)
