"""A file's content without anything but picture or sound; works on bytes, in a thread of its caller's."""

from collections.abc import Callable, Mapping

from gateway.uploads.errors import FileRefusedError, UnreadableError
from gateway.uploads.frames import adts_sound, amr_sound, mpeg_sound
from gateway.uploads.kinds import AAC, AMR, M4A, MP3, WAV, Kind, kind_of
from gateway.uploads.mp4 import mp4_sound
from gateway.uploads.wave import wave_sound

_SOUNDS: Mapping[Kind, Callable[[bytes], bytes]] = {
    MP3: mpeg_sound,
    AAC: adts_sound,
    M4A: mp4_sound,
    AMR: amr_sound,
    WAV: wave_sound,
}


def cleaned(content: bytes, most_pixels: int) -> tuple[Kind, bytes]:
    """What it is, and what is kept of it.

    Raises ``FileRefusedError``: EMPTY_FILE, UNSUPPORTED_FILE_TYPE, UNREADABLE_FILE, TOO_MANY_PIXELS.
    """
    if not content:
        raise FileRefusedError("EMPTY_FILE")
    kind = kind_of(content)
    if kind is None:
        raise FileRefusedError("UNSUPPORTED_FILE_TYPE")
    try:
        return kind, _SOUNDS[kind](content) if kind in _SOUNDS else _picture(content, kind, most_pixels)
    except UnreadableError as error:
        raise FileRefusedError("UNREADABLE_FILE") from error


def _picture(content: bytes, kind: Kind, most_pixels: int) -> bytes:
    from gateway.uploads.pictures import picture  # noqa: PLC0415 - Pillow takes 7 MB, which are not needed till then

    return picture(content, kind, most_pixels)
