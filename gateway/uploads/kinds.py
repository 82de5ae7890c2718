"""What a file is, by its content."""

import re
from dataclasses import dataclass

from gateway.uploads.tags import after_id3


@dataclass(frozen=True, slots=True)
class Kind:
    """A type that is taken; ``form`` is Pillow's name for it, None for sound."""

    media_type: str
    ending: str
    form: str | None = None


JPEG = Kind("image/jpeg", "jpg", "JPEG")
PNG = Kind("image/png", "png", "PNG")
WEBP = Kind("image/webp", "webp", "WEBP")
GIF = Kind("image/gif", "gif", "GIF")
MP3 = Kind("audio/mpeg", "mp3")
AAC = Kind("audio/aac", "aac")
M4A = Kind("audio/mp4", "m4a")
AMR = Kind("audio/amr", "amr")
WAV = Kind("audio/wav", "wav")

_BEGINNINGS = (
    (re.compile(rb"\xff\xd8\xff"), JPEG),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), PNG),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), WEBP),
    (re.compile(rb"GIF8[79]a"), GIF),
    (re.compile(rb"RIFF....WAVE", re.DOTALL), WAV),
    (re.compile(rb"#!AMR(-WB)?\n"), AMR),
    (re.compile(rb"....ftyp(?!he[ivx]|mif|msf|avi|qt)", re.DOTALL), M4A),  # the others: pictures, QuickTime
    (re.compile(rb"\xff[\xf0\xf1\xf8\xf9]"), AAC),  # ADTS: layer 00
    (re.compile(rb"\xff[\xe2\xe3\xf2\xf3\xfa\xfb]"), MP3),  # layer III
)


def kind_of(content: bytes) -> Kind | None:
    """The type, None for any that is not taken."""
    begin = after_id3(content)
    return next((kind for form, kind in _BEGINNINGS if form.match(content, begin)), None)
