"""Signs people in by this platform: which forms are offered, and in which order. Browsers' pages: ``signin_page.py``.

Each form's own steps are in ``signin_unified.py``, ``signin_classic.py`` and ``signin_esso.py``. The platform's tokens
are not kept: each is dropped once it told who somebody is.
"""

from connectors.errors import RejectedInputError
from connectors.records.identity import Identity, TicketForm
from connectors.viewer import Ask
from connectors.zheliban.client import IrsClient
from connectors.zheliban.exchange import Exchange
from connectors.zheliban.settings import SignInMode, ZhelibanSettings
from connectors.zheliban.signin_classic import ClassicSignIn
from connectors.zheliban.signin_esso import CompanySignIn
from connectors.zheliban.signin_unified import UnifiedSignIn

_OF_MODE = {
    SignInMode.UC: TicketForm.ZHELIBAN_UNIFIED,
    SignInMode.IRS_SIMPLE: TicketForm.ZHELIBAN_CLASSIC,
    SignInMode.SIMPLE: TicketForm.ZHELIBAN_CLASSIC,
    SignInMode.ESSO: TicketForm.ZHELIBAN_ESSO,
}


class ZhelibanSignIn:
    """Turns this platform's tickets into identities (port ``SignIn``).

    ``forms`` has the registration's own first, then the others whose credentials are set.
    """

    def __init__(self, settings: ZhelibanSettings, client: IrsClient, exchange: Exchange) -> None:
        self.forms: tuple[TicketForm, ...] = offered_forms(settings)
        self._platform = client.platform
        self._by_form: dict[TicketForm, UnifiedSignIn | ClassicSignIn | CompanySignIn] = {
            TicketForm.ZHELIBAN_UNIFIED: UnifiedSignIn(settings, client),
            TicketForm.ZHELIBAN_CLASSIC: ClassicSignIn(settings, client, exchange),
            TicketForm.ZHELIBAN_ESSO: CompanySignIn(settings, client, exchange),
        }

    async def sign_in(self, form: TicketForm, ticket: str, ask: Ask) -> Identity:
        """Hand a ticket in; it can be used once.

        Raises:
            SignInNeededError: the ticket is used, ended, or of another application.
            NotAllowedError: the account is not active.
            RejectedInputError: a form that is not offered here.
            PlatformError: else.
        """
        if form not in self.forms:
            raise RejectedInputError(self._platform, "sign_in", "another form of ticket")
        return await self._by_form[form].sign_in(ticket, ask)


def offered_forms(settings: ZhelibanSettings) -> tuple[TicketForm, ...]:
    """The forms in the order they are offered: the registration's, unified, classic, companies' (wire-formats B1)."""
    first = _OF_MODE[settings.mode]
    others = (form for form in dict.fromkeys(_OF_MODE.values()) if form is not first)
    return (first, *(form for form in others if is_registered(settings, form)))


def is_registered(settings: ZhelibanSettings, form: TicketForm) -> bool:
    """Whether the credentials for that form are set."""
    match form:
        case TicketForm.ZHELIBAN_UNIFIED:
            return settings.configured and bool(settings.app_id)
        case TicketForm.ZHELIBAN_CLASSIC:
            return bool(settings.classic_keys.servicecode)
        case _:
            ways = settings.configured or not settings.esso.through_irs
            return ways and bool(settings.esso.project_id and settings.esso.project_secret.get_secret_value())
