"""Makes the viewer of a token from what the store knows now: the token itself names nobody's account."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from auth.known_clients import KnownClients
from auth.roles import allows
from auth.store.database import Database
from auth.store.persons import PersonFacts, facts_of
from connectors.viewer import Role, Scope, Viewer

_MOST = 10_000
_PARTNER = frozenset({Role.PARTNER})


@dataclass(frozen=True, slots=True)
class Loaded:
    """A viewer, and how many seconds ago the store was asked for what it is made of."""

    viewer: Viewer
    age: float


@dataclass(frozen=True, slots=True)
class _Known:
    """What was read of a person, and when: by the clock that never jumps, and by that of tokens."""

    facts: PersonFacts
    read_at: float
    moment: float


class Viewers:
    """One per process; remembers persons for ``fresh_s`` seconds, bounded."""

    def __init__(
        self,
        database: Database,
        clients: KnownClients | None = None,
        fresh_s: float = 0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._clients = clients or KnownClients(database)
        self._fresh = fresh_s
        self._clock = clock
        self._known: dict[str, _Known] = {}
        self._changes = 0

    async def load(self, subject: str, client_id: str, scopes: frozenset[Scope], issued_at: float = 0) -> Loaded | None:
        """Make the viewer of a token's subject, a person or the client itself.

        What was read of a person before the token was issued does not count: the sign-in it follows from may have
        changed it. None when the client is disabled or unknown, or the person is not there any more.
        """
        client = await self._clients.get(client_id)
        if client is None:
            return None
        if subject == client_id:
            viewer = Viewer(client_id=client_id, roles=_PARTNER, scopes=scopes)
            return Loaded(viewer, self._clock() - client.read_at)
        known, moment = self._known.get(subject), self._clock()
        if known is None or moment - known.read_at >= self._fresh or known.moment < issued_at:
            known = await self._read(subject)
        if known is None:
            return None
        return Loaded(_viewer(known.facts, client_id, scopes), moment - min(known.read_at, client.read_at, moment))

    async def of_person(self, person_id: str) -> Viewer | None:
        """Read somebody as they are now, without a client: for a link or a token that is made for them."""
        known = await self._read(person_id)
        return None if known is None else _viewer(known.facts, None, frozenset())

    def forget(self, person_id: str | None = None) -> None:
        """Read that person again, or everybody: to be called when what follows from the store may have changed."""
        self._changes += 1
        if person_id is None:
            self._known.clear()
        else:
            self._known.pop(person_id, None)

    async def _read(self, person_id: str) -> _Known | None:
        changes, read_at, moment = self._changes, self._clock(), time.time()
        facts = await self._database.read(lambda session: facts_of(session, person_id))
        if facts is None:
            self.forget(person_id)
            return None
        known = _Known(facts, read_at, moment)
        if changes == self._changes:
            while len(self._known) >= _MOST:
                del self._known[next(iter(self._known))]
            self._known[person_id] = known
        return known


def _viewer(person: PersonFacts, client_id: str | None, scopes: frozenset[Scope]) -> Viewer:
    return Viewer(
        person_id=person.person_id,
        client_id=client_id,
        roles=person.roles,
        scopes=frozenset(
            [scope for scope in scopes if allows(person.roles, scope)]
        ),  # a lost role takes its scopes along
        accounts=person.accounts,
        member_key=person.member_key,
        employee_code=person.employee_code,
    )
