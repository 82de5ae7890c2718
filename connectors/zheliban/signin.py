"""Unified sign-on: a ticketId becomes a token, the token tells who it is (wire-formats B5)."""

from connectors.errors import RejectedInputError, UnexpectedAnswerError
from connectors.records.identity import Identity, TicketForm
from connectors.viewer import Ask
from connectors.zheliban.client import IrsClient
from connectors.zheliban.payloads import PersonInfoPayload, TokenPayload, UserPayload
from connectors.zheliban.settings import ZhelibanSettings

_REAL_NAMED, _UNKNOWN = 2, 1


class ZhelibanSignIn:
    """Signs citizens in; lives as long as the connection. The platform's own token is not kept."""

    forms: tuple[TicketForm, ...] = (TicketForm.ZHELIBAN_UNIFIED,)

    def __init__(self, platform: str, settings: ZhelibanSettings, client: IrsClient) -> None:
        self._platform = platform
        self._settings = settings
        self._client = client

    async def sign_in(self, form: TicketForm, ticket: str, ask: Ask) -> Identity:
        """Hand a ``ticketId`` in; it can be used once.

        Raises:
            SignInNeededError: the ticket is used, ended, or of another application.
            RejectedInputError: another form, or an account of a company.
            PlatformError: what ``IrsClient`` raises.
        """
        if form not in self.forms:
            raise RejectedInputError(self._platform, "access_token", "another form of ticket")
        token = await self._token(ticket, ask)
        user = await self._user(token, ask)
        if user.userType != "PERSON":
            raise RejectedInputError(self._platform, "getUserInfo", "no natural person", upstream_code="LEGAL_PERSON")
        if user.personInfo is None:
            raise UnexpectedAnswerError(self._platform, "getUserInfo", "no personInfo")
        return _identity_from(self._platform, user.personInfo)

    async def _token(self, ticket: str, ask: Ask) -> str:
        body = {"ticketId": ticket, "appId": self._settings.app_id}
        deadline = ask.deadline.sooner(self._settings.timeout)
        component = self._settings.irs.components.token
        data = await self._client.post("access_token", component, "/uc/sso/access_token", body, deadline)
        return data.decoded(TokenPayload).accessToken

    async def _user(self, token: str, ask: Ask) -> UserPayload:
        deadline = ask.deadline.sooner(self._settings.timeout)
        component = self._settings.irs.components.user_info
        data = await self._client.post("getUserInfo", component, "/uc/sso/getUserInfo", {"token": token}, deadline)
        return data.decoded(UserPayload)


def _identity_from(platform: str, person: PersonInfoPayload) -> Identity:
    """Read who somebody is.

    No authentication level comes with this form, so a document number stands for the real-name check [assumed].
    The number of a passport or permit is none a member's citizen number could be compared with, so it is dropped.
    """
    return Identity(
        platform=platform,
        subject=person.userId,
        name=person.userName or "",
        level=_REAL_NAMED if person.idNo else _UNKNOWN,
        id_number=person.idNo or None if person.idType == "ID_CARD" else None,
        mobile=person.phone or None,
    )
