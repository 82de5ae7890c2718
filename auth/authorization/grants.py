"""Grants: what persons let clients do, and the tokens that follow from it.

Every grant type comes through here, so that their answers look alike and end alike.
"""

from functools import partial
from typing import TypeVar

from sqlalchemy import bindparam, update
from sqlalchemy.ext.asyncio import AsyncSession

from auth.audit import Act, Audit
from auth.authorization.codes import Codes, Traded, new_code
from auth.authorization.families import presented_from
from auth.authorization.grant import Grant, TokenSet
from auth.authorization.lifetimes import Lifetimes
from auth.authorization.refreshing import Refresh, Refreshed, Refreshing
from auth.authorization.request import AuthorizationRequest
from auth.authorization.rows import Facts, Replayed, begin_family, grant_from, new_row
from auth.client import Client
from auth.id_tokens import IdTokens
from auth.proof import Proof
from auth.refusals import OAuthError, Refusal
from auth.revocations import Revocations, Revoked
from auth.sessions import Session
from auth.settings import AuthSettings
from auth.store.database import Database
from auth.store.moments import now
from auth.store.tables import SessionRow
from auth.tokens import AccessTokens
from auth.vault import Vault
from connectors.viewer import Scope

T = TypeVar("T")
_SEEN = update(SessionRow).where(SessionRow.sid == bindparam("which")).values(seen_at=bindparam("moment"))


class TokenGrants:
    """One per process; keeps nothing in memory. All methods raise ``StoreUnavailableError``."""

    def __init__(
        self,
        settings: AuthSettings,
        database: Database,
        vault: Vault,
        *,
        tokens: AccessTokens,
        id_tokens: IdTokens,
        revocations: Revocations,
        audit: Audit,
    ) -> None:
        self._settings = settings
        self._database = database
        self._vault = vault
        self._tokens = tokens
        self._id_tokens = id_tokens
        self._revocations = revocations
        self._audit = audit
        self._lifetimes = Lifetimes(settings)
        self._codes = Codes(settings, vault, self._lifetimes)
        self._refreshing = Refreshing(settings, vault, self._lifetimes)

    async def begin(self, asked: AuthorizationRequest, who: Session, scopes: frozenset[Scope]) -> str:
        """Give a code for what a person lets a client do; shown once. Raises ``OAuthError``."""
        code = new_code()
        await self._database.write(partial(self._codes.give, asked=asked, who=who, scopes=scopes, code=code))
        self._audit.note(Act.AUTHORIZED, who=who.person_id, client_id=asked.client.client_id)
        return code

    async def redeem(self, client: Client, traded: Traded) -> Grant:
        """Trade a code, once. Raises ``OAuthError``."""
        outcome = await self._database.write(partial(self._traded, client=client, traded=traded))
        if isinstance(outcome, Replayed):
            raise self._replayed(outcome, "code")
        return outcome

    async def begin_now(  # noqa: PLR0917 - each grant type knows all of them
        self,
        session: AsyncSession,
        person_id: str,
        client: Client,
        scopes: frozenset[Scope],
        proof: Proof,
        sid: str | None = None,
        jkt: str | None = None,
        *,
        offline: bool = False,
        audience: str | None = None,
    ) -> Grant:
        """Begin a grant without a code, inside the transaction that uses up what it is given for.

        ``offline``: its refresh tokens outlive the browser session ``sid``.
        """
        row = new_row(client, person_id, scopes, proof)
        facts = Facts(audience or self._settings.audience)
        row.sid, row.dpop_jkt, row.code_facts, row.offline = sid, jkt, facts.written, row.offline or offline
        browser = None if sid is None else await session.get(SessionRow, sid)
        ends_at = None if browser is None else browser.ends_at
        refresh_token = begin_family(row, client, self._vault, self._lifetimes, ends_at)
        session.add(row)
        return grant_from(row, scopes=scopes, audience=facts.audience, refresh_token=refresh_token)

    async def refresh(
        self, client: Client, token: str, scopes: frozenset[Scope] | None, resource: str | None, jkt: str | None
    ) -> Grant:
        """Go on with a grant; ``scopes`` are fewer ones that are wanted this time. Raises ``OAuthError``."""
        presented = presented_from(token)
        if presented is None:
            raise OAuthError(Refusal.BAD_REFRESH_TOKEN)
        asked = Refresh(presented, scopes, resource, jkt)
        outcome = await self._database.write(partial(self._refreshed, client=client, asked=asked))
        if isinstance(outcome, Replayed):
            raise self._replayed(outcome, "refresh token")
        if outcome.seen is not None:
            seen = {"which": outcome.seen, "moment": now()}
            await self._database.write(lambda session: session.execute(_SEEN, seen))
        return outcome.grant

    async def tokens(self, grant: Grant, client: Client) -> TokenSet:
        """Sign the tokens of a grant: one for access, one that says who signed in where ``openid`` is granted."""
        access = await self._tokens.issue(
            grant.person_id,
            client.client_id,
            grant.scopes,
            grant.proof,
            grant_id=grant.id,
            sid=grant.sid,
            jkt=grant.jkt,
            audience=grant.audience,
            lifetime=client.access_token_lifetime,
        )
        id_token = await self._id_tokens.issue(grant, access.token) if Scope.OPENID in grant.scopes else None
        self._audit.note(Act.TOKEN_ISSUED, who=grant.person_id, client_id=client.client_id)
        return TokenSet(access, id_token, grant.refresh_token)

    async def _traded(self, session: AsyncSession, client: Client, traded: Traded) -> Grant | Replayed:
        return await self._ended_if_replayed(session, await self._codes.trade(session, client, traded))

    async def _refreshed(self, session: AsyncSession, client: Client, asked: Refresh) -> Refreshed | Replayed:
        return await self._ended_if_replayed(session, await self._refreshing.go_on(session, client, asked))

    async def _ended_if_replayed(self, session: AsyncSession, outcome: T) -> T:
        if isinstance(outcome, Replayed) and outcome.row.ended_at is None:
            outcome.row.ended_at = now()
            await self._revocations.add(session, Revoked.GRANT, outcome.row.id)
        return outcome

    def _replayed(self, replayed: Replayed, what: str) -> OAuthError:
        self._revocations.note(Revoked.GRANT, replayed.row.id)
        self._audit.note(Act.REPLAY_FOUND, whom=replayed.row.person_id, client_id=replayed.row.client_id, what=what)
        return OAuthError(replayed.refusal)
