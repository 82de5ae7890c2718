"""Pure readings of header texts, remembered: callers send the same few over and over."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

T = TypeVar("T")
_ENTRIES = 256
_LONGEST = 512


def remembered(read: Callable[[str | None], T]) -> Callable[[str | None], T]:
    """Let a reading of one text remember its latest 256 results; of a text beyond 512 characters it keeps none.

    So whoever sends ever new and long headers fills no memory.
    """
    known = lru_cache(maxsize=_ENTRIES)(read)

    @wraps(read)
    def reading(text: str | None) -> T:
        return known(text) if text is None or len(text) <= _LONGEST else read(text)

    return reading
