"""The token endpoint (RFC 6749 section 3.2): what a client trades for an access token."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from auth.authority import Authority
from auth.client import Client, GrantType
from auth.refusals import OAuthError, Refusal
from auth.server.answers import private_answer, refused
from auth.server.client_credentials import client_credentials
from auth.server.client_proof import client_of
from auth.server.form import Form, form_of
from auth.server.token_exchange import token_exchange
from auth.store.database import StoreUnavailableError

Step = Callable[[Authority, Client, Form], Awaitable[Mapping[str, Any]]]

STEPS: Mapping[GrantType, Step] = {
    GrantType.TOKEN_EXCHANGE: token_exchange,
    GrantType.CLIENT_CREDENTIALS: client_credentials,
}
"""What happens for each grant once the client is known; the answer's body comes out."""


class TokenEndpoint:
    """``POST /oauth/token``."""

    def __init__(self, authority: Authority) -> None:
        self._authority = authority

    async def answer(self, request: Request) -> Response:
        """Answer with a token, or with what is wrong and what to do about it."""
        try:
            form = await form_of(request)
            client = await client_of(self._authority.clients, request.headers.getlist("authorization"), form)
            return private_answer(await STEPS[_grant(form, client)](self._authority, client, form))
        except OAuthError as error:
            return refused(error.refusal)
        except StoreUnavailableError:
            return refused(Refusal.BUSY)


def _grant(form: Form, client: Client) -> GrantType:
    wanted = form.required("grant_type")
    grant = next((known for known in STEPS if known.value == wanted), None)
    if grant is None:
        raise OAuthError(Refusal.UNKNOWN_GRANT)
    if grant not in client.grants:
        raise OAuthError(Refusal.GRANT_NOT_ALLOWED)
    return grant
