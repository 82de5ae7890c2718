"""Who read what: kept where somebody said so, invented for what was there before."""

import zlib
from datetime import datetime, timedelta

_UNREAD_ONE_OF = 3
_ALWAYS_UNREAD = timedelta(days=7)


class Readers:
    """By employee and key; lives as long as the sandbox. ``today`` is the day the world was made for."""

    def __init__(self, today: datetime) -> None:
        self._today = today
        self._marked: dict[tuple[str, str], datetime] = {}

    def read_at(self, employee: str, key: str, at: datetime) -> datetime | None:
        """When somebody read what came at that time; what came in the last week is unread until marked."""
        marked = self._marked.get((employee, key))
        if marked is not None or at > self._today - _ALWAYS_UNREAD:
            return marked
        chance = zlib.crc32(f"{employee}:{key}".encode())
        return None if chance % _UNREAD_ONE_OF == 0 else at + timedelta(minutes=5 + chance % 2880)

    def mark(self, employee: str, key: str, at: datetime, now: datetime) -> datetime:
        """Mark as read; what was read before stays so."""
        return self._marked.setdefault((employee, key), self.read_at(employee, key, at) or now)
