"""Refresh tokens: used once, each followed by the next of its family (RFC 9700 section 4.14.2).

An answer that was lost can be asked for again: for a short while the token used last gives the same successor again, to
the same client and key. Any other that comes again was stolen from somebody: the whole family ends.
"""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.authorization.audiences import narrowed
from auth.authorization.families import Family, Presented
from auth.authorization.grant import Grant
from auth.authorization.lifetimes import Lifetimes
from auth.authorization.rows import Facts, Replayed, grant_from
from auth.client import Client
from auth.refusals import OAuthError, Refusal
from auth.scopes import known_scopes, within
from auth.settings import AuthSettings
from auth.store.moments import now
from auth.store.persons import facts_of
from auth.store.tables import GrantRow, SessionRow
from auth.vault import SealBrokenError, Vault
from connectors.viewer import Scope

_BY_ID = select(GrantRow).where(GrantRow.id == bindparam("id")).with_for_update()
_BROWSER = select(SessionRow).where(SessionRow.sid == bindparam("sid"))
"""Put together once: that costs more than to run them."""


@dataclass(frozen=True, slots=True)
class Refresh:
    """What a client sends to go on; ``scopes`` are fewer ones it wants, ``jkt`` is the key it showed."""

    presented: Presented = field(repr=False)
    scopes: frozenset[Scope] | None
    resource: str | None
    jkt: str | None


@dataclass(frozen=True, slots=True)
class Refreshed:
    """The grant to go on with; ``seen`` names the browser session that is in use by it, when that is to be noted."""

    grant: Grant
    seen: str | None


class Refreshing:
    """What happens to refresh tokens inside a transaction; one per process."""

    def __init__(self, settings: AuthSettings, vault: Vault, lifetimes: Lifetimes) -> None:
        self._settings = settings
        self._vault = vault
        self._lifetimes = lifetimes

    async def go_on(self, session: AsyncSession, client: Client, asked: Refresh) -> Refreshed | Replayed:
        """Use a refresh token up, or repeat the answer it had. Raises ``OAuthError``."""
        row, family = await self._found(session, client, asked.presented)
        moment = now()  # only now: until then another may have held the row, and rotated it later than we were asked
        if row.ended_at is not None or row.expires_at <= moment:
            raise OAuthError(Refusal.BAD_REFRESH_TOKEN)
        is_latest = asked.presented.number == row.counter
        if not is_latest and not self._was_lost(row, asked, moment):
            return Replayed(row, Refusal.BAD_REFRESH_TOKEN)
        _check_key(row, client, asked.jkt)
        browser = await self._browser(session, row, moment)
        scopes = await _scopes_now(session, row, client, asked.scopes)
        audience = narrowed(self._settings, Facts.of(row).audience, asked.resource)
        if is_latest:
            row.counter, row.rotated_at, row.dpop_jkt = row.counter + 1, moment, asked.jkt
            ends_at = None if browser is None else browser.ends_at
            row.expires_at = self._lifetimes.refreshable(
                moment, begun_at=row.created_at, offline=row.offline, session_ends_at=ends_at
            )
        grant = grant_from(row, scopes=scopes, audience=audience, refresh_token=family.token(row.counter))
        return Refreshed(
            grant, None if browser is None or browser.seen_at + self._lifetimes.noted_every > moment else browser.sid
        )

    async def _found(self, session: AsyncSession, client: Client, presented: Presented) -> tuple[GrantRow, Family]:
        row = await session.scalar(_BY_ID, {"id": presented.grant_id})
        if row is None or row.client_id != client.client_id or row.sealed_family_key is None:
            raise OAuthError(Refusal.BAD_REFRESH_TOKEN)
        try:
            family = Family.stored(row.id, row.sealed_family_key, self._vault)
        except SealBrokenError as error:  # its secret was taken off the settings
            raise OAuthError(Refusal.BAD_REFRESH_TOKEN) from error
        if not family.made(presented):
            raise OAuthError(Refusal.BAD_REFRESH_TOKEN)
        return row, family

    def _was_lost(self, row: GrantRow, asked: Refresh, moment: datetime) -> bool:
        """Whether the answer to the token used last may have been lost; never without grace, however clocks differ."""
        used_last = asked.presented.number == row.counter - 1 and row.dpop_jkt == asked.jkt
        if not used_last or row.rotated_at is None or not self._lifetimes.grace:
            return False
        return moment < row.rotated_at + self._lifetimes.grace

    async def _browser(self, session: AsyncSession, row: GrantRow, moment: datetime) -> SessionRow | None:
        """The browser session a grant ends with."""
        if row.offline or row.sid is None:
            return None
        browser = await session.scalar(_BROWSER, {"sid": row.sid})
        if browser is None or browser.ended_at is not None or browser.ends_at <= moment:
            raise OAuthError(Refusal.BAD_REFRESH_TOKEN)
        if browser.seen_at + self._lifetimes.session_idle <= moment:
            raise OAuthError(Refusal.BAD_REFRESH_TOKEN)
        return browser


def _check_key(row: GrantRow, client: Client, jkt: str | None) -> None:
    """A public client must show the key it began with; others prove themselves, and may change it.

    RFC 9449 section 5. What was bound stays bound.
    """
    kept = row.dpop_jkt is None or jkt == row.dpop_jkt or (jkt is not None and not client.is_public)
    if not kept:
        raise OAuthError(Refusal.WRONG_KEY)


async def _scopes_now(
    session: AsyncSession, row: GrantRow, client: Client, asked: frozenset[Scope] | None
) -> frozenset[Scope]:
    """Those asked for, as far as client and roles allow them today (RFC 6749 section 6); never more than granted."""
    granted = known_scopes(" ".join(row.scopes))
    if asked is not None and not asked <= granted:
        raise OAuthError(Refusal.BAD_SCOPE)
    person = await facts_of(session, row.person_id)
    if person is None:
        raise OAuthError(Refusal.BAD_REFRESH_TOKEN)
    allowed = within(granted if asked is None else asked, client.scopes, person.roles)
    if not allowed:
        raise OAuthError(Refusal.BAD_SCOPE)
    return allowed
