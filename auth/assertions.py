"""Client assertions: a client proves itself by its private key (RFC 7523 section 3, OpenID Connect Core section 9)."""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from auth.client import Client
from auth.foreign import Foreign, ForeignTokenError

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
    """Hold an assertion against the client's registered keys and the clock.

    Every audience it names must be one of ``audiences``: one meant for several servers could be played on from there.
    Raises ``ForeignTokenError``.
    """
    claims = _verified(foreign, client)
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


def _verified(foreign: Foreign, client: Client) -> _Claims:
    """Try the client's keys that fit; one named by ``kid`` is the only one to try."""
    keys = (client.jwks or {}).get("keys", ())[:_MOST_KEYS]
    kid = foreign.header.get("kid")
    if kid is not None:
        keys = [jwk for jwk in keys if jwk.get("kid") in {kid, None}] if isinstance(kid, str) else []
    for jwk in keys:
        key = foreign.key_from(jwk)
        if key is not None and foreign.is_signed_by(key):
            return foreign.claims(_Claims)
    raise ForeignTokenError("no key of the client signed it")
