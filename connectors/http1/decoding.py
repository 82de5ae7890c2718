"""Undoes a body's compression (RFC 9110 section 8.4), however large it wants to become."""

import zlib

from connectors.http1.errors import MalformedError, TooLargeError
from connectors.http1.framing import MOST_BODY_BYTES

_GZIP, _ZLIB, _RAW = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS
_DEFLATED = 8  # the method in the first byte of a zlib header (RFC 1950)


def decoded(body: bytes, coding: bytes, most: int = MOST_BODY_BYTES) -> bytes:
    """The body as it was before ``Content-Encoding: coding``.

    ``deflate`` is zlib's form, and also the bare one that some servers send under that name. Raises ``TooLargeError``
    above ``most`` bytes, having made no more than one byte too many; ``MalformedError`` for a body that is not so
    encoded, is cut or goes on behind its end, and for any other coding: none was asked for.
    """
    name = coding.strip().lower()
    if name == b"identity":
        return body
    if name in {b"gzip", b"x-gzip"}:
        return _inflated(body, _GZIP, most)
    if name == b"deflate":
        return _inflated(body, _ZLIB if body[0] & 0x0F == _DEFLATED and _checks(body) else _RAW, most)
    raise MalformedError("content-encoding")


def _inflated(body: bytes, form: int, most: int) -> bytes:
    inflater = zlib.decompressobj(form)
    try:
        plain = inflater.decompress(body, most + 1)
    except zlib.error as error:
        raise MalformedError("compressed body") from error
    if len(plain) > most:
        raise TooLargeError("decompressed")
    if not inflater.eof or inflater.unused_data:
        raise MalformedError("compressed body")
    return plain


def _checks(body: bytes) -> bool:
    """Whether the first two bytes are a zlib header: their number is a multiple of 31 (RFC 1950 section 2.2)."""
    return int.from_bytes(body[:2], "big") % 31 == 0
