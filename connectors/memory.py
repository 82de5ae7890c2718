"""The first level of the cache: this process's own memory, bounded by entries and by bytes.

Reading is a dictionary's work, without a coroutine. When it is full the least recently used entry goes; entries whose
time is over go with the writes that follow: pages of questions, kept for each asker apart, would otherwise stay in the
memory long after anybody can use them.
"""

from collections import OrderedDict
from collections.abc import Collection, Sequence
from typing import Any

import msgspec

_AROUND = 600
"""Bytes an entry costs besides its value: its name, its place, its tags."""
_IN_MEMORY = 4
"""How much larger a record is in memory than written down, about; measured on our records, it is 3 to 5."""
_UNKNOWN = 4096

_written = msgspec.msgpack.Encoder(enc_hook=str).encode


class Entry(msgspec.Struct, gc=False):
    """Something kept. Times are monotonic seconds, but for ``fetched_at``, in seconds since 1970.

    Until ``fresh_until`` it is answered as it is, until ``stale_until`` too while it is fetched again, until
    ``spare_until`` where the platform fails.
    """

    value: Any
    fetched_at: float
    fresh_until: float
    stale_until: float
    spare_until: float
    tags: tuple[str, ...] = ()
    size: int = 0


class BoundedMemoryCache:
    """At most ``max_entries`` entries of about ``max_bytes`` in all. Whether one may be used is said in itself."""

    def __init__(self, max_entries: int, max_bytes: int = 256 * 1024 * 1024) -> None:
        self.max_entries = max_entries
        self.max_bytes = max_bytes
        self.bytes = 0
        self.evictions = 0  # of entries that could still be used
        self.holds_until = 0.0
        """Until when entries stay though their time is over, as long as there is room."""
        self._entries: OrderedDict[str, Entry] = OrderedDict()
        self._tagged: dict[str, set[str]] = {}

    def __len__(self) -> int:
        """How many there are."""
        return len(self._entries)

    def get(self, name: str) -> Entry | None:
        """What is kept under a name, whatever its age."""
        entry = self._entries.get(name)
        if entry is not None:
            self._entries.move_to_end(name)
        return entry

    def fresh(self, prefix: str, keys: Sequence[str], now: float) -> list[Entry] | None:
        """The entries of all these keys; None where one of them is missing or not fresh."""
        known, touch = self._entries.get, self._entries.move_to_end
        found = []
        for key in keys:
            name = prefix + key
            entry = known(name)
            if entry is None or entry.fresh_until <= now:
                return None
            touch(name)
            found.append(entry)
        return found

    def put(self, name: str, entry: Entry, now: float) -> None:
        """Keep something, and let go of what is over; what is larger than the whole memory is not kept."""
        self.discard(name)
        entry.size = size_of(entry.value)
        if entry.size > self.max_bytes:
            return
        self._entries[name] = entry
        self.bytes += entry.size
        for tag in entry.tags:
            self._tagged.setdefault(tag, set()).add(name)
        self._make_room(now)

    def discard(self, name: str) -> None:
        """Forget one, if it is there."""
        entry = self._entries.pop(name, None)
        if entry is not None:
            self._let_go(name, entry)

    def drop(self, tags: Collection[str]) -> int:
        """Forget all that carry one of the tags; answers how many those were."""
        names = {name for tag in tags for name in self._tagged.get(tag, ())}
        for name in names:
            self.discard(name)
        return len(names)

    def _make_room(self, now: float) -> None:
        while self._entries:
            oldest = next(iter(self._entries.values()))
            over = len(self._entries) > self.max_entries or self.bytes > self.max_bytes
            ended = max(oldest.fresh_until, oldest.stale_until, oldest.spare_until, self.holds_until) <= now
            if not over and not ended:
                return
            self.evictions += not ended
            name, entry = self._entries.popitem(last=False)
            self._let_go(name, entry)

    def _let_go(self, name: str, entry: Entry) -> None:
        self.bytes -= entry.size
        for tag in entry.tags:
            names = self._tagged.get(tag)
            if names is not None:
                names.discard(name)
                if not names:
                    del self._tagged[tag]


def size_of(value: Any) -> int:
    """About how many bytes a value takes, with all that keeping it takes."""
    try:
        return _AROUND + _IN_MEMORY * len(_written(value))
    except (OverflowError, UnicodeEncodeError, RecursionError, TypeError):  # what msgpack cannot hold
        return _UNKNOWN
