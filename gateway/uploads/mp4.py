"""Sound in MP4 (ISO/IEC 14496-12): only boxes that playing needs stay as they are.

All others (``udta`` and ``meta`` with place, names and pictures, ``uuid`` with XMP, what an editor left in ``free``)
become empty space of the same length, so that every offset into the samples stays right; times of making and names of
tracks become 0.
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from gateway.uploads.errors import FileRefusedError, UnreadableError

_HOLDERS = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"dinf", b"mvex", b"moof", b"traf"}
_KEPT = frozenset(
    b"ftyp styp sidx mdat mvhd tkhd elst mdhd hdlr smhd dref stsd stts stsc stsz stz2 stco co64 ctts stss sgpd sbgp "
    b"trex mehd mfhd tfhd tfdt trun".split()
)
_TIMED = {b"mvhd", b"tkhd", b"mdhd"}
_DEEPEST = 8
_MOST = 10_000
_LARGE = 16
_NAME_AT = 24


class _Box(NamedTuple):
    name: bytes
    at: int
    begin: int
    end: int


def mp4_sound(content: bytes) -> bytes:
    """The file with nothing but sound in it. Raises ``FileRefusedError`` where there is more than that: a film."""
    cleaned = bytearray(content)
    found = _cleaned(cleaned, 0, len(cleaned), 0)
    handlers = [bytes(cleaned[box.begin + 8 : box.begin + 12]) for box in found if box.name == b"hdlr"]
    codecs = [bytes(cleaned[box.begin + 12 : box.begin + 16]) for box in found if box.name == b"stsd"]
    if not handlers or not any(box.name == b"mdat" for box in found):
        raise UnreadableError
    if set(handlers) != {b"soun"} or set(codecs) != {b"mp4a"}:
        raise FileRefusedError("UNSUPPORTED_FILE_TYPE")
    return bytes(cleaned)


def _cleaned(content: bytearray, begin: int, end: int, depth: int) -> list[_Box]:
    """Empty what is not kept between two places; answers what is."""
    found: list[_Box] = []
    for box in _boxes(content, begin, end):
        if box.name in _HOLDERS and depth < _DEEPEST:
            found += _cleaned(content, box.begin, box.end, depth + 1)
        elif box.name in _KEPT:
            found.append(box)
            if box.name in _TIMED:
                _forget_times(content, box)
            elif box.name == b"hdlr":  # behind what it handles stands what it is called
                named = min(box.begin + _NAME_AT, box.end)
                content[named : box.end] = bytes(box.end - named)
        else:
            content[box.at + 4 : box.at + 8] = b"free"
            content[box.begin : box.end] = bytes(box.end - box.begin)
        if len(found) > _MOST:
            raise UnreadableError
    return found


def _boxes(content: bytearray, begin: int, end: int) -> Iterator[_Box]:
    at = begin
    while at + 8 <= end:
        length, name = struct.unpack_from(">I4s", content, at)
        head = 8
        if length == 1 and at + _LARGE <= end:
            (length,), head = struct.unpack_from(">Q", content, at + 8), _LARGE
        elif not length:
            length = end - at
        if length < head or at + length > end:
            raise UnreadableError
        yield _Box(name, at, at + head, at + length)
        at += length
    if at != end:
        raise UnreadableError


def _forget_times(content: bytearray, box: _Box) -> None:
    """When it was made and changed: two numbers behind version and flags, longer ones in version 1."""
    if box.begin == box.end:
        raise UnreadableError
    length = 16 if content[box.begin] == 1 else 8
    if box.begin + 4 + length > box.end:
        raise UnreadableError
    content[box.begin + 4 : box.begin + 4 + length] = bytes(length)
