"""Protects what is stored: encryption at rest and the digests of secrets, both rotatable.

The one place of keys for stored values; everything else in ``auth`` only sees text. Every value names the key it was
made with, and by it the algorithms, so that after a change of the secret older values stay readable while they are
replaced.
"""

import base64
import hmac
import os
from collections.abc import Sequence
from dataclasses import dataclass, field

from pydantic import SecretStr

from auth.settings import MIN_SECRET_LENGTH
from connectors.ciphers.suite import INTERNATIONAL, SUITES, BrokenError, Suite, SuiteName

_NONCE_BYTES = 12


class SealBrokenError(Exception):
    """A stored value cannot be opened: the secret that made it is missing, or the value was changed or moved."""


@dataclass(frozen=True, slots=True)
class _Keys:
    """What one secret gives with one suite: a name to be found by, a key to encrypt with, a pepper."""

    name: str
    suite: Suite
    key: bytes = field(repr=False)
    pepper: bytes = field(repr=False)

    @classmethod
    def of(cls, secret: SecretStr, suite: Suite) -> "_Keys":
        raw = secret.get_secret_value().encode()
        name = suite.derive(raw, "tongxin name of the secret", 6).hex()
        key = suite.derive(raw, "tongxin encryption at rest")
        return cls(name, suite, key, suite.derive(raw, "tongxin pepper", 32))

    def digest(self, secret: str) -> str:
        return self.suite.mac(self.pepper, secret.encode()).hex()


class Vault:
    """Lives as long as the process; holds keys derived from the secret, not the secret.

    ``suite`` protects what is stored from now on; what was stored with the other one, or with a previous secret, is
    still read.
    """

    def __init__(
        self, secret: SecretStr, previous: Sequence[SecretStr] = (), suite: SuiteName = INTERNATIONAL.name
    ) -> None:
        if len(secret.get_secret_value()) < MIN_SECRET_LENGTH:
            raise ValueError(f"auth secret: must have at least {MIN_SECRET_LENGTH} characters")
        self._current = _Keys.of(secret, SUITES[suite])
        ways = [_Keys.of(one, other) for one in (secret, *previous) for other in SUITES.values()]
        self._older = tuple(keys for keys in ways if keys.name != self._current.name)
        self._keys = {keys.name: keys for keys in (*self._older, self._current)}

    @property
    def suite(self) -> Suite:
        """The algorithms in use."""
        return self._current.suite

    def seal(self, text: str, place: str) -> str:
        """Encrypt a text for one place in the database; it opens nowhere else."""
        nonce, keys = os.urandom(_NONCE_BYTES), self._current
        sealed = nonce + keys.suite.encrypt(keys.key, nonce, text.encode(), place.encode())
        return f"{keys.name}.{base64.urlsafe_b64encode(sealed).decode()}"

    def unseal(self, sealed: str, place: str) -> str:
        """Decrypt what ``seal`` made for that place; raises ``SealBrokenError``."""
        name, _, encoded = sealed.partition(".")
        keys = self._keys.get(name)
        if keys is None:
            raise SealBrokenError(f"{place}: sealed with a secret that is not set, see previous_secrets")
        try:
            raw = base64.urlsafe_b64decode(encoded)
            return keys.suite.decrypt(keys.key, raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], place.encode()).decode()
        except (BrokenError, ValueError) as error:
            raise SealBrokenError(f"{place}: changed since it was sealed") from error

    @property
    def prefix(self) -> str:
        """What every value begins with that is sealed or digested by now."""
        return f"{self._current.name}."

    def digest(self, secret: str) -> str:
        """The peppered HMAC of a random secret of ours; too fast for what people choose."""
        return f"{self._current.name}.{self._current.digest(secret)}"

    def digests(self, secret: str) -> tuple[str, ...]:
        """Every digest a secret may have been stored as, the current key's first: to look a row up by it."""
        return tuple(f"{keys.name}.{keys.digest(secret)}" for keys in (self._current, *self._older))

    def pseudonym(self, identifier: str) -> str:
        """A name for somebody that tells nobody who it is, the same every time with the same secret (hex, 32)."""
        return _pseudonym(self._current, identifier)

    def pseudonyms(self, identifier: str) -> tuple[str, ...]:
        """The pseudonyms somebody may have had, the current first."""
        return tuple(_pseudonym(keys, identifier) for keys in (self._current, *self._older))

    def matches(self, secret: str, digest: str) -> bool:
        """Whether that secret made the digest; takes the same time for any wrong one."""
        name, _, expected = digest.partition(".")
        keys = self._keys.get(name)
        made = (keys or self._current).digest(secret)
        return hmac.compare_digest(made.encode(), expected.encode(errors="surrogatepass")) and keys is not None


def _pseudonym(keys: _Keys, identifier: str) -> str:
    return keys.digest(f"pseudonym {identifier}")[:32]
