"""The sandbox's pictures are pictures."""

import struct
import zlib

from connectors.duty.sandbox.portraits import portrait


def test_a_portrait_is_a_small_png() -> None:
    """Every chunk's checksum is right, and the drawing has 96 lines of 96 pixels in two colours."""
    picture = portrait("M1")
    chunks, at = {}, 8

    while at < len(picture):
        length, kind = struct.unpack(">I4s", picture[at : at + 8])
        chunks[kind] = picture[at + 8 : at + 8 + length]
        [checksum] = struct.unpack(">I", picture[at + 8 + length : at + 12 + length])
        assert checksum == zlib.crc32(kind + chunks[kind])
        at += 12 + length

    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", chunks[b"IHDR"][:8]) == (96, 96)
    assert len(chunks[b"PLTE"]) == 6
    lines = zlib.decompress(chunks[b"IDAT"])
    assert len(lines) == 96 * 97
    assert set(lines) == {0, 1}


def test_members_differ() -> None:
    """The same member has the same colour, another has another."""
    assert portrait("M1") == portrait("M1") != portrait("M2")
