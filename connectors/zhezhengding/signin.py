"""Signs officials in who come from inside the 浙政钉 app (免登, wire-formats A4.2)."""

from connectors.records.identity import Identity, TicketForm
from connectors.viewer import Ask
from connectors.zhezhengding.client import ZhezhengdingClient
from connectors.zhezhengding.mapping import identity_from
from connectors.zhezhengding.settings import ZhezhengdingSettings


class ZhezhengdingSignIn:
    """Hands the in-app code in (port ``SignIn``); roles are not told and come from the address book."""

    forms = (TicketForm.ZHEZHENGDING_APP,)

    def __init__(self, settings: ZhezhengdingSettings, client: ZhezhengdingClient) -> None:
        self._settings = settings
        self._client = client

    async def sign_in(self, form: TicketForm, ticket: str, ask: Ask) -> Identity:  # noqa: ARG002 - there is one form
        """Turn a code into an identity; raises ``SignInNeededError`` for a used, ended or foreign one."""
        payload = await self._client.fetch_app_user(ticket, ask.deadline.sooner(self._settings.timeout))
        return identity_from(payload, self._settings.tenant_id)
