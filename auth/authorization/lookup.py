"""Looks a refresh token up without using it: for its client, who asks about it or gives it back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from auth.authorization.families import Family, Presented, presented_from
from auth.authorization.grant import Grant
from auth.authorization.rows import Facts, grant_from
from auth.scopes import known_scopes
from auth.settings import AuthSettings
from auth.store.database import Database
from auth.store.moments import now
from auth.store.tables import GrantRow, SessionRow
from auth.vault import SealBrokenError, Vault


@dataclass(frozen=True, slots=True)
class RefreshToken:
    """A refresh token of ours; ``is_good``: it would be taken now."""

    grant: Grant
    is_good: bool
    expires_at: datetime


class RefreshTokens:
    """One per process; keeps nothing in memory."""

    def __init__(self, settings: AuthSettings, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault
        self._idle = timedelta(seconds=settings.session.idle_s)

    async def find(self, token: str) -> RefreshToken | None:
        """What we know of it; None for what was never one of ours. Raises ``StoreUnavailableError``."""
        presented = presented_from(token)
        return None if presented is None else await self._database.read(partial(self._found, presented=presented))

    async def _found(self, session: AsyncSession, presented: Presented) -> RefreshToken | None:
        row = await session.get(GrantRow, presented.grant_id)
        if row is None or row.sealed_family_key is None:
            return None
        try:
            family = Family.stored(row.id, row.sealed_family_key, self._vault)
        except SealBrokenError:  # its secret was taken off the settings
            return None
        if not family.made(presented):
            return None
        scopes = known_scopes(" ".join(row.scopes))
        good = presented.number == row.counter and row.ended_at is None and row.expires_at > now()
        good = good and await self._has_browser(session, row)
        return RefreshToken(grant_from(row, scopes=scopes, audience=Facts.of(row).audience), good, row.expires_at)

    async def _has_browser(self, session: AsyncSession, row: GrantRow) -> bool:
        """Whether the browser session a grant ends with goes on."""
        if row.offline or row.sid is None:
            return True
        browser, moment = await session.get(SessionRow, row.sid), now()
        if browser is None or browser.ended_at is not None:
            return False
        return browser.ends_at > moment and browser.seen_at + self._idle > moment
