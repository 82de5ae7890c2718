"""Makes the viewer of a token from what the store knows now: the token itself names nobody's account."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from auth.known_clients import KnownClients
from auth.known_persons import KnownPersons
from auth.roles import allows
from auth.store.persons import PersonFacts
from connectors.viewer import Role, Scope, Viewer

_PARTNER = frozenset({Role.PARTNER})


@dataclass(frozen=True, slots=True)
class Loaded:
    """A viewer, and how many seconds ago the store was asked for what it is made of."""

    viewer: Viewer
    age: float


class Viewers:
    """One per process; all raise ``StoreUnavailableError``."""

    def __init__(
        self, persons: KnownPersons, clients: KnownClients, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._persons = persons
        self._clients = clients
        self._clock = clock

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
        moment = self._clock()
        known = await self._persons.get(subject, issued_at)
        if known is None:
            return None
        return Loaded(_viewer(known.facts, client_id, scopes), moment - min(known.read_at, client.read_at, moment))

    async def of_person(self, person_id: str) -> Viewer | None:
        """Read somebody as they are now, without a client: for a link or a token that is made for them."""
        known = await self._persons.read(person_id)
        return None if known is None else _viewer(known.facts, None, frozenset())


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
