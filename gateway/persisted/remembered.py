"""Texts that were sent once with their hash, for those who send the hash alone: automatic persisted queries.

Only what ran is remembered, so that garbage drives nothing out. Each process remembers for itself: one that does not
know a hash says so, and the client sends the text again.
"""

from collections import OrderedDict

MOST_REMEMBERED = 10_000
LONGEST = 64 * 1024
_AROUND = 300
"""Bytes an entry takes besides its text: hash, place in the dictionary."""


class Remembered:
    """Bounded by bytes and entries, the least recently used going first."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._texts: OrderedDict[str, str] = OrderedDict()
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._texts)

    def get(self, digest: str) -> str | None:
        """The text of that hash."""
        text = self._texts.get(digest)
        if text is not None:
            self._texts.move_to_end(digest)
        return text

    def keep(self, digest: str, text: str) -> None:
        """Remember a text; not one that is very long."""
        if digest in self._texts or len(text) > LONGEST:
            return
        self._texts[digest] = text
        self._bytes += _size_of(text)
        while self._bytes > self._most_bytes or len(self._texts) > MOST_REMEMBERED:
            _, dropped = self._texts.popitem(last=False)
            self._bytes -= _size_of(dropped)


def _size_of(text: str) -> int:
    return len(text.encode("utf-8", "replace")) + _AROUND
