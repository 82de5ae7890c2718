"""What persons let clients do: asked once, remembered per client and scope, taken back whenever they like."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.scopes import known_scopes
from auth.store.database import Database
from auth.store.moments import now
from auth.store.tables import ClientRow, ConsentRow, GrantRow
from connectors.viewer import Scope


@dataclass(frozen=True, slots=True)
class Connected:
    """A client a person let in, by a consent or by a grant that still lives; ``scopes`` are all it may use."""

    client_id: str
    name: str
    contact: str | None
    scopes: frozenset[Scope]
    since: datetime


class Consents:
    """One per process, keeps nothing in memory. All raise ``StoreUnavailableError``.

    A client whose consent is taken back keeps the tokens it has: whoever takes back ends them too
    (``Endings.client_of_person``, which takes the consent back itself).
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def given(self, person_id: str, client_id: str) -> frozenset[Scope]:
        """All that a person lets a client do; empty where they never agreed."""
        return _scopes_of(await self._database.read(partial(_row, person_id=person_id, client_id=client_id)))

    async def covers(self, person_id: str, client_id: str, scopes: Collection[Scope]) -> bool:
        """Whether the person agreed to all of these; to ask for nothing needs a consent as well."""
        row = await self._database.read(partial(_row, person_id=person_id, client_id=client_id))
        return row is not None and frozenset(scopes) <= _scopes_of(row)

    async def give(self, person_id: str, client_id: str, scopes: Collection[Scope]) -> None:
        """Agree to these, besides what was agreed to before."""
        added = frozenset(scope.value for scope in scopes)
        await self._database.write(partial(_give, person_id=person_id, client_id=client_id, added=added))

    async def take_back(self, person_id: str, client_id: str) -> None:
        """Agree to nothing any more."""
        mine = (ConsentRow.person_id == person_id) & (ConsentRow.client_id == client_id)
        await self._database.write(lambda session: session.execute(delete(ConsentRow).where(mine)))

    async def list(self, person_id: str) -> tuple[Connected, ...]:
        """Read whom a person let in, the latest first."""
        found = await self._database.read(partial(_connected, person_id=person_id))
        return tuple(sorted(found, key=lambda client: client.since, reverse=True))


async def _row(session: AsyncSession, person_id: str, client_id: str) -> ConsentRow | None:
    return await session.get(ConsentRow, (person_id, client_id))


def _scopes_of(row: ConsentRow | None) -> frozenset[Scope]:
    """A scope that is no more is passed over."""
    return frozenset() if row is None else known_scopes(" ".join(row.scopes))


async def _give(session: AsyncSession, person_id: str, client_id: str, added: frozenset[str]) -> None:
    row = await session.get(ConsentRow, (person_id, client_id), with_for_update=True)
    if row is None:
        row = ConsentRow(person_id=person_id, client_id=client_id, scopes=frozenset(), given_at=now())
        session.add(row)
    if not added <= row.scopes:
        row.scopes, row.given_at = row.scopes | added, now()


async def _connected(session: AsyncSession, person_id: str) -> Sequence[Connected]:
    consents = await session.scalars(select(ConsentRow).where(ConsentRow.person_id == person_id))
    facts = [(row.client_id, row.scopes, row.given_at) for row in consents]
    living = (GrantRow.person_id == person_id) & GrantRow.ended_at.is_(None) & (GrantRow.expires_at > now())
    facts += [
        (row.client_id, row.scopes, row.created_at) for row in await session.scalars(select(GrantRow).where(living))
    ]
    by_client: dict[str, tuple[frozenset[str], datetime]] = {}
    for client_id, scopes, since in facts:
        before, first = by_client.get(client_id, (frozenset(), since))
        by_client[client_id] = (before | scopes, min(first, since))
    clients = await session.scalars(select(ClientRow).where(ClientRow.client_id.in_(by_client)))
    return [
        Connected(
            client_id=client.client_id,
            name=client.name,
            contact=client.contact,
            scopes=known_scopes(" ".join(by_client[client.client_id][0])),
            since=by_client[client.client_id][1],
        )
        for client in clients
    ]
