"""Signs browsers in by the platform's pages: where they are sent, what they bring back (wire-formats B2, B5, B6)."""

from collections.abc import Mapping

from connectors.errors import NotConfiguredError, SignInNeededError
from connectors.records.identity import Identity, TicketForm
from connectors.records.sign_in_leg import Binding, Way
from connectors.viewer import Ask
from connectors.zheliban.pages import ClassicClient, Pages
from connectors.zheliban.settings import ZhelibanSettings
from connectors.zheliban.signin import ZhelibanSignIn, is_registered, offered_forms
from connectors.zheliban.surroundings import Surroundings, surroundings_of

_UNIFIED, _CLASSIC = TicketForm.ZHELIBAN_UNIFIED, TicketForm.ZHELIBAN_CLASSIC
_ESSO = TicketForm.ZHELIBAN_ESSO
_TITLES = {
    _UNIFIED: ("浙里办", "Zheliban"),
    _CLASSIC: ("浙江政务服务网个人账号", "Zhejiang government services, personal account"),
    _ESSO: ("浙江政务服务网法人账号", "Zhejiang government services, company account"),
}
_TICKETS = {_UNIFIED: ("ticketId",), _CLASSIC: ("ticket",), _ESSO: ("ssotoken", "ssoticket")}
_STATES = {_UNIFIED: ("sp", "redirectUrl"), _CLASSIC: ("sp",), _ESSO: ("goto",)}
"""Under which names ticket and state come back; where there are two, either is in use."""
_CLIENTS = {
    Surroundings.APP: ClassicClient.APP,
    Surroundings.ALIPAY: ClassicClient.ALIPAY,
    Surroundings.WECHAT: ClassicClient.PC,
    Surroundings.BROWSER: ClassicClient.PC,
}


class ZhelibanSignInPage:
    """Port ``SignInPage``; the tickets that come back are ``ZhelibanSignIn``'s to take."""

    def __init__(self, settings: ZhelibanSettings, signin: ZhelibanSignIn, platform: str) -> None:
        offered = (form for form in offered_forms(settings) if is_registered(settings, form))
        self.ways = tuple(Way(platform, form, *_TITLES[form], companies=form is _ESSO) for form in offered)
        self._forms = frozenset(way.form for way in self.ways)
        self._platform = platform
        self._pages = Pages(settings)
        self._signin = signin

    def is_inside(self, user_agent: str) -> bool:
        """The app and its mini-programs (wire-formats B8)."""
        return surroundings_of(user_agent).has_bridge

    async def sign_in_page(self, form: TicketForm, binding: Binding, ask: Ask, *, user_agent: str = "") -> str:  # noqa: ARG002 - nobody is asked
        """Build the address; the classic form has a page of its own for each app."""
        if form not in self._forms:
            raise NotConfiguredError(self._platform, "sign_in_page")
        match form:
            case TicketForm.ZHELIBAN_CLASSIC:
                return self._pages.classic_login(binding.state, _CLIENTS[surroundings_of(user_agent)])
            case TicketForm.ZHELIBAN_ESSO:
                return self._pages.company_login(binding.state)
            case _:
                return self._pages.unified_login(binding.state)

    def state_in(self, form: TicketForm, sent: Mapping[str, str]) -> str | None:
        """``sp``, of companies ``goto``."""
        return _first(sent, _STATES[form])

    async def come_back(self, form: TicketForm, sent: Mapping[str, str], binding: Binding, ask: Ask) -> Identity:  # noqa: ARG002 - the state is all there is
        """Hand in the form's own ticket; another form's is none."""
        ticket = _first(sent, _TICKETS[form])
        if ticket is None:
            raise SignInNeededError(self._platform, "come_back", "no ticket")
        return await self._signin.sign_in(form, ticket, ask)


def _first(sent: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((sent[name] for name in names if sent.get(name)), None)
