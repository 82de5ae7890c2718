"""Texts people write: none that is blank, none too long, no characters that nobody sees."""

import unicodedata

from schema.acts import InputError

SHORT, LONG = 200, 10_000
"""Most characters of a title or a note, and of a text in full."""
_KEPT = "\n\t\u200c\u200d"  # lines, and the joiners of some scripts and emoji
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")


def text(given: str, field: str, most: int) -> str:
    """What was written, in NFC, without control characters and spaces around it.

    Raises ``InputError``: TEXT_MISSING, TEXT_TOO_LONG.
    """
    words = optional_text(given, field, most)
    if words is None:
        raise InputError("TEXT_MISSING", field)
    return words


def optional_text(given: str | None, field: str, most: int) -> str | None:
    """The same for a text that may be left out; one without anything to see is none.

    Raises ``InputError`` (TEXT_TOO_LONG).
    """
    seen = "".join(one for one in given or "" if one in _KEPT or unicodedata.category(one) not in _UNSEEN)
    words = unicodedata.normalize("NFC", seen).strip()
    if len(words) > most:
        raise InputError("TEXT_TOO_LONG", field, most=most, length=len(words))
    return words if words.strip(f"{_KEPT} ") else None
