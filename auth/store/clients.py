"""Clients and the digests of their secrets."""

import json
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.client import Client
from auth.store.moments import now
from auth.store.tables import ClientRow, ClientSecretRow

LIVE_SECRETS = 2
"""So that a client can change its secret in peace."""


async def client_row(session: AsyncSession, client_id: str) -> ClientRow | None:
    """Read one client."""
    return await session.get(ClientRow, client_id)


async def add_client(session: AsyncSession, row: ClientRow, digest: str | None) -> None:
    """Store a client with its first secret, if it has one."""
    session.add(row)
    await session.flush()
    if digest is not None:
        session.add(ClientSecretRow(client_id=row.client_id, digest=digest, created_at=now()))


async def add_secret(session: AsyncSession, client_id: str, digest: str, live: int = LIVE_SECRETS) -> bool:
    """Store a further secret and drop all but the newest ``live``; False where there is no such client."""
    if await session.get(ClientRow, client_id, with_for_update=True) is None:
        return False
    session.add(ClientSecretRow(client_id=client_id, digest=digest, created_at=now()))
    await session.flush()
    await drop_secrets(session, client_id, but=live)
    return True


async def drop_secrets(session: AsyncSession, client_id: str, *, but: int = 0) -> None:
    """Drop a client's secrets, all but the newest ``but``."""
    mine = ClientSecretRow.client_id == client_id
    ids = (await session.scalars(select(ClientSecretRow.id).where(mine).order_by(ClientSecretRow.id.desc()))).all()
    await session.execute(delete(ClientSecretRow).where(ClientSecretRow.id.in_(ids[but:])))


async def secrets_of(session: AsyncSession, client_id: str) -> list[str]:
    """Read the digests of a client's live secrets."""
    return list(await session.scalars(select(ClientSecretRow.digest).where(ClientSecretRow.client_id == client_id)))


def columns_of(client: Client) -> dict[str, Any]:
    """All that a registration says, as it is stored."""
    return {
        "name": client.name,
        "auth_method": client.auth_method.value,
        "grants": client.grants,
        "scopes": client.scopes,
        "ticket_forms": client.ticket_forms,
        "origins": client.origins,
        "redirect_uris": client.redirect_uris,
        "post_logout_redirect_uris": client.post_logout_redirect_uris,
        "backchannel_logout_uri": client.backchannel_logout_uri,
        "jwks": None if client.jwks is None else json.dumps(client.jwks),
        "contact": client.contact,
        "access_token_lifetime": client.access_token_lifetime,
        "dpop_bound": client.dpop_bound,
        "require_par": client.require_par,
    }
