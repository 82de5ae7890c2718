"""Signs officials in: from inside the 浙政钉 app (免登, wire-formats A4.2), or by QR code on a desktop (A4.3, A4.5)."""

from msgspec.json import Decoder

from connectors.deadline import Deadline
from connectors.errors import RejectedInputError
from connectors.records.identity import Identity, TicketForm
from connectors.viewer import Ask
from connectors.zhezhengding.client import ZhezhengdingClient
from connectors.zhezhengding.mapping import identity_from
from connectors.zhezhengding.payloads import AppUserPayload
from connectors.zhezhengding.settings import NAME, ZhezhengdingSettings

_APP_USER = Decoder(AppUserPayload, strict=False)
_TOKEN_IN = "access_token"  # noqa: S105 - a name
_IN_APP, _SCANNED = TicketForm.ZHEZHENGDING_APP, TicketForm.ZHEZHENGDING_QR


class ZhezhengdingSignIn:
    """Hands a code in (port ``SignIn``); roles are not told and come from the address book.

    ``client`` calls with the application's key pair, ``scanning`` with that of QR login: its token is another one.
    """

    forms = (_IN_APP, _SCANNED)

    def __init__(
        self, settings: ZhezhengdingSettings, client: ZhezhengdingClient, scanning: ZhezhengdingClient
    ) -> None:
        self._settings = settings
        self._client = client
        self._scanning = scanning

    async def sign_in(self, form: TicketForm, ticket: str, ask: Ask) -> Identity:
        """Turn a code into an identity.

        Raises:
            SignInNeededError: the code is used, ended or foreign.
            RejectedInputError: another form of ticket.
            PlatformError: what the client raises; ``NotConfiguredError`` without the form's key pair.
        """
        deadline = ask.deadline.sooner(self._settings.timeout)
        if form is _IN_APP:
            payload = await self._in_app(ticket, deadline)
        elif form is _SCANNED:
            payload = await self._scanned(ticket, deadline)
        else:
            raise RejectedInputError(NAME, "dingtalk_app_user", "another form of ticket")
        return identity_from(payload, self._settings.tenant_id)

    async def _in_app(self, code: str, deadline: Deadline) -> AppUserPayload:
        path = "/rpc/oauth2/dingtalk_app_user.json"
        return await self._client.call("POST", path, {"auth_code": code}, _APP_USER, deadline, token_in=_TOKEN_IN)

    async def _scanned(self, code: str, deadline: Deadline) -> AppUserPayload:
        path = "/rpc/oauth2/getuserinfo_bycode.json"
        return await self._scanning.call("POST", path, {"code": code}, _APP_USER, deadline, token_in=_TOKEN_IN)
