"""Signatures of strangers by SM2 are verified one after another.

Each takes tens of milliseconds of plain Python in a thread, and what one thread of Python takes, the others lack.
"""

import asyncio

from connectors.ciphers.sm2 import Sm2PublicKey

MOST = 8
"""So many may be under way, the one that is verified included: the last of them waits for a quarter of a second."""


class CrowdedError(Exception):
    """More signatures are waiting than anybody should wait for; asking again in a moment may help."""


class Sm2Turns:
    """One per process."""

    def __init__(self) -> None:
        self._one = asyncio.Lock()
        self._under_way = 0

    async def verified(self, key: Sm2PublicKey, signature: bytes, data: bytes) -> bool:
        """Whether the key signed the data, once it is its turn; raises ``CrowdedError``."""
        if self._under_way >= MOST:
            raise CrowdedError
        self._under_way += 1
        turn = asyncio.create_task(self._turn(key, signature, data))
        return await asyncio.shield(turn)  # a thread cannot be stopped: who leaves does not let the next one in

    async def _turn(self, key: Sm2PublicKey, signature: bytes, data: bytes) -> bool:
        try:
            async with self._one:
                return await key.verifies(signature, data)
        finally:
            self._under_way -= 1
