"""How many subscriptions may be open: of all, and of one person.

A topic that is listened to is looked at again and again, so whoever opened thousands would have the platforms asked in
their name, and leave no room for others.
"""

from collections import Counter

from connectors.refusals import RefusedError
from gateway.live.settings import LiveSettings

TOO_MANY = "TOO_MANY_STREAMS"


class Room:
    """One per process."""

    def __init__(self, settings: LiveSettings) -> None:
        self._most, self._most_of_one = settings.max_streams, settings.max_streams_per_person
        self._of: Counter[str | None] = Counter()

    def check(self, person: str | None) -> None:
        """Raise ``RefusedError`` where one more is too many; a token of no person counts among all alone."""
        if person is not None and self._of[person] >= self._most_of_one:
            raise RefusedError(TOO_MANY, most=self._most_of_one)
        if self._of.total() >= self._most:
            raise RefusedError(TOO_MANY, most=self._most)

    def taken(self, person: str | None) -> None:
        """Note one more."""
        self._of[person] += 1

    def left(self, person: str | None) -> None:
        """Note one less; nothing is kept of who has none."""
        self._of[person] -= 1
        if not self._of[person]:
            del self._of[person]
