"""What a client asks for when it sends the person here to sign out (OpenID Connect RP-Initiated Logout 1.0)."""

import json
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from auth.clients import Clients
from auth.keys import SigningKeys
from auth.logouts.hints import Hint, hint_of
from auth.vault import SealBrokenError, Vault

_LASTS_SECONDS = 600
_MOST = 8000
_MAX_STATE = 1024
_PLACE = "logout request"
_COME = "logout parameters"


class LogoutRequestError(Exception):
    """The request is wrong in a way that no person can mend; nobody is redirected anywhere for it."""


@dataclass(frozen=True, slots=True)
class LogoutRequest:
    """A request that was checked; ``leads_to`` is registered for the client, with ``state``. All may be missing."""

    client_id: str | None = None
    client: str | None = None
    leads_to: str | None = None


class LogoutRequests:
    """Checks requests, and seals them into addresses while the person is asked; keeps nothing."""

    def __init__(self, clients: Clients, keys: SigningKeys, vault: Vault, issuer: str) -> None:
        self._clients = clients
        self._keys = keys
        self._vault = vault
        self._issuer = issuer

    async def read(self, parameters: Mapping[str, str]) -> tuple[LogoutRequest, Hint | None]:
        """Check what came; the hint is None where none was sent or it cannot be verified any more.

        Raises ``LogoutRequestError`` for a client nobody knows, a hint of another client, and an address that is not
        registered to the character; ``StoreUnavailableError``.
        """
        token = parameters.get("id_token_hint")
        hint = None if token is None else await hint_of(self._keys, self._issuer, token)
        client_id = parameters.get("client_id")
        if hint is not None and client_id not in {None, hint.client_id}:
            raise LogoutRequestError("the hint is another client's")
        client_id = client_id if hint is None else hint.client_id
        client = None if client_id is None else await self._clients.known(client_id)
        if client_id is not None and client is None:
            raise LogoutRequestError("no such client")
        address, state = parameters.get("post_logout_redirect_uri"), parameters.get("state")
        if address is not None and (client is None or address not in client.post_logout_redirect_uris):
            raise LogoutRequestError("an address that is not registered")
        if state is not None and len(state) > _MAX_STATE:
            raise LogoutRequestError("a state too long")
        name = None if client is None else client.name
        return LogoutRequest(client_id, name, None if address is None else _with_state(address, state)), hint

    def sealed(self, request: LogoutRequest) -> str:
        """Put a checked request into an address of ours; good for ten minutes."""
        return self._seal(asdict(request), _PLACE)

    def unsealed(self, text: str | None) -> LogoutRequest | None:
        """Read what ``sealed`` made; None for anything else, or when its time is over."""
        facts = self._unseal(text, _PLACE)
        return None if facts is None else LogoutRequest(**facts)

    def carried(self, parameters: Mapping[str, str]) -> str:
        """Put unchecked parameters into an address, so that a request by POST goes on by GET; good for ten minutes.

        A browser sends the session's cookie along with a GET that another site caused, and with no POST.
        """
        return self._seal(dict(parameters), _COME)

    def uncarried(self, text: str) -> Mapping[str, str] | None:
        """Read what ``carried`` made; None for anything else, or when its time is over."""
        return self._unseal(text, _COME)

    def _seal(self, facts: Mapping[str, str | None], place: str) -> str:
        return self._vault.seal(json.dumps([int(time.time()), facts]), place)

    def _unseal(self, text: str | None, place: str) -> dict[str, str] | None:
        if text is None or len(text) > _MOST or not text.isascii():
            return None
        try:
            at, facts = json.loads(self._vault.unseal(text, place))
        except SealBrokenError:
            return None
        return dict(facts) if at + _LASTS_SECONDS > time.time() else None


def _with_state(address: str, state: str | None) -> str:
    if state is None:
        return address
    return f"{address}{'&' if '?' in address else '?'}{urlencode({'state': state})}"
