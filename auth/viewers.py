"""Makes the viewer of a token from what the store knows now: the token itself names nobody's account."""

from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from auth.store.database import Database
from auth.store.persons import facts_of
from auth.store.tables import ClientRow
from connectors.viewer import Role, Scope, Viewer


class Viewers:
    """Reads viewers; keeps none."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def load(self, subject: str, client_id: str, scopes: frozenset[Scope]) -> Viewer | None:
        """Read the viewer of a token's subject, a person or the client itself.

        None when the client is disabled or unknown, or the person is not there any more.
        """
        return await self._database.read(partial(_viewer, subject=subject, client_id=client_id, scopes=scopes))

    async def of_person(self, person_id: str) -> Viewer | None:
        """Read somebody as they are now, without a client: for a link that was made for them."""
        return await self._database.read(partial(_person, person_id=person_id, client_id=None, scopes=frozenset()))


async def _viewer(session: AsyncSession, subject: str, client_id: str, scopes: frozenset[Scope]) -> Viewer | None:
    client = await session.get(ClientRow, client_id)
    if client is None or client.disabled_at is not None:
        return None
    if subject == client_id:
        return Viewer(client_id=client_id, roles=frozenset({Role.PARTNER}), scopes=scopes)
    return await _person(session, person_id=subject, client_id=client_id, scopes=scopes)


async def _person(
    session: AsyncSession, *, person_id: str, client_id: str | None, scopes: frozenset[Scope]
) -> Viewer | None:
    person = await facts_of(session, person_id)
    if person is None:
        return None
    return Viewer(
        person_id=person.person_id,
        client_id=client_id,
        roles=person.roles,
        scopes=scopes,
        accounts=person.accounts,
        member_key=person.member_key,
        employee_code=person.employee_code,
    )
