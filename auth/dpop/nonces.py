"""Nonces we hand out (RFC 9449 sections 8 and 9): they show that a proof was not made long before.

Nothing is stored: a nonce is the digest of the present slice of time, so that every replica knows it.
"""

import time
from collections.abc import Callable

from auth.vault import Vault

_LENGTH = 32


class Nonces:
    """One per process. A nonce is good in its slice of ``seconds`` and in the next."""

    def __init__(self, vault: Vault, seconds: int, clock: Callable[[], float] = time.time) -> None:
        self._vault = vault
        self._seconds = seconds
        self._clock = clock
        self._slice = -1
        self._good: tuple[str, ...] = ()
        self._present = ""

    def present(self) -> str:
        """The one to hand out now."""
        self._turn()
        return self._present

    def is_good(self, nonce: str) -> bool:
        """Whether it is one of ours and fresh; secrets set before count too, while replicas change over."""
        self._turn()
        return nonce in self._good  # no secret: whoever asks is given one

    def _turn(self) -> None:
        number = int(self._clock() // self._seconds)
        if number == self._slice:
            return
        made = [_made(self._vault, of) for of in (number, number - 1)]
        self._slice, self._good, self._present = number, (*made[0], *made[1]), made[0][0]


def _made(vault: Vault, number: int) -> tuple[str, ...]:
    """By the current secret first; of the digest, the part that names the secret is left out."""
    return tuple(digest.rpartition(".")[2][:_LENGTH] for digest in vault.digests(f"dpop nonce {number}"))
