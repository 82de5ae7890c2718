"""Small generated pictures: a head and shoulders in a colour of the member's own."""

import hashlib
import struct
import zlib

_SIZE = 96
_HEAD = (48, 38, 17)  # centre and radius
_SHOULDERS = (48, 96, 34, 36)  # centre and both radii
_PAPER = b"\xf2\xf0\xea"


def has_portrait(key: str) -> bool:
    """Nine members in ten have one."""
    return _digest(key)[0] % 10 != 0


def portrait(key: str) -> bytes:
    """A PNG of 96 × 96 with two colours (W3C PNG, "Indexed-colour"); the same member has the same one."""
    header = struct.pack(">IIBBBBB", _SIZE, _SIZE, 8, 3, 0, 0, 0)
    colour = bytes(64 + byte // 2 for byte in _digest(key)[1:4])
    chunks = ((b"IHDR", header), (b"PLTE", _PAPER + colour), (b"IDAT", _DRAWING), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _digest(key: str) -> bytes:
    return hashlib.sha256(f"portrait:{key}".encode()).digest()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _inked(x: int, y: int) -> bool:
    head_x, head_y, head_r = _HEAD
    body_x, body_y, wide, high = _SHOULDERS
    in_head = (x - head_x) ** 2 + (y - head_y) ** 2 <= head_r**2
    return in_head or ((x - body_x) / wide) ** 2 + ((y - body_y) / high) ** 2 <= 1


_DRAWING = zlib.compress(b"".join(b"\0" + bytes(_inked(x, y) for x in range(_SIZE)) for y in range(_SIZE)))
"""The same for everybody: which of the two colours each pixel has."""
