"""Pushed authorization requests (RFC 9126): a client sends its request itself and gets a name for it."""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from auth.authority import Authority
from auth.authorization.parameters import RESOURCE, Parameters, parameters_from
from auth.client import Client
from auth.refusals import OAuthError, Refusal
from auth.server.answers import private_answer
from auth.server.binding import key_shown
from auth.server.client_proof import client_of
from auth.server.form import body_of, form_from

_CREATED = 201


class PushedRequestEndpoint:
    """``POST /oauth/par``."""

    def __init__(self, authority: Authority) -> None:
        self._authority = authority

    async def answer(self, request: Request) -> Response:
        """Answer the ``request_uri``; raises ``OAuthError``, ``StoreUnavailableError``.

        All that is wrong is told here, where only the client hears of it.
        """
        body = await body_of(request)
        client = await client_of(self._authority, request, form_from(body, several={RESOURCE}))
        parameters = await self._authority.authorizations.meant(_of_client(parameters_from(body), client), client)
        parameters = _with_key(parameters, await key_shown(self._authority, request))
        self._authority.authorizations.check(client, parameters)
        request_uri = await self._authority.pushed_requests.push(client, parameters)
        lasts_s = self._authority.pushed_requests.lasts_s
        return private_answer({"request_uri": request_uri, "expires_in": lasts_s}, _CREATED)


def _of_client(parameters: Parameters, client: Client) -> Parameters:
    """A client that proved itself in another way need not name itself again."""
    return replace(parameters, values={**parameters.values, "client_id": client.client_id})


def _with_key(parameters: Parameters, jkt: str | None) -> Parameters:
    """The key a client shows here is the one its tokens will be bound to (RFC 9449 section 10.1)."""
    if jkt is None:
        return parameters
    if parameters.get("dpop_jkt") not in {None, jkt}:
        raise OAuthError(Refusal.WRONG_THUMBPRINT)
    return replace(parameters, values={**parameters.values, "dpop_jkt": jkt})
