"""Which proofs came already, at a resource that is asked too often to ask the store each time."""

import hashlib
import time
from collections.abc import Callable


class Seen:
    """One per process, in memory: two generations of digests, the older dropped as the window passes.

    It is bounded: after ``limit`` proofs within one window the older generation goes early. Beyond one process only
    the window and the nonce keep a proof from coming twice, as RFC 9449 section 11.1 has it.
    """

    def __init__(self, window: float, limit: int = 100_000, clock: Callable[[], float] = time.monotonic) -> None:
        self._window = window
        self._limit = limit
        self._clock = clock
        self._new: set[bytes] = set()
        self._old: set[bytes] = set()
        self._turned_at = clock()

    def first(self, jkt: str, jti: str) -> bool:
        """Whether this proof of that key comes for the first time."""
        self._turn()
        digest = hashlib.blake2b(f"{jkt} {jti}".encode(errors="surrogatepass"), digest_size=16).digest()
        if digest in self._new or digest in self._old:
            return False
        self._new.add(digest)
        return True

    def _turn(self) -> None:
        passed = self._clock() - self._turned_at
        if passed >= self._window or len(self._new) >= self._limit:
            self._old = self._new if passed < 2 * self._window else set()
            self._new = set()
            self._turned_at = self._clock()
