"""Persons read a moment ago, so that not every request asks the store what somebody is."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from auth.store.database import Database
from auth.store.persons import PersonFacts, facts_of

_MOST = 10_000


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """What was read of a person, and when: by the clock that never jumps, and by that of tokens."""

    facts: PersonFacts
    read_at: float
    moment: float


class KnownPersons:
    """One per process; remembers persons for ``fresh_s`` seconds, bounded, and drops at once whom it is told to.

    All raise ``StoreUnavailableError``. Of names only what is sealed is kept.
    """

    def __init__(self, database: Database, fresh_s: float = 0, clock: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._fresh = fresh_s
        self._clock = clock
        self._known: dict[str, KnownPerson] = {}
        self._changes = 0

    async def get(self, person_id: str, since: float = 0) -> KnownPerson | None:
        """A person as they were a moment ago, not before ``since`` (seconds since 1970); None for one not there."""
        known = self._known.get(person_id)
        if known is None or self._clock() - known.read_at >= self._fresh or known.moment < since:
            return await self.read(person_id)
        return known

    def lately(self, person_id: str) -> KnownPerson | None:
        """A person as they were when last read, however long ago: for when nothing can be read."""
        return self._known.get(person_id)

    async def read(self, person_id: str) -> KnownPerson | None:
        """A person as they are now; None for one not there (any more)."""
        changes, read_at, moment = self._changes, self._clock(), time.time()
        facts = await self._database.read(lambda session: facts_of(session, person_id))
        if facts is None:
            self.forget(person_id)
            return None
        known = KnownPerson(facts, read_at, moment)
        if changes == self._changes:
            while len(self._known) >= _MOST:
                del self._known[next(iter(self._known))]
            self._known[person_id] = known
        return known

    def forget(self, *persons: str) -> None:
        """Read them again, because they were changed; what is being read just now is not kept either."""
        self._changes += 1
        for person_id in persons:
            self._known.pop(person_id, None)
