"""Client assertions: a client proves itself by its private key (RFC 7523 section 3, OpenID Connect Core section 9).

Where cryptography is national, SM2 is one more algorithm (``auth.sm2``), under stricter terms as it costs more: the key
is named by ``kid``, all else is checked before the signature, and signatures are verified one at a time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from auth import sm2
from auth.client import Client
from auth.foreign import ALGORITHMS, Foreign, ForeignTokenError, foreign_from
from auth.sm2_turns import Sm2Turns
from connectors.ciphers.sm2 import Sm2PublicKey
from connectors.ciphers.suite import NATIONAL, Suite

TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
LONGEST_LIFE_SECONDS = 3600  # as long as authlib makes them; ``jti`` is kept that long
LEEWAY_SECONDS = 10  # between their clock and ours
_MOST_KEYS = 20
_MOST_AUDIENCES = 10


class _Claims(msgspec.Struct, frozen=True):
    """The claims that decide; all but ``iat`` and ``nbf`` must be there."""

    iss: str
    sub: str
    aud: str | list[str]
    exp: float
    jti: str
    iat: float | None = None
    nbf: float | None = None


@dataclass(frozen=True, slots=True)
class Assertion:
    """What is left to check: that ``jti`` comes for the first time. It is no good after ``until``."""

    jti: str
    until: float


class _Issuer(msgspec.Struct):
    iss: str


def issuer_of(foreign: Foreign) -> str:
    """Whose assertion it says it is, not verified; raises ``ForeignTokenError``."""
    return foreign.claims(_Issuer).iss


def checked(foreign: Foreign, client: Client, audiences: Iterable[str], moment: float) -> Assertion:
    """Hold an assertion against the client's registered keys and the clock; raises ``ForeignTokenError``."""
    _verify(foreign, client)
    return _claimed(foreign, client, audiences, moment)


class Assertions:
    """One per process, as it is what sees to it that not all are busy with SM2."""

    def __init__(self, suite: Suite) -> None:
        self.algorithms: Sequence[str] = (*ALGORITHMS, sm2.ALGORITHM) if suite is NATIONAL else tuple(ALGORITHMS)
        self._turns = Sm2Turns()

    def read(self, text: str) -> Foreign:
        """Take an assertion apart; raises ``ForeignTokenError``."""
        return foreign_from(text, self.algorithms)

    async def checked(self, foreign: Foreign, client: Client, audiences: Iterable[str], moment: float) -> Assertion:
        """The same as ``checked``, by whatever algorithm; raises ``ForeignTokenError``, ``CrowdedError``."""
        if foreign.algorithm != sm2.ALGORITHM:
            return checked(foreign, client, audiences, moment)
        key = _sm2_key(foreign, client)
        assertion = _claimed(foreign, client, audiences, moment)  # before it is verified: this costs nothing
        if not await self._turns.verified(key, foreign.signature, foreign.signing_input):
            raise ForeignTokenError("no key of the client signed it")
        return assertion


def _claimed(foreign: Foreign, client: Client, audiences: Iterable[str], moment: float) -> Assertion:
    """Check all but the signature.

    Every audience it names must be one of ``audiences``: one meant for several servers could be played on from there.
    """
    claims = foreign.claims(_Claims)
    if {claims.iss, claims.sub} != {client.client_id}:
        raise ForeignTokenError("another client")
    named = [claims.aud] if isinstance(claims.aud, str) else claims.aud
    if not named or len(named) > _MOST_AUDIENCES or not set(named) <= set(audiences):
        raise ForeignTokenError("another audience")
    if not claims.jti:
        raise ForeignTokenError("no jti")
    _check_times(claims, moment)
    return Assertion(claims.jti, claims.exp + LEEWAY_SECONDS)


def _check_times(claims: _Claims, moment: float) -> None:
    earliest, latest = moment - LEEWAY_SECONDS, moment + LEEWAY_SECONDS
    if not earliest < claims.exp <= latest + LONGEST_LIFE_SECONDS:
        raise ForeignTokenError("ended, or good for too long")
    if claims.nbf is not None and claims.nbf > latest:
        raise ForeignTokenError("not yet good")
    if claims.iat is not None and not earliest - LONGEST_LIFE_SECONDS <= claims.iat <= latest:
        raise ForeignTokenError("from the future, or too old")


def _verify(foreign: Foreign, client: Client) -> None:
    """Try the client's keys that fit; one named by ``kid`` is the only one to try."""
    keys = (client.jwks or {}).get("keys", ())[:_MOST_KEYS]
    kid = foreign.header.get("kid")
    if kid is not None:
        keys = [jwk for jwk in keys if jwk.get("kid") in {kid, None}] if isinstance(kid, str) else []
    for jwk in keys:
        key = foreign.key_from(jwk)
        if key is not None and foreign.is_signed_by(key):
            return
    raise ForeignTokenError("no key of the client signed it")


def _sm2_key(foreign: Foreign, client: Client) -> Sm2PublicKey:
    """The one key that ``kid`` names."""
    kid = foreign.header.get("kid")
    named = [jwk for jwk in (client.jwks or {}).get("keys", ())[:_MOST_KEYS] if jwk.get("kid") == kid]
    try:
        (jwk,) = named
        return sm2.verifying_key(jwk)
    except ValueError:
        raise ForeignTokenError("no key of that name for SM2") from None
