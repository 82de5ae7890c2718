"""Authorization codes: given once, traded once (RFC 6749 section 4.1.2).

A code is 256 random bits, of which the grant keeps a digest, beside what the code is bound to. To trade it is one
transaction: the code is used up and the family of refresh tokens begun, or nothing happened.
"""

import base64
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.authorization.audiences import narrowed
from auth.authorization.grant import Grant
from auth.authorization.lifetimes import Lifetimes
from auth.authorization.pushed import PushedRequests
from auth.authorization.request import AuthorizationRequest
from auth.authorization.rows import Facts, Replayed, begin_family, grant_from, new_row
from auth.client import Client
from auth.refusals import OAuthError, Refusal
from auth.scopes import known_scopes
from auth.sessions import Session
from auth.settings import AuthSettings
from auth.store.moments import now
from auth.store.tables import GrantRow, SessionRow
from auth.vault import Vault
from connectors.viewer import Scope

_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}", re.ASCII)
_BY_CODE = select(GrantRow).where(GrantRow.code_digest.in_(bindparam("digests", expanding=True))).with_for_update()
"""Put together once: that costs more than to run it."""


@dataclass(frozen=True, slots=True)
class Traded:
    """What a client sends to trade a code; ``jkt`` is the key it showed."""

    code: str = field(repr=False)
    verifier: str = field(repr=False)
    redirect_uri: str | None
    resource: str | None
    jkt: str | None


class Codes:
    """What happens to codes inside a transaction; one per process."""

    def __init__(self, settings: AuthSettings, vault: Vault, lifetimes: Lifetimes) -> None:
        self._settings = settings
        self._vault = vault
        self._lifetimes = lifetimes

    async def give(
        self, session: AsyncSession, asked: AuthorizationRequest, who: Session, scopes: frozenset[Scope], code: str
    ) -> None:
        """Store a code.

        Raises ``OAuthError`` where the browser session ended meanwhile, or another used up the pushed request.
        """
        moment = now()
        browser = await session.get(SessionRow, who.sid, with_for_update=True)
        if browser is None or browser.ended_at is not None or browser.ends_at <= moment:
            raise OAuthError(Refusal.LOGIN_REQUIRED)
        if asked.pushed is not None and not await PushedRequests.use_up(session, asked.pushed):
            raise OAuthError(Refusal.PUSHED_REQUEST_USED)
        facts = Facts(asked.audience, asked.redirect_uri, asked.challenge, asked.nonce, browser.ends_at.timestamp())
        row = new_row(asked.client, who.person_id, scopes, who.proof)
        row.sid, row.dpop_jkt = who.sid, asked.jkt
        row.code_digest, row.code_facts = self._vault.digest(code), facts.written
        row.code_expires_at = row.expires_at = moment + self._lifetimes.code
        session.add(row)

    async def trade(self, session: AsyncSession, client: Client, traded: Traded) -> Grant | Replayed:
        """Use a code up; one that comes again ends what it gave (RFC 6749 section 4.1.2). Raises ``OAuthError``."""
        row = await session.scalar(_BY_CODE, {"digests": self._vault.digests(traded.code)})
        if row is None or row.client_id != client.client_id:
            raise OAuthError(Refusal.BAD_CODE)
        if row.ended_at is not None:  # nothing is left to end: whoever sends it again and again writes no audit by it
            raise OAuthError(Refusal.BAD_CODE)
        if row.code_used_at is not None:
            return Replayed(row, Refusal.BAD_CODE)
        moment = now()
        if row.code_expires_at is None or row.code_expires_at <= moment:
            raise OAuthError(Refusal.BAD_CODE)
        facts = Facts.of(row)
        _check_binding(row, facts, traded)
        audience = narrowed(self._settings, facts.audience, traded.resource)
        row.code_used_at, row.dpop_jkt = moment, traded.jkt
        ends_at = None if facts.session_ends_at is None else datetime.fromtimestamp(facts.session_ends_at, UTC)
        return grant_from(
            row,
            scopes=known_scopes(" ".join(row.scopes)),
            audience=audience,
            nonce=facts.nonce,
            refresh_token=begin_family(row, client, self._vault, self._lifetimes, ends_at),
        )


def new_code() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)


def _check_binding(row: GrantRow, facts: Facts, traded: Traded) -> None:
    """What a code is bound to besides its client; a redirect URI may be left out, as in OAuth 2.1."""
    if traded.redirect_uri not in {None, facts.redirect_uri}:
        raise OAuthError(Refusal.WRONG_REDIRECT_URI)
    right = _VERIFIER.fullmatch(traded.verifier) and hmac.compare_digest(_challenge(traded.verifier), facts.challenge)
    if not right:
        raise OAuthError(Refusal.WRONG_VERIFIER)
    if row.dpop_jkt not in {None, traded.jkt}:
        raise OAuthError(Refusal.WRONG_KEY)


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
