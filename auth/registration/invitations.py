"""Invitations: who may register clients by themselves, how many, until when and with which scopes.

An invitation is an initial access token (RFC 7591 section 1.2): shown once, stored as a digest.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.registration.faults import Fault, RegistrationError
from auth.store.database import Database
from auth.store.moments import now
from auth.store.tables import InitialAccessTokenRow
from auth.vault import Vault
from connectors.viewer import Scope

_MAX_LABEL = 200


class NotInvitedError(Exception):
    """The token that lets somebody register, or change a registration, is not one of ours or no longer good."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """What may be registered with it; ``label`` names whoever was invited."""

    label: str
    scopes: frozenset[Scope]
    uses_left: int
    expires_at: datetime


class Invitations:
    """Makes and uses invitations; keeps nothing in memory. All raise ``StoreUnavailableError``."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    async def create(self, label: str, scopes: Collection[str], *, uses: int, lasts_s: int) -> str:
        """Invite somebody and answer the token, which nobody can read again; raises ``ValueError``."""
        if not 0 < len(label) <= _MAX_LABEL or not label.isprintable():
            raise RegistrationError("label", Fault.NAME)
        if uses < 1 or lasts_s < 1 or not scopes:
            raise ValueError("an invitation needs a scope, a use and some time")
        token, moment = secrets.token_urlsafe(32), now()
        row = InitialAccessTokenRow(
            label=label,
            digest=self._vault.digest(token),
            scopes=frozenset(Scope(scope).value for scope in scopes),
            uses_left=uses,
            created_at=moment,
            expires_at=moment + timedelta(seconds=lasts_s),
        )

        async def added(session: AsyncSession) -> None:
            session.add(row)

        await self._database.write(added)
        return token

    async def list(self) -> tuple[Invitation, ...]:
        """Read the invitations that are still good, the newest first."""

        async def found(session: AsyncSession) -> tuple[Invitation, ...]:
            good = (InitialAccessTokenRow.uses_left > 0) & (InitialAccessTokenRow.expires_at > now())
            newest = select(InitialAccessTokenRow).where(good).order_by(InitialAccessTokenRow.id.desc())
            return tuple(_invitation_from(row) for row in await session.scalars(newest))

        return await self._database.read(found)

    async def use_in(self, session: AsyncSession, token: str) -> Invitation:
        """Use an invitation once, inside the transaction of what is registered; raises ``NotInvitedError``."""
        mine = InitialAccessTokenRow.digest.in_(self._vault.digests(token))
        row = await session.scalar(select(InitialAccessTokenRow).where(mine).with_for_update())
        if row is None or row.uses_left < 1 or row.expires_at <= now():
            raise NotInvitedError
        row.uses_left -= 1
        return _invitation_from(row)


def _invitation_from(row: InitialAccessTokenRow) -> Invitation:
    return Invitation(row.label, frozenset(map(Scope, row.scopes)), row.uses_left, row.expires_at)
