"""What a file is called: the sender's words without a path and without signs nobody sees, its ending by its content."""

import unicodedata

from gateway.uploads.kinds import Kind

_LONGEST = 60
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
_FORBIDDEN = frozenset('<>:"|?*')
_NAMELESS = "file"


def shown_name(given: str) -> str:
    """The name to speak of a file by, as it was sent: for errors."""
    bare = unicodedata.normalize("NFC", given).replace("\\", "/").rpartition("/")[2]
    seen = "".join(one for one in bare if one not in _FORBIDDEN and unicodedata.category(one) not in _UNSEEN)
    name = " ".join(seen.split()).strip(". ")
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"


def kept_name(given: str, kind: Kind) -> str:
    """The name to keep it under: ``照片.exe`` that is a picture becomes ``照片.jpg``."""
    bare = shown_name(given).removesuffix("…")
    stem, dot, _ = bare.rpartition(".")
    return f"{(stem if dot else bare).strip('. ') or _NAMELESS}.{kind.ending}"
