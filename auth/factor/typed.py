"""What people type: codes with spaces, dashes, small letters, or the wide digits of a Chinese keyboard."""

import re
import unicodedata

_LONGEST = 200
_BETWEEN = re.compile(r"[\s\-‐-―]+")
_PASSWORD = re.compile(r"[0-9]{6}", re.ASCII)


def plain(text: str) -> str:
    """A code as it was given out, in capital letters and without what stands between its parts."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text[:_LONGEST])).upper()


def is_password(code: str) -> bool:
    """Whether that is what an authenticator shows, rather than a recovery code."""
    return _PASSWORD.fullmatch(code) is not None
