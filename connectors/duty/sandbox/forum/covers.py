"""Small generated pictures for articles: hills under a sky, in colours of the article's own."""

import hashlib
import struct
import zlib
from math import sin

_WIDE, _HIGH = 160, 90


def cover(key: str) -> bytes:
    """A PNG of 160 × 90 with three colours (W3C PNG, "Indexed-colour"); the same article has the same one."""
    digest = hashlib.sha256(f"cover:{key}".encode()).digest()
    sky, near, far = (
        bytes(low + byte // 4 for byte in digest[at : at + 3]) for at, low in ((0, 180), (3, 30), (6, 100))
    )
    header = struct.pack(">IIBBBBB", _WIDE, _HIGH, 8, 3, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"PLTE", sky + far + near), (b"IDAT", _drawing(digest[9])), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _drawing(turn: int) -> bytes:
    """Row by row, which colour each pixel has."""
    far = [40 + 12 * sin((x + turn) / 17) for x in range(_WIDE)]
    near = [62 + 9 * sin((x - turn) / 11) for x in range(_WIDE)]
    rows = (bytes((y >= far[x]) + (y >= near[x]) for x in range(_WIDE)) for y in range(_HIGH))
    return zlib.compress(b"".join(b"\0" + row for row in rows))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
