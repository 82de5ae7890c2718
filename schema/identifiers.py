"""Global ids: opaque, made of type and key alone, so that an id survives a change of platform (Relay: Node)."""

import binascii
from base64 import urlsafe_b64decode
from binascii import b2a_base64
from functools import lru_cache

from connectors.refusals import RefusedError

_LONGEST = 512
_REMEMBERED = 16_384  # some four megabytes
_FOR_ADDRESSES = bytes.maketrans(b"+/", b"-_")
_NO_PART = b"=\n"


@lru_cache(_REMEMBERED)
def global_id(type_name: str, key: str) -> str:
    """The id of that object: base64url without padding (RFC 4648 section 5).

    Needed for every row of every answer, and mostly of the same rows: looking it up costs a tenth of making it.
    """
    return b2a_base64(f"{type_name}:{key}".encode()).translate(_FOR_ADDRESSES, _NO_PART).decode()


def parsed_id(value: str) -> tuple[str, str]:
    """Type name and key of an id. Raises ``RefusedError`` (BAD_ID) for anything this gateway did not make."""
    if len(value) > _LONGEST:
        raise RefusedError("BAD_ID")
    try:
        text = urlsafe_b64decode(value + "=" * (-len(value) % 4)).decode()
    except (binascii.Error, ValueError):
        raise RefusedError("BAD_ID") from None
    type_name, colon, key = text.partition(":")
    if not colon or not key or not key.isprintable() or global_id(type_name, key) != value:
        raise RefusedError("BAD_ID")
    return type_name, key


def key_named(identifier: str | None, type_name: str) -> str | None:
    """The key in the id a filter names, or None without. Raises ``RefusedError`` (BAD_ID) for another type's."""
    if identifier is None:
        return None
    named, key = parsed_id(identifier)
    if named != type_name:
        raise RefusedError("BAD_ID")
    return key
