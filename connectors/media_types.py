"""Media types that come from outside and travel in headers (RFC 9110 section 8.3.1)."""

import re

_FORM = re.compile(r"[A-Za-z0-9!#$&^_.+-]{1,64}/[A-Za-z0-9!#$&^_.+-]{1,64}")  # RFC 6838 section 4.2


def is_media_type(text: str) -> bool:
    """Whether it is a type and subtype without parameters: nothing that ends a header or begins another."""
    return _FORM.fullmatch(text) is not None
