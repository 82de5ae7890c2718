"""Protects what is stored: encryption at rest and the digests of secrets, both rotatable.

The one provider of ciphers and hashes for stored values; everything else in ``auth`` only sees text. Every value
names the key it was made with, so that after a change of the secret older values stay readable while they are
replaced.
"""

import base64
import hashlib
import hmac
import os
from collections.abc import Sequence
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pydantic import SecretStr

from auth.settings import MIN_SECRET_LENGTH

_NONCE_BYTES = 12


class SealBrokenError(Exception):
    """A stored value cannot be opened: the secret that made it is missing, or the value was changed or moved."""


def _derived(secret: str, purpose: str, length: int = 32) -> bytes:
    return HKDF(SHA256(), length, salt=None, info=f"tongxin {purpose}".encode()).derive(secret.encode())


@dataclass(frozen=True, slots=True)
class _Keys:
    """What one secret gives: a name to be found by, a key to encrypt with, a pepper."""

    name: str
    cipher: AESGCM = field(repr=False)
    pepper: bytes = field(repr=False)

    @classmethod
    def of(cls, secret: str) -> "_Keys":
        name = _derived(secret, "name of the secret", 6).hex()
        return cls(name, AESGCM(_derived(secret, "encryption at rest")), _derived(secret, "pepper"))


class Vault:
    """Lives as long as the process; holds keys derived from the secret, not the secret."""

    def __init__(self, secret: SecretStr, previous: Sequence[SecretStr] = ()) -> None:
        if len(secret.get_secret_value()) < MIN_SECRET_LENGTH:
            raise ValueError(f"auth secret: must have at least {MIN_SECRET_LENGTH} characters")
        self._current = _Keys.of(secret.get_secret_value())
        self._keys = {keys.name: keys for keys in (_Keys.of(old.get_secret_value()) for old in previous)}
        self._keys[self._current.name] = self._current

    def seal(self, text: str, place: str) -> str:
        """Encrypt a text (AES-256-GCM) for one place in the database; it opens nowhere else."""
        nonce = os.urandom(_NONCE_BYTES)
        sealed = nonce + self._current.cipher.encrypt(nonce, text.encode(), place.encode())
        return f"{self._current.name}.{base64.urlsafe_b64encode(sealed).decode()}"

    def unseal(self, sealed: str, place: str) -> str:
        """Decrypt what ``seal`` made for that place; raises ``SealBrokenError``."""
        name, _, encoded = sealed.partition(".")
        keys = self._keys.get(name)
        if keys is None:
            raise SealBrokenError(f"{place}: sealed with a secret that is not set, see previous_secrets")
        try:
            raw = base64.urlsafe_b64decode(encoded)
            return keys.cipher.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], place.encode()).decode()
        except (InvalidTag, ValueError) as error:
            raise SealBrokenError(f"{place}: changed since it was sealed") from error

    def digest(self, secret: str) -> str:
        """The peppered HMAC-SHA-256 of a random secret of ours; too fast for what people choose."""
        return f"{self._current.name}.{_hmac(self._current.pepper, secret)}"

    def digests(self, secret: str) -> tuple[str, ...]:
        """Every digest a secret may have been stored as, the current key's first: to look a row up by it."""
        return tuple(f"{keys.name}.{_hmac(keys.pepper, secret)}" for keys in (self._current, *self._older()))

    def pseudonym(self, identifier: str) -> str:
        """A name for somebody that tells nobody who it is, the same every time with the same secret (hex, 32)."""
        return _hmac(self._current.pepper, f"pseudonym {identifier}")[:32]

    def pseudonyms(self, identifier: str) -> tuple[str, ...]:
        """The pseudonyms somebody has had, with the current secret first."""
        return tuple(_hmac(keys.pepper, f"pseudonym {identifier}")[:32] for keys in (self._current, *self._older()))

    def _older(self) -> tuple[_Keys, ...]:
        return tuple(keys for keys in self._keys.values() if keys is not self._current)

    def matches(self, secret: str, digest: str) -> bool:
        """Whether that secret made the digest; takes the same time for any wrong one."""
        name, _, expected = digest.partition(".")
        keys = self._keys.get(name)
        made = _hmac((keys or self._current).pepper, secret)
        return hmac.compare_digest(made, expected) and keys is not None


def _hmac(pepper: bytes, secret: str) -> str:
    return hmac.new(pepper, secret.encode(), hashlib.sha256).hexdigest()
