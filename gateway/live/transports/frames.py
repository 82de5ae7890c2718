"""Text frames of a server (RFC 6455 section 5.2), made at once from pieces that many readers share."""

_SHORT = 126
_MIDDLE = 1 << 16


def text_frame(*pieces: bytes) -> bytes:
    """One unfragmented, unmasked text message."""
    text = b"".join(pieces)
    length = len(text)
    if length < _SHORT:
        return b"\x81" + length.to_bytes(1, "big") + text
    if length < _MIDDLE:
        return b"\x81\x7e" + length.to_bytes(2, "big") + text
    return b"\x81\x7f" + length.to_bytes(8, "big") + text
