"""Authorization requests: read, sent through pages, answered."""

from collections.abc import Collection
from dataclasses import replace
from urllib.parse import parse_qs, quote, urlsplit

from auth.audit import Act, Audit
from auth.authorization.parameters import Parameters
from auth.authorization.pushed import PREFIX, PushedRequests
from auth.authorization.redirects import answer_address
from auth.authorization.request import (
    HINTED,
    NOBODY,
    AuthorizationRequest,
    Prompt,
    redirect_uri_of,
    request_from,
    state_of,
)
from auth.authorization.sealing import Continued, continued_from, sealed_from
from auth.client import Client, GrantType
from auth.clients import Clients
from auth.keys import SigningKeys
from auth.logouts.hints import hint_of
from auth.pages.troubles import PageError, Trouble
from auth.refusals import OAuthError, Refusal
from auth.settings import AuthSettings
from auth.store.moments import now
from auth.vault import Vault

PATH = "/oauth/authorize"
CONTINUE = "continue"


class RedirectedError(Exception):
    """A request that is refused, and whose client may hear of it: ``address`` is where to send the browser."""

    def __init__(self, refusal: Refusal, address: str) -> None:
        super().__init__(refusal.name)
        self.refusal = refusal
        self.address = address


class Authorizations:
    """One per process; keeps nothing in memory.

    What is wrong before the client's redirect URI is known to be its own is a ``PageError``: nobody is redirected.
    """

    def __init__(
        self,
        settings: AuthSettings,
        vault: Vault,
        *,
        clients: Clients,
        keys: SigningKeys,
        pushed: PushedRequests,
        audit: Audit,
    ) -> None:
        self._settings = settings
        self._vault = vault
        self._clients = clients
        self._keys = keys
        self._pushed = pushed
        self._audit = audit

    async def begun(self, parameters: Parameters) -> AuthorizationRequest:
        """Read a request that comes from a client; raises ``PageError``, ``RedirectedError``."""
        client = await self._client(parameters)
        request_uri = parameters.get("request_uri")
        if request_uri is None or not request_uri.startswith(PREFIX):
            return self._request(Continued(await self.meant(parameters, client), now(), None), client)
        found = await self._pushed.read(request_uri, client)
        if found is None:
            raise PageError(Trouble.REQUEST_ENDED)
        digest, pushed = found
        return self._request(Continued(pushed, now(), digest), client)

    async def meant(self, parameters: Parameters, client: Client) -> Parameters:
        """Put in the place of an ``id_token_hint`` whose it is: it need not be sealed and carried along."""
        token = parameters.get("id_token_hint")
        if token is None:
            return parameters
        hint = await hint_of(self._keys, self._settings.issuer, token)
        subject = NOBODY if hint is None or hint.client_id != client.client_id else hint.subject
        kept = {name: value for name, value in parameters.values.items() if name != "id_token_hint"}
        return replace(parameters, values={**kept, HINTED: subject})

    async def read(self, sealed: str) -> AuthorizationRequest:
        """Read a request that was sent through a page; raises ``PageError`` when it ended or is none of ours."""
        continued = continued_from(sealed, self._vault)
        if continued is None:
            raise PageError(Trouble.REQUEST_ENDED)
        try:
            return self._request(continued, await self._client(continued.parameters))
        except RedirectedError as error:  # it was good when it was sealed: the client was changed since
            raise PageError(Trouble.REQUEST_ENDED) from error

    def check(self, client: Client, parameters: Parameters) -> None:
        """Hold a request that is pushed against everything that can be known now; raises ``OAuthError``."""
        if GrantType.AUTHORIZATION_CODE not in client.grants:  # at the endpoint such a client has no redirect URI
            raise OAuthError(Refusal.GRANT_NOT_ALLOWED)
        redirect_uri = redirect_uri_of(parameters, client)
        if redirect_uri is None:
            raise OAuthError(Refusal.BAD_REDIRECT_URI)
        request_from(self._settings, Continued(parameters, now(), "pushed"), client, redirect_uri)

    def onward(self, asked: AuthorizationRequest, *, without: Collection[Prompt] = ()) -> str:
        """The path at which a request goes on, for ten minutes; ``without`` prompts that the next page answers."""
        values = dict(asked.parameters.values)
        values["prompt"] = " ".join(sorted(asked.prompts - frozenset(without)))
        parameters = replace(asked.parameters, values={name: value for name, value in values.items() if value})
        sealed = sealed_from(Continued(parameters, asked.begun_at, asked.pushed), self._vault)
        return f"{PATH}?{CONTINUE}={quote(sealed, safe='')}"

    def answer(self, asked: AuthorizationRequest, **parameters: str) -> str:
        """Where the browser takes an answer to the client (RFC 6749 section 4.1.2, RFC 9207)."""
        return answer_address(asked.redirect_uri, **parameters, state=asked.state, iss=self._settings.issuer)

    def refusal(self, asked: AuthorizationRequest, refusal: Refusal) -> str:
        """Where the browser takes a refusal to the client (RFC 6749 section 4.1.2.1)."""
        return self.answer(asked, error=refusal.code, error_description=refusal.en)

    async def denied(self, sealed: str, person_id: str) -> str:
        """The person said no: where the browser tells the client so. Raises ``PageError``."""
        asked = await self.read(sealed)
        self._audit.note(Act.AUTHORIZATION_DENIED, who=person_id, client_id=asked.client.client_id)
        return self.refusal(asked, Refusal.DENIED)

    def ends_at(self, path: str) -> str | None:
        """The redirect URI at which a path of ``onward`` ends: forms that lead there must be let (``form-action``)."""
        sealed = parse_qs(urlsplit(path).query).get(CONTINUE, [""])[0]
        continued = continued_from(sealed, self._vault)
        return None if continued is None else continued.parameters.get("redirect_uri")

    async def _client(self, parameters: Parameters) -> Client:
        client = await self._clients.known(parameters.get("client_id") or "")
        if client is None:
            raise PageError(Trouble.CLIENT_UNKNOWN)
        return client

    def _request(self, continued: Continued, client: Client) -> AuthorizationRequest:
        redirect_uri = redirect_uri_of(continued.parameters, client)
        if redirect_uri is None:
            raise PageError(Trouble.REDIRECT_UNKNOWN)
        try:
            return request_from(self._settings, continued, client, redirect_uri)
        except OAuthError as error:
            told = {"error": error.refusal.code, "error_description": error.refusal.en}
            state = state_of(continued.parameters)
            address = answer_address(redirect_uri, **told, state=state, iss=self._settings.issuer)
            raise RedirectedError(error.refusal, address) from error
