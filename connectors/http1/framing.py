"""Where an answer's body ends, told by its head (RFC 9112 section 6); a head that leaves it open is refused. No I/O.

The parser (llhttp) reads strictly already: it refuses folded lines, repeated or odd lengths and a length beside
``Transfer-Encoding``. What it takes and we do not is refused here.
"""

from collections.abc import Mapping, Sequence
from enum import Enum

from connectors.http1.errors import MalformedError, TooLargeError

MOST_FIELDS = 128
MOST_HEAD_BYTES = 64 * 1024
MOST_BODY_BYTES = 16 * 1024 * 1024
_INTERIM = range(100, 200)
_NO_BODY = frozenset({204, 304})

Fields = Sequence[tuple[bytes, bytes]]


class Body(Enum):
    """How the body of an answer ends."""

    INTERIM = "interim"  # none, and the answer itself is still to come
    NONE = "none"  # there is none, whatever the head says
    TOLD = "told"  # by a length or by chunks, which the parser counts
    UNTIL_CLOSE = "until close"


def body_of(status: int, fields: Fields, *, head_only: bool) -> Body:
    """How the body ends; ``fields`` have lower-case names, ``head_only`` is an answer to HEAD.

    Raises:
        MalformedError: a status that is none, another coding than chunked, or an upgrade nobody asked for.
        TooLargeError: more fields than are taken, or a length above the bound.
    """
    if len(fields) > MOST_FIELDS:
        raise TooLargeError("fields")
    if status in _INTERIM:
        if status == 101:  # noqa: PLR2004 - Switching Protocols
            raise MalformedError("an upgrade nobody asked for")
        return Body.INTERIM
    if not 200 <= status < 600:  # noqa: PLR2004 - RFC 9110 section 15
        raise MalformedError("status")
    known = dict(fields)
    coded = _chunked(fields, known)
    length = known.get(b"content-length")
    if head_only or status in _NO_BODY:
        return Body.NONE if head_only or coded or length is not None else Body.TOLD
    if length is not None and int(length) > MOST_BODY_BYTES:
        raise TooLargeError("content-length")
    return Body.TOLD if coded or length is not None else Body.UNTIL_CLOSE


def _chunked(fields: Fields, known: Mapping[bytes, bytes]) -> bool:
    if b"transfer-encoding" not in known:
        return False
    codings = [value.strip().lower() for name, value in fields if name == b"transfer-encoding"]
    if codings != [b"chunked"] or b"content-length" in known:
        raise MalformedError("transfer-encoding")
    return True
