"""Where a page of a search ended: on each list the cursor behind the last hit that was shown.

A cursor holds it whole, so that nothing is kept here between two pages. It names the search it belongs to by a digest
of the words, the kinds and the lists that were asked; handed in with another search it is none.
"""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

import msgspec

from connectors.records.search import SearchQuery
from connectors.refusals import RefusedError

_DIGEST_LENGTH = 12
_Told = tuple[str, str, int, list[tuple[str, float] | None]]
_decode = msgspec.json.Decoder(_Told).decode
_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Stand:
    """Where one list stands: the cursor to go on behind, and the score its own are measured by (0: not known yet)."""

    after: str | None = None
    best: float = 0.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a search stands. ``stands``: a list each, None for one that has ended.

    ``platform`` and ``run``: whose the last hits were, and how many in a row.
    """

    stands: tuple[Stand | None, ...]
    platform: str = ""
    run: int = 0


def digest_of(query: SearchQuery, lists: Sequence[str]) -> str:
    """What a cursor is bound to."""
    asked = _encode([query.text, query.kinds, lists])
    return sha256(asked).hexdigest()[:_DIGEST_LENGTH]


def cursor_of(place: Place, digest: str) -> str:
    """The place as callers hand it back: base64url without padding."""
    stands = [None if stand is None else (stand.after or "", stand.best) for stand in place.stands]
    told: _Told = (digest, place.platform, place.run, stands)
    return urlsafe_b64encode(_encode(told)).rstrip(b"=").decode()


def place_from(cursor: str | None, digest: str, lists: int) -> Place:
    """Where to go on; the beginning without a cursor. Raises ``RefusedError`` (BAD_CURSOR)."""
    if cursor is None:
        return Place((Stand(),) * lists)
    try:
        named, platform, run, told = _decode(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError, msgspec.MsgspecError):
        raise RefusedError("BAD_CURSOR") from None
    place = Place(tuple([None if one is None else Stand(one[0] or None, one[1]) for one in told]), platform, run)
    if named != digest or len(told) != lists or cursor_of(place, digest) != cursor:
        raise RefusedError("BAD_CURSOR")
    return place
