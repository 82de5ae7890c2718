"""A client gives a token back (RFC 7009)."""

from datetime import UTC, datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response

from auth.audit import Act
from auth.authority import Authority
from auth.client import Client
from auth.refusals import OAuthError, Refusal
from auth.revocations import Revoked
from auth.server.answers import NOT_KEPT
from auth.server.client_proof import client_of
from auth.server.form import form_of
from auth.tokens import InvalidTokenError

_LEEWAY = timedelta(seconds=60)


class RevocationEndpoint:
    """``POST /oauth/revoke``; public clients give back what they hold by their id alone (section 2.1)."""

    def __init__(self, authority: Authority) -> None:
        self._authority = authority

    async def answer(self, request: Request) -> Response:
        """End the token; one that is none of ours, or ended already, is as good as given back.

        Raises ``OAuthError`` for another client's, ``StoreUnavailableError``.
        """
        form = await form_of(request)
        client = await client_of(self._authority, request, form)
        token = form.required("token")
        if not await self._refresh_token(token, client):
            await self._access_token(token, client)
        return Response(status_code=200, headers=NOT_KEPT)

    async def _refresh_token(self, token: str, client: Client) -> bool:
        """With a refresh token its grant ends, and all tokens of that; False for what is no refresh token."""
        known = await self._authority.refresh_tokens.find(token)
        if known is None:
            return False
        if known.grant.client_id != client.client_id:
            raise OAuthError(Refusal.NOT_YOUR_TOKEN)
        await self._authority.endings.grant(known.grant.id)
        self._authority.audit.note(Act.TOKEN_REVOKED, whom=known.grant.person_id, client_id=client.client_id)
        return True

    async def _access_token(self, token: str, client: Client) -> None:
        try:
            claims = await self._authority.tokens.claims_of(token)
        except InvalidTokenError:
            return
        if claims.client_id != client.client_id:
            raise OAuthError(Refusal.NOT_YOUR_TOKEN)
        until = datetime.fromtimestamp(claims.exp, UTC) + _LEEWAY
        await self._authority.revocations.revoke(Revoked.JTI, claims.jti, until)
        whom = claims.sub if claims.sub != client.client_id else None
        self._authority.audit.note(Act.TOKEN_REVOKED, whom=whom, client_id=client.client_id)
