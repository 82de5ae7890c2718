"""A suite: which algorithms encrypt, authenticate and hash. One of two, chosen by a setting."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, CipherAlgorithm
from cryptography.hazmat.primitives.ciphers.algorithms import AES256, SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM
from cryptography.hazmat.primitives.hashes import SHA256, SM3, Hash, HashAlgorithm
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SuiteName = Literal["international", "national"]
_TAG_BYTES = 16


class BrokenError(Exception):
    """A text was not encrypted with that key, nonce and surroundings, or was changed since."""


@dataclass(frozen=True, slots=True)
class Suite:
    """Pure functions of bytes; safe for any number of threads.

    ``hash_name`` marks hashes that are stored, so that one knows by which they were made.
    """

    name: SuiteName
    hash_name: str
    key_bytes: int
    _cipher: type[CipherAlgorithm] = field(repr=False)
    _hash: HashAlgorithm = field(repr=False)

    def encrypt(self, key: bytes, nonce: bytes, text: bytes, around: bytes) -> bytes:
        """Encrypt and authenticate (GCM, NIST SP 800-38D; for SM4 RFC 8998); ``around`` is authenticated only.

        ``nonce`` has 12 bytes and must never come twice with a key; the tag stands at the end.
        """
        encryptor = Cipher(self._algorithm(key), GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(around)
        encrypted = encryptor.update(text) + encryptor.finalize()
        return encrypted + encryptor.tag

    def decrypt(self, key: bytes, nonce: bytes, encrypted: bytes, around: bytes) -> bytes:
        """Decrypt what ``encrypt`` made; raises ``BrokenError``."""
        text, tag = encrypted[:-_TAG_BYTES], encrypted[-_TAG_BYTES:]
        try:
            decryptor = Cipher(self._algorithm(key), GCM(nonce, tag)).decryptor()
            decryptor.authenticate_additional_data(around)
            return decryptor.update(text) + decryptor.finalize()
        except (InvalidTag, ValueError) as error:  # ValueError: a nonce or tag of the wrong length
            raise BrokenError from error

    def mac(self, key: bytes, data: bytes) -> bytes:
        """Authenticate data by a key (HMAC, RFC 2104)."""
        made = HMAC(key, self._hash)
        made.update(data)
        return made.finalize()

    def hash(self, data: bytes) -> bytes:
        """The data's digest, 32 bytes."""
        made = Hash(self._hash)
        made.update(data)
        return made.finalize()

    def derive(self, secret: bytes, purpose: str, length: int | None = None) -> bytes:
        """A key for one purpose from a secret with enough chance in it (HKDF, RFC 5869)."""
        return HKDF(self._hash, length or self.key_bytes, salt=None, info=purpose.encode()).derive(secret)

    def _algorithm(self, key: bytes) -> CipherAlgorithm:
        return self._cipher(key)  # type: ignore[call-arg]  # the base class knows of no key, every cipher of ours does


INTERNATIONAL = Suite("international", "sha256", 32, AES256, SHA256())
"""AES-256-GCM, SHA-256."""

NATIONAL = Suite("national", "sm3", 16, SM4, SM3())
"""SM4-GCM (GB/T 32907), SM3 (GB/T 32905)."""

SUITES: Mapping[SuiteName, Suite] = {suite.name: suite for suite in (INTERNATIONAL, NATIONAL)}
