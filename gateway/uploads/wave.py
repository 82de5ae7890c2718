"""WAV: its form and its samples are kept; LIST, bext, id3 and all other chunks are not."""

import struct

from gateway.uploads.errors import UnreadableError

_HEAD = 12
_CHUNK = 8
_CODECS = {1, 3, 6, 7, 0x11, 0xFFFE}  # PCM, float, A-law, µ-law, IMA ADPCM, extensible
_KEPT = (b"fmt ", b"fact", b"data")


def wave_sound(content: bytes) -> bytes:
    """The file with nothing but sound in it.

    A recorder that was cut off left a length of 0 or too much: then all the rest is sound.
    """
    chunks: dict[bytes, bytes] = {}
    at = _HEAD
    while at + _CHUNK <= len(content) and b"data" not in chunks:
        name, length = struct.unpack_from("<4sI", content, at)
        begin = at + _CHUNK
        if name == b"data" and (not length or begin + length > len(content)):
            length = len(content) - begin
        if name in _KEPT:
            chunks.setdefault(name, content[begin : begin + length])
        at = begin + length + length % 2
    if not _is_form(chunks.get(b"fmt ", b"")) or not chunks.get(b"data"):
        raise UnreadableError
    body = b"".join(_chunk(name, chunks[name]) for name in _KEPT if name in chunks)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WAVE" + body


def _is_form(form: bytes) -> bool:
    """Whether that says how sound is written, and no more: 16, 18, 20 or 40 bytes."""
    return len(form) in {16, 18, 20, 40} and struct.unpack_from("<H", form)[0] in _CODECS


def _chunk(name: bytes, data: bytes) -> bytes:
    return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)
