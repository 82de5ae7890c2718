"""Persons, their sessions and what clients hold of them, put straight into the store."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from pydantic import SecretStr
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from auth.audit import Audit
from auth.clients import Clients
from auth.endings import Endings
from auth.keys import SigningKeys
from auth.proof import Proof
from auth.revocations import Revocations
from auth.sessions import Sessions
from auth.settings import AuthSettings, SessionSettings
from auth.store import Database
from auth.store.moments import now
from auth.store.tables import ClientRow, GrantRow, LogoutDeliveryRow, PersonRow, RevocationRow, SessionRow
from auth.vault import Vault

SECRET = SecretStr("invented-secret-of-the-tests-0123456789")
BACK_CHANNEL = "https://partner.example.cn/backchannel"


async def disable(database: Database, client_id: str) -> None:
    """Disable a client behind every process's back."""
    disabled = update(ClientRow).where(ClientRow.client_id == client_id).values(disabled_at=now())
    await database.write(lambda session: session.execute(disabled))


@dataclass
class Holdings:
    """One process in front of a database; ``woken`` counts how often logout tokens were said to be owed."""

    database: Database
    woken: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        settings, vault = AuthSettings(secret=SECRET), Vault(SECRET)
        self.vault = vault
        self.keys = SigningKeys(self.database, vault)
        self.audit = Audit(settings, self.database, vault, self.keys)
        self.clients = Clients(self.database, vault)
        self.sessions = Sessions(self.database, vault, SessionSettings())
        self.revocations = Revocations(self.database)
        told = self.revocations, self.audit, lambda: self.woken.append("owed")
        self.endings = Endings(self.database, self.clients, *told)

    async def client(self, back_channel: str | None = BACK_CHANNEL) -> str:
        """Register a front end."""
        client_id, _ = await self.clients.create(
            "front end",
            grants=["authorization_code", "refresh_token"],
            scopes=["openid"],
            redirect_uris=["https://partner.example.cn/callback"],
            backchannel_logout_uri=back_channel,
        )
        return client_id

    async def person(self) -> str:
        """Somebody new."""
        person_id = f"p_{secrets.token_hex(8)}"
        await self._add(PersonRow(id=person_id, created_at=now()))
        return person_id

    async def session(self, person_id: str) -> str:
        """Sign somebody in and answer the ``sid``."""
        secret = await self.sessions.open(person_id, "zheliban", Proof(1, 2, ("pwd",)), "a browser")
        session = await self.sessions.of(secret)
        assert session is not None
        return session.sid

    async def grant(self, client_id: str, person_id: str, sid: str | None = None, **changes: Any) -> str:
        """Let a client in, its code redeemed."""
        moment = now()
        facts: dict[str, Any] = {
            "id": secrets.token_hex(16),
            "client_id": client_id,
            "person_id": person_id,
            "sid": sid,
            "scopes": frozenset({"openid"}),
            "level": 2,
            "methods": frozenset({"pwd"}),
            "proved_at": moment,
            "offline": False,
            "code_digest": secrets.token_hex(8),
            "code_expires_at": moment + timedelta(seconds=60),
            "code_used_at": moment,
            "counter": 0,
            "created_at": moment,
            "expires_at": moment + timedelta(hours=1),
        }
        row = GrantRow(**(facts | changes))
        await self._add(row)
        return row.id

    async def ended(self, grant_id: str) -> bool:
        """Whether a grant ended."""
        row = await self.database.read(lambda session: session.get(GrantRow, grant_id))
        return row is None or row.ended_at is not None

    async def session_ended(self, sid: str) -> datetime | None:
        """When a session was ended."""
        row = await self.database.read(lambda session: session.get(SessionRow, sid))
        return None if row is None else row.ended_at

    async def owed(self) -> list[tuple[str, str, str]]:
        """Whom a logout token is owed to: client, person, session."""

        async def found(session: AsyncSession) -> list[tuple[str, str, str]]:
            rows = await session.scalars(select(LogoutDeliveryRow).order_by(LogoutDeliveryRow.id))
            return sorted((row.client_id, row.subject, row.sid) for row in rows)

        return await self.database.read(found)

    async def revoked(self) -> set[tuple[str, str]]:
        """What access tokens are taken back by."""

        async def found(session: AsyncSession) -> set[tuple[str, str]]:
            return {(row.kind, row.value) for row in await session.scalars(select(RevocationRow))}

        return await self.database.read(found)

    async def _add(self, row: object) -> None:
        async def added(session: AsyncSession) -> None:
            session.add(row)

        await self.database.write(added)
