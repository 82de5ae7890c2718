"""Signatures by SM2 with SM3 (GB/T 32918.2), on the curve of GB/T 32918.5.

The library is plain Python: some milliseconds a signature, so it works in a thread and never on a path that many wait
for. It takes no care that its time tells nothing of the key, which is why no request of a stranger is signed by it.
"""

import asyncio
from dataclasses import dataclass, field

import gmalg

USER_ID = b"1234567812345678"
"""The signer's id where nobody agreed on another (GB/T 35276)."""

_HALF = 32
_UNCOMPRESSED = 4
_P = 0xFFFFFFFE_FFFFFFFF_FFFFFFFF_FFFFFFFF_FFFFFFFF_00000000_FFFFFFFF_FFFFFFFF
_B = 0x28E9FA9E_9D9F5E34_4D5A9E4B_CF6509A7_F39789F5_15AB8F92_DDBCBD41_4D940E93
"""The curve is y² = x³ - 3x + b modulo p."""


@dataclass(frozen=True, slots=True)
class Sm2PublicKey:
    """``point`` is uncompressed: 04, x, y; 65 bytes. Raises ``ValueError`` for what is no point of the curve."""

    point: bytes

    def __post_init__(self) -> None:
        if len(self.point) != 1 + 2 * _HALF or self.point[0] != _UNCOMPRESSED or not _on_curve(self.point):
            raise ValueError("no public key of SM2")

    async def verifies(self, signature: bytes, data: bytes, user_id: bytes = USER_ID) -> bool:
        """Whether the private half signed the data: 64 bytes, r then s."""
        if len(signature) != 2 * _HALF:
            return False
        return await asyncio.to_thread(self._verified, signature, data, user_id)

    def _verified(self, signature: bytes, data: bytes, user_id: bytes) -> bool:
        known = gmalg.SM2(uid=user_id, pk=self.point)
        return bool(known.verify(data, signature[:_HALF], signature[_HALF:]))


@dataclass(frozen=True, slots=True)
class Sm2Key:
    """A private key, 32 bytes, and its public half."""

    private: bytes = field(repr=False)
    public: Sm2PublicKey

    @classmethod
    def generate(cls) -> "Sm2Key":
        """Make a new key."""
        private, point = gmalg.SM2().generate_keypair()
        return cls(private.rjust(_HALF, b"\0"), Sm2PublicKey(point))

    @classmethod
    def of(cls, private: bytes) -> "Sm2Key":
        """The key of 32 stored bytes."""
        return cls(private, Sm2PublicKey(gmalg.SM2().generate_pk(private)))

    async def sign(self, data: bytes, user_id: bytes = USER_ID) -> bytes:
        """Sign data: 64 bytes, r then s."""
        return await asyncio.to_thread(self._signed, data, user_id)

    def _signed(self, data: bytes, user_id: bytes) -> bytes:
        r, s = gmalg.SM2(self.private, user_id, self.public.point).sign(data)
        return bytes(r.rjust(_HALF, b"\0") + s.rjust(_HALF, b"\0"))  # the library leaves leading zeros out


def _on_curve(point: bytes) -> bool:
    """The checks of GB/T 32918.1 section 6.2.1.

    The order of the curve is prime, so every point of it has the right one; the library would multiply to see that,
    which takes as long as a signature.
    """
    x, y = (int.from_bytes(half) for half in (point[1 : 1 + _HALF], point[1 + _HALF :]))
    return x < _P and y < _P and (y * y - (x * x * x - 3 * x + _B)) % _P == 0
