"""Tags in front of sound: ID3v2, as players of every kind write it."""

_HEAD = 10
_FOOTED = 0x10


def after_id3(content: bytes) -> int:
    """Where the file begins behind its ID3v2 tags, of which there may be several."""
    at = 0
    while content[at : at + 3] == b"ID3" and len(content) >= at + _HEAD:
        size = sum((content[at + 6 + place] & 0x7F) << shift for place, shift in enumerate((21, 14, 7, 0)))
        at += _HEAD + size + (_HEAD if content[at + 5] & _FOOTED else 0)
    while at and content[at : at + 1] == b"\0":  # padding that some writers leave uncounted
        at += 1
    return at
