"""Clients and the digests of their secrets."""

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.store.moments import now
from auth.store.tables import ClientRow, ClientSecretRow

_LIVE_SECRETS = 2


async def client_row(session: AsyncSession, client_id: str) -> ClientRow | None:
    """Read one client."""
    return await session.get(ClientRow, client_id)


async def add_client(session: AsyncSession, row: ClientRow, digest: str | None) -> None:
    """Store a client with its first secret, if it has one."""
    session.add(row)
    await session.flush()
    if digest is not None:
        session.add(ClientSecretRow(client_id=row.client_id, digest=digest, created_at=now()))


async def add_secret(session: AsyncSession, client_id: str, digest: str) -> bool:
    """Store a further secret and drop all but the newest two; False where there is no such client."""
    if await session.get(ClientRow, client_id, with_for_update=True) is None:
        return False
    session.add(ClientSecretRow(client_id=client_id, digest=digest, created_at=now()))
    await session.flush()
    mine = ClientSecretRow.client_id == client_id
    ids = (await session.scalars(select(ClientSecretRow.id).where(mine).order_by(ClientSecretRow.id.desc()))).all()
    await session.execute(delete(ClientSecretRow).where(ClientSecretRow.id.in_(ids[_LIVE_SECRETS:])))
    return True


async def secrets_of(session: AsyncSession, client_id: str) -> list[str]:
    """Read the digests of a client's live secrets."""
    return list(await session.scalars(select(ClientSecretRow.digest).where(ClientSecretRow.client_id == client_id)))
