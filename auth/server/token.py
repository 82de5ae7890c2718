"""The token endpoint (RFC 6749 section 3.2): what a client trades for an access token."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from auth.authority import Authority
from auth.client import Client, GrantType
from auth.refusals import OAuthError, Refusal
from auth.server.answers import private_answer
from auth.server.authorization_code import authorization_code
from auth.server.binding import binding_of
from auth.server.client_credentials import client_credentials
from auth.server.client_proof import client_of
from auth.server.device_code import device_code
from auth.server.form import Form, form_of
from auth.server.refresh_token import refresh_token
from auth.server.token_exchange import token_exchange

Step = Callable[[Authority, Client, Form, str | None], Awaitable[Mapping[str, Any]]]
"""Takes the thumbprint of the key the client showed, if any: its tokens are to be bound to it."""

STEPS: Mapping[GrantType, Step] = {
    GrantType.AUTHORIZATION_CODE: authorization_code,
    GrantType.REFRESH_TOKEN: refresh_token,
    GrantType.DEVICE_CODE: device_code,
    GrantType.TOKEN_EXCHANGE: token_exchange,
    GrantType.CLIENT_CREDENTIALS: client_credentials,
}
"""What happens for each grant once the client is known; the answer's body comes out."""


class TokenEndpoint:
    """``POST /oauth/token``."""

    def __init__(self, authority: Authority) -> None:
        self._authority = authority

    async def answer(self, request: Request) -> Response:
        """Answer with a token; raises ``OAuthError``, ``StoreUnavailableError``."""
        form = await form_of(request)
        client = await client_of(self._authority, request, form)
        grant = _grant(form, client)
        jkt = await binding_of(self._authority, request, client)
        self._authority.last_used.note(client.client_id)
        return private_answer(await STEPS[grant](self._authority, client, form, jkt))


def _grant(form: Form, client: Client) -> GrantType:
    wanted = form.required("grant_type")
    grant = next((known for known in STEPS if known.value == wanted), None)
    if grant is None:
        raise OAuthError(Refusal.UNKNOWN_GRANT)
    if grant not in client.grants:
        raise OAuthError(Refusal.GRANT_NOT_ALLOWED)
    return grant
