"""JSON Web Signatures that others made (RFC 7515), read with suspicion: client assertions and DPoP proofs.

Only asymmetric algorithms exist here, and a key goes with one algorithm alone, so that neither ``none`` nor a public
key taken for a shared secret can mean anything (RFC 8725 sections 3.1 to 3.3).
"""

from base64 import urlsafe_b64decode
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

import msgspec
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey

T = TypeVar("T")
Key = ECKey | OKPKey | RSAKey

LONGEST = 8192
_RSA_BITS = range(2048, 4097)  # below it is weak; above it costs us more than it costs the sender
_EXPONENT_CHARACTERS = 8
_PRIVATE = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
_MEMBERS = ("kty", "crv", "x", "y", "n", "e")
_UNREADABLE = (JoseError, msgspec.MsgspecError, ValueError, TypeError, RecursionError, KeyError, AttributeError)


class ForeignTokenError(Exception):
    """It is not signed as we ask; the words say what is wrong, for the log, and repeat nothing of it."""


class _Registry(jws.JWSRegistry):
    """Room for an RSA key in the header, and headers we do not know are passed over (RFC 7515 section 4)."""

    max_header_length = 4096

    def get_alg(self, name: str) -> Any:
        """Take EdDSA for what it means with the one curve we take; joserfc warns of the old name at every use."""
        return super().get_alg("Ed25519" if name == "EdDSA" else name)


def _rsa(jwk: dict[str, Any]) -> Key:
    if len(jwk["e"]) > _EXPONENT_CHARACTERS:
        raise ForeignTokenError("an exponent that costs too much")
    if int.from_bytes(urlsafe_b64decode(jwk["n"] + "==")).bit_length() not in _RSA_BITS:
        raise ForeignTokenError("an RSA key too short or too long")
    key = RSAKey.import_key(jwk)
    if key.public_key.key_size not in _RSA_BITS:
        raise ForeignTokenError("an RSA key that reads in two ways")
    return key


class _Form(NamedTuple):
    """The keys an algorithm goes with, and how one is imported."""

    kty: str
    crv: str | None
    imported: Callable[[dict[str, Any]], Key]


ALGORITHMS: Mapping[str, _Form] = {
    "ES256": _Form("EC", "P-256", ECKey.import_key),
    "PS256": _Form("RSA", None, _rsa),
    "RS256": _Form("RSA", None, _rsa),  # what many libraries sign with unasked
    "EdDSA": _Form("OKP", "Ed25519", OKPKey.import_key),
    "Ed25519": _Form("OKP", "Ed25519", OKPKey.import_key),
}
_SAME = {"EdDSA", "Ed25519"}
"""One algorithm by its old and its full name (RFC 9864)."""

_REGISTRY = _Registry(algorithms=list(ALGORITHMS), strict_check_header=False)


@dataclass(frozen=True, slots=True)
class PublicKey:
    """Somebody's key, and its thumbprint (RFC 7638, SHA-256)."""

    key: Key = field(repr=False)
    thumbprint: str


@dataclass(frozen=True, slots=True)
class Foreign:
    """A signed text taken apart; what it says counts for nothing before ``is_signed_by``."""

    header: Mapping[str, Any]
    algorithm: str
    _signed: jws.CompactSignature = field(repr=False)

    @property
    def signing_input(self) -> bytes:
        """What the signature is over (RFC 7515 section 5.1)."""
        return self._signed.segments["header"] + b"." + self._signed.segments["payload"]

    @property
    def signature(self) -> bytes:
        """The signature, for an algorithm that is verified elsewhere; empty for one that cannot be read."""
        try:
            return urlsafe_b64decode(self._signed.segments["signature"] + b"==")
        except ValueError:
            return b""

    def key_from(self, jwk: Mapping[str, Any]) -> PublicKey | None:
        """Read a public key; None for one that does not go with the algorithm. Raises ``ForeignTokenError``."""
        return key_from(jwk, self.algorithm)

    def is_signed_by(self, key: PublicKey) -> bool:
        """Whether that key signed it."""
        try:
            return jws.validate_compact(self._signed, key.key, registry=_REGISTRY)
        except _UNREADABLE:
            return False

    def claims(self, kind: type[T]) -> T:
        """Read what it says; raises ``ForeignTokenError``."""
        try:
            return msgspec.json.decode(self._signed.payload or b"", type=kind)
        except _UNREADABLE as error:
            raise ForeignTokenError(type(error).__name__) from None


def foreign_from(text: str, also: Collection[str] = ()) -> Foreign:
    """Take a compact serialization apart (RFC 7515 section 7.1); raises ``ForeignTokenError``.

    ``also``: algorithms beside ``ALGORITHMS`` that the caller verifies itself.
    """
    if len(text) > LONGEST or not text.isascii():
        raise ForeignTokenError("no signed text")
    try:
        signed = jws.extract_compact(text.encode(), registry=_REGISTRY)
        header = signed.headers()
        algorithm = header.get("alg")
    except _UNREADABLE as error:
        raise ForeignTokenError(type(error).__name__) from None
    if not isinstance(algorithm, str) or algorithm not in {*ALGORITHMS, *also}:
        raise ForeignTokenError("an algorithm we do not take")
    if "crit" in header or "b64" in header:
        raise ForeignTokenError("an extension we do not know")
    return Foreign(header, algorithm, signed)


def key_from(jwk: Mapping[str, Any], algorithm: str) -> PublicKey | None:
    """Read a public key; None for one that does not go with the algorithm. Raises ``ForeignTokenError``."""
    form = ALGORITHMS[algorithm]
    fits = (jwk.get("kty"), jwk.get("crv")) == (form.kty, form.crv) and _PRIVATE.isdisjoint(jwk)
    meant_for = jwk.get("alg", algorithm)
    if not fits or jwk.get("use", "sig") != "sig":
        return None
    if meant_for != algorithm and not (isinstance(meant_for, str) and {meant_for, algorithm} == _SAME):
        return None
    try:
        return _imported(form, tuple(jwk.get(member) for member in _MEMBERS))
    except _UNREADABLE:
        raise ForeignTokenError("a key that is none") from None


@lru_cache(maxsize=1024)
def _imported(form: _Form, values: tuple[str | None, ...]) -> PublicKey:
    """Making the key costs as much as using it, and a client comes with the same one every time."""
    key = form.imported({name: value for name, value in zip(_MEMBERS, values, strict=True) if value is not None})
    return PublicKey(key, key.thumbprint())
