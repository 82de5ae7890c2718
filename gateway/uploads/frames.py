"""Sound that is a row of frames (MP3, AAC in ADTS, AMR): the frames are kept, whatever stands around them is not."""

from collections.abc import Callable

from gateway.uploads.errors import UnreadableError
from gateway.uploads.tags import after_id3

LengthAt = Callable[[bytes, int], int]
"""How long the frame is that begins there, 0 where none does."""

_FEWEST = 3
_MOST_SKIPPED = 4096  # of damage between two frames; tags are larger or at the end

_MP3_RATES = {
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0),
}  # kbit/s of layer III: MPEG-1; MPEG-2 and 2.5
_MP3_HERTZ = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_NARROW = (13, 14, 16, 18, 20, 21, 27, 32, 6, 0, 0, 0, 0, 0, 0, 1)
_WIDE = (18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 0, 0, 0, 0, 1, 1)


def mpeg_sound(content: bytes) -> bytes:
    """An MP3 without its tags (ISO/IEC 11172-3 section 2.4.1.3)."""
    return _synchronised(content, _mp3_length)


def adts_sound(content: bytes) -> bytes:
    """AAC in ADTS without tags (ISO/IEC 13818-7 section 6.2)."""
    return _synchronised(content, _adts_length)


def amr_sound(content: bytes) -> bytes:
    """AMR, narrow or wide (RFC 4867 section 5): its form has no place for anything else, so nothing else may stand."""
    magic, lengths = (b"#!AMR-WB\n", _WIDE) if content.startswith(b"#!AMR-WB\n") else (b"#!AMR\n", _NARROW)
    at = len(magic)
    while at < len(content):
        length = lengths[content[at] >> 3 & 15]
        if not length or content[at] & 0x83:
            raise UnreadableError
        if at + length > len(content):
            break  # the last frame is cut
        at += length
    if at < len(magic) + _FEWEST:
        raise UnreadableError
    return content[:at]


def _synchronised(content: bytes, length_at: LengthAt) -> bytes:
    """The frames, of which two next to each other make sure of each; damage between them is left out."""
    at, kept = after_id3(content), []
    while at < len(content):
        end = at
        while (length := length_at(content, end)) and end + length <= len(content):
            end += length
        if end > at:
            kept.append(content[at:end])
        at = _next_pair(content, end, length_at)
    sound = b"".join(kept)
    if not kept or _count(sound, length_at) < _FEWEST:
        raise UnreadableError
    return sound


def _next_pair(content: bytes, begin: int, length_at: LengthAt) -> int:
    """Where two frames follow each other again after damage; the end where they do not soon."""
    at = begin
    while (at := content.find(b"\xff", at + 1, begin + _MOST_SKIPPED)) >= 0:
        length = length_at(content, at)
        if length and length_at(content, at + length):
            return at
    return len(content)


def _count(sound: bytes, length_at: LengthAt) -> int:
    at = count = 0
    while at < len(sound) and count < _FEWEST:
        at += length_at(sound, at)
        count += 1
    return count


def _mp3_length(content: bytes, at: int) -> int:
    head = content[at : at + 4]
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:  # noqa: PLR2004 - sync word, layer III
        return 0
    version = head[1] >> 3 & 3
    hertz = _MP3_HERTZ.get(version, ())[head[2] >> 2 & 3 :][:1]
    rate = _MP3_RATES[3 if version == 3 else 2][head[2] >> 4]  # noqa: PLR2004 - MPEG-1
    if not hertz or not rate:
        return 0
    return (144_000 if version == 3 else 72_000) * rate // hertz[0] + (head[2] >> 1 & 1)  # noqa: PLR2004 - as above


def _adts_length(content: bytes, at: int) -> int:
    head = content[at : at + 7]
    if len(head) < 7 or head[0] != 0xFF or head[1] & 0xF6 != 0xF0 or head[2] >> 2 & 15 > 12:  # noqa: PLR2004 - as written there
        return 0
    length = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
    return length if length > len(head) else 0
