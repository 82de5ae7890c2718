"""What a token is worth right now (RFC 7662), told to the client it was given to."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from auth.authority import Authority
from auth.authorization.lookup import RefreshToken
from auth.claims import Claims
from auth.server.answers import private_answer
from auth.server.client_proof import confidential_client_of
from auth.server.form import form_of
from auth.tokens import InvalidTokenError

_INACTIVE: Mapping[str, Any] = {"active": False}


class IntrospectionEndpoint:
    """``POST /oauth/introspect``, for clients that prove themselves.

    A client learns of its own tokens only: for anybody else's, and for what is no token, the answer is one and the same
    (section 2.2), so that nobody can try tokens out here.
    """

    def __init__(self, authority: Authority) -> None:
        self._authority = authority

    async def answer(self, request: Request) -> Response:
        """Answer the token's facts; raises ``OAuthError``, ``StoreUnavailableError``."""
        form = await form_of(request)
        client = await confidential_client_of(self._authority, request, form)
        token = form.required("token")
        return private_answer(await self._facts(token, client.client_id) or _INACTIVE)

    async def _facts(self, token: str, client_id: str) -> Mapping[str, Any] | None:
        """By the token's form, whatever ``token_type_hint`` says."""
        refresh = await self._authority.refresh_tokens.find(token)
        if refresh is not None:
            mine = refresh.is_good and refresh.grant.client_id == client_id
            return _of_refresh(refresh, self._authority.settings.issuer) if mine else None
        try:
            claims = (await self._authority.tokens.verified(token)).claims
        except InvalidTokenError:
            return None
        return _of_access(claims) if claims.client_id == client_id else None


def _of_access(claims: Claims) -> Mapping[str, Any]:
    told: dict[str, Any] = {
        "active": True,
        "token_type": "DPoP" if claims.jkt else "Bearer",
        "iss": claims.iss,
        "sub": claims.sub,
        "aud": claims.aud,
        "exp": claims.exp,
        "iat": claims.iat,
        "jti": claims.jti,
        "client_id": claims.client_id,
        "scope": claims.scope,
    }
    where_known = {
        "cnf": claims.cnf,
        "acr": claims.acr,
        "amr": claims.amr,
        "auth_time": claims.auth_time,
        "sid": claims.sid,
    }
    return told | {name: value for name, value in where_known.items() if value is not None}


def _of_refresh(token: RefreshToken, issuer: str) -> Mapping[str, Any]:
    """A refresh token has no type of its own (RFC 7662 section 2.2: that of the tokens it leads to)."""
    grant = token.grant
    told: dict[str, Any] = {
        "active": True,
        "iss": issuer,
        "sub": grant.person_id,
        "exp": int(token.expires_at.timestamp()),
        "client_id": grant.client_id,
        "scope": " ".join(sorted(grant.scopes)),
        **grant.proof.claims(),
    }
    where_known = {"cnf": {"jkt": grant.jkt} if grant.jkt else None, "sid": grant.sid}
    return told | {name: value for name, value in where_known.items() if value is not None}
