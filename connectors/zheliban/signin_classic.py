"""Classic sign-on: a ticket becomes a token, the token tells who it is (wire-formats B2; B4 through IRS)."""

from collections.abc import Mapping
from urllib.parse import urlencode

import httpx

from connectors.deadline import Deadline
from connectors.errors import NotAllowedError, NotConfiguredError, UnexpectedAnswerError
from connectors.records.identity import Identity
from connectors.viewer import Ask
from connectors.zheliban.classic_answers import Fields, fields_from
from connectors.zheliban.client import IrsCall, IrsClient
from connectors.zheliban.documents import citizen_number, classic_document
from connectors.zheliban.exchange import Exchange
from connectors.zheliban.settings import ZhelibanSettings
from connectors.zheliban.signing import beijing_time, simple_sign

_FORM = "application/x-www-form-urlencoded"
_LEVELS = {"1": 1, "2": 2, "3": 3}
_NOT_ACTIVE = "2"


class ClassicSignIn:
    """The form's two methods and what they tell."""

    def __init__(self, settings: ZhelibanSettings, irs: IrsClient, exchange: Exchange) -> None:
        self._settings = settings
        self._irs = irs
        self._exchange = exchange
        self._through_irs = settings.classic_through_irs

    async def sign_in(self, ticket: str, ask: Ask) -> Identity:
        """Hand a ``ticket`` in.

        Raises:
            SignInNeededError: the ticket is used, ended, or of another application.
            NotAllowedError: the account is not active.
            RefusedSignatureError: code, password, clock or our address is refused, or the service is stopped.
            UnexpectedAnswerError: the platform failed, or the account cannot be told.
        """
        timeout = self._settings.timeout
        taken = await self._asked("ticketValidation", {"st": ticket}, ask.deadline.sooner(timeout))
        user = await self._asked("getUserInfo", {"token": taken.required("token")}, ask.deadline.sooner(timeout))
        if taken.text("userid") not in {None, user.text("userid")}:
            raise UnexpectedAnswerError(self._exchange.platform, "simple.getUserInfo", "another user than the ticket's")
        return self._identity_from(user)

    async def _asked(self, method: str, params: Mapping[str, str], deadline: Deadline) -> Fields:
        operation = f"simple.{method}"
        keys, simple = self._settings.classic_keys, self._settings.simple
        if not keys.servicecode:
            raise NotConfiguredError(self._exchange.platform, operation)

        def form(moment: float) -> bytes:
            time = beijing_time(moment)
            proof = {"servicecode": keys.servicecode, "time": time, "datatype": simple.datatype}
            proof["sign"] = simple_sign(keys.servicecode, keys.servicepwd, time)
            return urlencode({"method": method, **proof, **params}).encode()

        if not self._through_irs:
            url, headers = simple.url.rstrip("/") + simple.path, {"Content-Type": _FORM}

            def request(moment: float) -> httpx.Request:
                return httpx.Request("POST", url, headers=headers, content=form(moment))

            return await self._exchange(operation, request, fields_from, deadline)
        codes = self._settings.irs.components
        component = codes.simple_ticket if method == "ticketValidation" else codes.simple_user
        return await self._irs.exchange(
            operation,
            lambda moment: IrsCall("POST", component, simple.path, body=form(moment), content_type=_FORM),
            fields_from,
            deadline,
        )

    def _identity_from(self, user: Fields) -> Identity:
        """Read who somebody is: name and document count at levels 2 and 3 only, else they were typed in by anybody."""
        if user.text("useable") == _NOT_ACTIVE:
            raise NotAllowedError(user.platform, user.operation, "account not active")
        level = _LEVELS.get(user.text("authlevel") or "", 1)
        real_named = level > 1
        document = classic_document(user.text("idtype")) if real_named else None
        return Identity(
            platform=user.platform,
            subject=self._subject(user.required("userid")),
            name=user.text("username" if real_named else "loginname") or "",
            level=level,
            id_number=citizen_number(document, user.text("idnum")),
            mobile=user.text("mobile"),
            document=document,
        )

    def _subject(self, userid: str) -> str:
        """The account; whether it is the unified form's is not public, so it has a name of its own unless set."""
        return userid if self._settings.simple.same_accounts else f"classic.{userid}"
