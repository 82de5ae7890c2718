"""Signs browsers in by the QR page (wire-formats A4.5), which sends them back with ``code`` and ``state``."""

from collections.abc import Mapping
from urllib.parse import urlencode

from connectors.errors import NotConfiguredError, SignInNeededError
from connectors.records.identity import Identity, TicketForm
from connectors.records.sign_in_leg import Binding, Way
from connectors.viewer import Ask
from connectors.zhezhengding.settings import NAME, ZhezhengdingSettings
from connectors.zhezhengding.signin import ZhezhengdingSignIn

_APP = "taurusapp"  # what the app's own browser calls itself, in any case
_QR = Way(NAME, TicketForm.ZHEZHENGDING_QR, "浙政钉扫码", "ZheZhengDing, by QR code")


class ZhezhengdingSignInPage:
    """Port ``SignInPage``. Inside the app a page has a code from its bridge and needs none of this."""

    def __init__(self, settings: ZhezhengdingSettings, signin: ZhezhengdingSignIn) -> None:
        self.ways: tuple[Way, ...] = (_QR,) if settings.connected and settings.qr.connected else ()
        self._settings = settings
        self._signin = signin

    def is_inside(self, user_agent: str) -> bool:
        """By the name of the app's browser."""
        return _APP in user_agent.lower()

    async def sign_in_page(self, form: TicketForm, binding: Binding, ask: Ask, *, user_agent: str = "") -> str:  # noqa: ARG002 - nobody is asked
        """The page's address; raises ``NotConfiguredError`` while QR login is not registered, or for another form."""
        if form not in {way.form for way in self.ways}:
            raise NotConfiguredError(NAME, "login")
        qr = self._settings.qr
        query = {
            "response_type": "code",
            "client_id": qr.client_id,
            "redirect_uri": qr.callback_url,
            "scope": "get_user_info",
            "authType": "QRCODE",
            "state": binding.state,
        }
        return f"{self._settings.login_url.rstrip('/')}/oauth2/auth.htm?{urlencode(query)}"

    def state_in(self, form: TicketForm, sent: Mapping[str, str]) -> str | None:  # noqa: ARG002 - there is one form
        """``state``."""
        return sent.get("state")

    async def come_back(self, form: TicketForm, sent: Mapping[str, str], binding: Binding, ask: Ask) -> Identity:  # noqa: ARG002 - the state is all there is
        """Hand the code in."""
        code = sent.get("code")
        if not code:
            raise SignInNeededError(NAME, "come_back", "no code")
        return await self._signin.sign_in(form, code, ask)
