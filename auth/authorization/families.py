"""Refresh tokens: all of one grant are a family, derived from one key, so that the same one can be made again.

The key lies sealed beside the grant; a token names its grant and its number and proves both by an HMAC. No token is
ever stored.
"""

import base64
import hmac
import re
import secrets
from collections.abc import Mapping
from typing import NamedTuple

from auth.vault import Vault
from connectors.ciphers.suite import SUITES, Suite

_SUITES: Mapping[str, Suite] = {suite.name: suite for suite in SUITES.values()}
_FORM = re.compile(r"(g_[0-9a-f]{32})\.([1-9][0-9]{0,8})\.([A-Za-z0-9_-]{43})", re.ASCII)


class Presented(NamedTuple):
    """A refresh token's parts, as they were sent."""

    grant_id: str
    number: int
    mac: str


class Family:
    """The tokens of one grant."""

    def __init__(self, grant_id: str, suite: Suite, key: bytes) -> None:
        self._grant_id = grant_id
        self._suite = suite
        self._key = key

    @classmethod
    def new(cls, grant_id: str, vault: Vault) -> tuple["Family", str]:
        """A family with a new key of 256 random bits, and the key as it is stored."""
        key = secrets.token_hex(32)
        sealed = vault.seal(f"{vault.suite.name} {key}", family_place(grant_id))
        return cls(grant_id, vault.suite, bytes.fromhex(key)), sealed

    @classmethod
    def stored(cls, grant_id: str, sealed: str, vault: Vault) -> "Family":
        """The family of a stored key; its tokens keep the hash they began with."""
        suite, _, key = vault.unseal(sealed, family_place(grant_id)).partition(" ")
        return cls(grant_id, _SUITES[suite], bytes.fromhex(key))

    def token(self, number: int) -> str:
        """The token of that number, the same every time."""
        return f"{self._grant_id}.{number}.{self._mac(number)}"

    def made(self, presented: Presented) -> bool:
        """Whether a token is of this family; takes the same time for any wrong one."""
        return hmac.compare_digest(self._mac(presented.number), presented.mac)

    def _mac(self, number: int) -> str:
        mac = self._suite.mac(self._key, f"refresh token {self._grant_id} {number}".encode())
        return base64.urlsafe_b64encode(mac).rstrip(b"=").decode()


def presented_from(token: str) -> Presented | None:
    """Take a refresh token apart; None for what has not their form."""
    found = _FORM.fullmatch(token)
    return None if found is None else Presented(found[1], int(found[2]), found[3])


def family_place(grant_id: str) -> str:
    """For which place a grant's key is sealed (``Vault``)."""
    return f"refresh tokens of {grant_id}"
