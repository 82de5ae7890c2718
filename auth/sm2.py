"""SM2 in the words of JOSE, which has none registered for it: keys as JWK (RFC 7517), texts signed in the compact form.

A key has ``kty`` "EC", ``crv`` "SM2", and ``x`` and ``y`` as on other curves (RFC 7518 section 6.2.1). ``alg`` is
"SM2": the signature is r then s, 64 bytes, over the signing input (RFC 7515 section 5.1), with SM3 and the signer's id
1234567812345678 (GB/T 35276).
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from typing import Any

import msgspec

from connectors.ciphers.sm2 import Sm2Key, Sm2PublicKey
from connectors.ciphers.suite import NATIONAL

ALGORITHM = "SM2"
_KTY, _CRV = "EC", "SM2"
_UNCOMPRESSED = b"\x04"
_NUMBER = re.compile(r"[\w-]{42}[AEIMQUYcgkosw048]", re.ASCII)  # 32 bytes, and none of the spare bits set
_json = msgspec.json.Encoder(order="sorted").encode


def is_meant(jwk: Mapping[str, Any]) -> bool:
    """Whether it says that it is a key of this curve."""
    return (jwk.get("kty"), jwk.get("crv")) == (_KTY, _CRV)


def public_jwk(key: Sm2PublicKey) -> dict[str, str]:
    """A public key as a JWK, its required members only."""
    return {"kty": _KTY, "crv": _CRV, "x": _encoded(key.point[1:33]), "y": _encoded(key.point[33:])}


def private_jwk(key: Sm2Key) -> dict[str, str]:
    """A private key as a JWK."""
    return public_jwk(key.public) | {"d": _encoded(key.private)}


def public_key(jwk: Mapping[str, Any]) -> Sm2PublicKey:
    """Read a public key; raises ``ValueError`` for what is none."""
    if not is_meant(jwk):
        raise ValueError("no key of SM2")
    return Sm2PublicKey(_UNCOMPRESSED + _number(jwk.get("x")) + _number(jwk.get("y")))


def verifying_key(jwk: Mapping[str, Any]) -> Sm2PublicKey:
    """Read a key that somebody registered to prove themselves by.

    Raises ``ValueError`` for a private one, one without ``kid`` and one that is meant for something else.
    """
    meant_for = jwk.get("use", "sig"), jwk.get("alg", ALGORITHM)
    if "d" in jwk or not isinstance(jwk.get("kid"), str) or meant_for != ("sig", ALGORITHM):
        raise ValueError("no key to verify with")
    return public_key(jwk)


def private_key(jwk: Mapping[str, Any]) -> Sm2Key:
    """Read a private key of ours; raises ``ValueError`` for what is none."""
    return Sm2Key(_number(jwk.get("d")), public_key(jwk))


def thumbprint(key: Sm2PublicKey) -> str:
    """The key's name: RFC 7638, with SM3 as its hash."""
    return _encoded(NATIONAL.hash(_json(public_jwk(key))))


async def signed(header: Mapping[str, str], payload: bytes, key: Sm2Key) -> str:
    """Sign a text in a thread: the compact serialization (RFC 7515 section 7.1)."""
    text = f"{_encoded(_json({'alg': ALGORITHM} | dict(header)))}.{_encoded(payload)}"
    return f"{text}.{_encoded(await key.sign(text.encode()))}"


def _number(text: object) -> bytes:
    if not isinstance(text, str) or not _NUMBER.fullmatch(text):
        raise ValueError("no number of 32 bytes")
    return urlsafe_b64decode(text + "=")


def _encoded(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()
