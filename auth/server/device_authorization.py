"""Where a device begins (RFC 8628 section 3.1)."""

from starlette.requests import Request
from starlette.responses import Response

from auth.authority import Authority
from auth.client import GrantType
from auth.refusals import OAuthError, Refusal
from auth.scopes import DEFAULT, asked_scopes, within_client
from auth.server.answers import private_answer
from auth.server.binding import key_shown
from auth.server.client_proof import client_of
from auth.server.form import form_of


class DeviceAuthorizationEndpoint:
    """``POST /oauth/device``."""

    def __init__(self, authority: Authority) -> None:
        self._authority = authority

    async def answer(self, request: Request) -> Response:
        """Answer the codes (section 3.2); raises ``OAuthError``, ``StoreUnavailableError``."""
        form = await form_of(request)
        client = await client_of(self._authority, request, form)
        if GrantType.DEVICE_CODE not in client.grants:
            raise OAuthError(Refusal.GRANT_NOT_ALLOWED)
        jkt = await key_shown(self._authority, request)
        scopes = within_client(asked_scopes(form.get("scope")), client.scopes, DEFAULT)
        codes = await self._authority.devices.begin(client, scopes, jkt)
        page = f"{self._authority.settings.issuer}/device"
        return private_answer(
            {
                "device_code": codes.device_code,
                "user_code": codes.user_code,
                "verification_uri": page,
                "verification_uri_complete": f"{page}?user_code={codes.user_code}",
                "expires_in": codes.expires_in,
                "interval": codes.interval,
            }
        )
