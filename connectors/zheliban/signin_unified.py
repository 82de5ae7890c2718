"""Unified sign-on: a ticketId becomes a token, the token tells who it is (wire-formats B5)."""

from typing import Any

from connectors.errors import PlatformError, UnexpectedAnswerError
from connectors.lenient import row_from
from connectors.records.identity import AccountKind, Agent, Company, DocumentType, Identity
from connectors.viewer import Ask
from connectors.zheliban.client import IrsClient
from connectors.zheliban.documents import citizen_number, unified_document
from connectors.zheliban.envelope import Data
from connectors.zheliban.settings import ZhelibanSettings
from connectors.zheliban.signin_payloads import LegalPersonInfoPayload, PersonInfoPayload, TokenPayload, UserPayload

_REAL_NAMED, _UNKNOWN = 2, 1


class UnifiedSignIn:
    """The form's two calls and what they tell.

    No authentication level comes with this form, so a document number stands for the real-name check [assumed], and a
    company's credit code for its.
    """

    def __init__(self, settings: ZhelibanSettings, client: IrsClient) -> None:
        self._settings = settings
        self._client = client

    async def sign_in(self, ticket: str, ask: Ask) -> Identity:
        """Hand a ``ticketId`` in.

        Raises:
            SignInNeededError: the ticket is used, ended, or of another application.
            UnexpectedAnswerError: the account cannot be told; of all else only what is missing is lost.
            PlatformError: what ``IrsClient`` raises.
        """
        codes = self._settings.irs.components
        deadline = ask.deadline.sooner(self._settings.timeout)
        body = {"ticketId": ticket, "appId": self._settings.app_id}
        data = await self._client.post("access_token", codes.token, "/uc/sso/access_token", body, deadline)
        token = {"token": data.decoded(TokenPayload).accessToken}
        deadline = ask.deadline.sooner(self._settings.timeout)
        return identity_from(
            await self._client.post("getUserInfo", codes.user_info, "/uc/sso/getUserInfo", token, deadline)
        )


def identity_from(data: Data) -> Identity:
    """Read who somebody is; raises ``UnexpectedAnswerError`` without an account."""
    try:
        user = data.decoded(UserPayload)
    except UnexpectedAnswerError as broken:
        user = row_from(data.decoded(Any), UserPayload, broken)
    kind = sure(user.userType)
    if kind == AccountKind.LEGAL_PERSON:
        return _company_from(data, sure(user.legalPersonInfo))
    if kind != AccountKind.PERSON:
        raise UnexpectedAnswerError(data.platform, data.operation, "another userType")
    return _person_from(data, sure(user.personInfo))


def _person_from(data: Data, person: PersonInfoPayload | None) -> Identity:
    if person is None:
        raise UnexpectedAnswerError(data.platform, data.operation, "no personInfo")
    document, number = unified_document(told(person.idType)), told(person.idNo)
    return Identity(
        platform=data.platform,
        subject=sure(person.userId),
        name=told(person.userName) or "",
        level=_REAL_NAMED if number else _UNKNOWN,
        id_number=citizen_number(document, number),
        mobile=told(person.phone),
        document=document,
    )


def _company_from(data: Data, info: LegalPersonInfoPayload | None) -> Identity:
    """A company is its ``corpId``, which is no person's userId: the word before it keeps the two apart."""
    if info is None:
        raise UnexpectedAnswerError(data.platform, data.operation, "no legalPersonInfo")
    name, code = told(info.name) or "", told(info.unifiedSocialId)
    document = unified_document(told(info.attnIdType))
    agent = Agent(told(info.attnName), told(info.attnPhone), document, citizen_number(document, told(info.attnIdNo)))
    return Identity(
        platform=data.platform,
        subject=f"corp.{sure(info.corpId)}",
        name=name,
        level=_REAL_NAMED if code else _UNKNOWN,
        kind=AccountKind.LEGAL_PERSON,
        document=DocumentType.CREDIT_CODE if code else None,
        company=Company(name, code, agent),
    )


def sure(value: Any) -> Any:
    """A field without which nobody is known; raises the error that stands in its place."""
    if isinstance(value, PlatformError):
        raise value
    return value


def told(value: str | PlatformError | None) -> str | None:
    """A field one can do without: a broken one was not told, which never proves more than it should."""
    return value or None if isinstance(value, str) else None
