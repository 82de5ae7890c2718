"""The companies' sign-on, ESSO: an ssotoken tells account, company, agent; direct or through IRS (wire-formats B6)."""

from typing import Any

import httpx
import msgspec

from connectors.deadline import Deadline
from connectors.errors import (
    NotConfiguredError,
    PlatformError,
    RefusedSignatureError,
    SignInNeededError,
    UnexpectedAnswerError,
)
from connectors.records.identity import AccountKind, Agent, Company, DocumentType, Identity
from connectors.transport import Answer
from connectors.upstream_codes import is_code
from connectors.viewer import Ask
from connectors.zheliban.classic_answers import Fields
from connectors.zheliban.client import IrsCall, IrsClient
from connectors.zheliban.documents import agent_document, citizen_number
from connectors.zheliban.envelope import refuse
from connectors.zheliban.exchange import Exchange
from connectors.zheliban.settings import ZhelibanSettings
from connectors.zheliban.signing import ESSO_PROJECT_HEADER, ESSO_SIGNATURE_HEADER, esso_signature

OPERATION = "esso.query"
_LEVELS = {"1": 3, "2": 2, "3": 2, "4": 1}
"""``realLevel`` runs the other way: 1, a certificate, is strongest; 4 was not verified at all."""


class CompanySignIn:
    """The form's one call and what it tells. An account is its ``userId``: one company may have several."""

    def __init__(self, settings: ZhelibanSettings, irs: IrsClient, exchange: Exchange) -> None:
        self._settings = settings
        self._irs = irs
        self._exchange = exchange

    async def sign_in(self, ticket: str, ask: Ask) -> Identity:
        """Hand an ``ssotoken`` in.

        Raises:
            SignInNeededError: the token is used or ended (by the codes of ``esso.token_codes``).
            RefusedSignatureError: the project or its signature is refused (``esso.signature_codes``).
            UnexpectedAnswerError: any other code, or the account cannot be told.
        """
        esso = self._settings.esso
        secret = esso.project_secret.get_secret_value()
        if not (esso.project_id and secret):
            raise NotConfiguredError(self._exchange.platform, OPERATION)
        body = msgspec.json.encode({"token": ticket})  # once: the bytes that are signed are the bytes that are sent
        proof = {ESSO_PROJECT_HEADER: esso.project_id, ESSO_SIGNATURE_HEADER: esso_signature(secret, body)}
        info = await self._asked(body, proof, ask.deadline.sooner(self._settings.timeout))
        return _identity_from(info)

    async def _asked(self, body: bytes, proof: dict[str, str], deadline: Deadline) -> Fields:
        esso = self._settings.esso
        if esso.through_irs:
            call = IrsCall("POST", self._settings.irs.components.esso_user, esso.path, body=body, headers=proof)
            return await self._irs.exchange(OPERATION, lambda _: call, self._read, deadline)
        url, headers = esso.url.rstrip("/") + esso.path, {"Content-Type": "application/json"} | proof
        return await self._exchange(
            OPERATION, lambda _: httpx.Request("POST", url, headers=headers, content=body), self._read, deadline
        )

    def _read(self, answer: Answer) -> Fields:
        """Take the envelope off; names in ``info`` are read whatever their case, as it is mixed on the wire."""
        refuse(answer)
        envelope = Fields(answer.platform, answer.operation, answer.decoded(dict[str, Any]))
        code = envelope.text("errCode") or ""
        if code != "0":
            known = code if is_code(code) else None
            raise self._kind_of(code)(answer.platform, answer.operation, known or "no code", upstream_code=known)
        info = envelope.values.get("info")
        if not isinstance(info, dict):
            raise UnexpectedAnswerError(answer.platform, answer.operation, "no info")
        return Fields(answer.platform, answer.operation, {name.lower(): value for name, value in info.items()})

    def _kind_of(self, code: str) -> type[PlatformError]:
        if code in self._settings.esso.token_codes:
            return SignInNeededError
        return RefusedSignatureError if code in self._settings.esso.signature_codes else UnexpectedAnswerError


def _identity_from(info: Fields) -> Identity:
    name, code = info.text("companyname") or "", info.text("uniscid")
    document = agent_document(info.text("attnidtype"))
    number = citizen_number(document, info.text("attnidno"))
    agent = Agent(info.text("attnname"), info.text("attnphone"), document, number)
    return Identity(
        platform=info.platform,
        subject=f"esso.{info.required('userid')}",
        name=name,
        level=_LEVELS.get(info.text("reallevel") or "", 1),
        kind=AccountKind.LEGAL_PERSON,
        document=DocumentType.CREDIT_CODE if code else None,
        company=Company(name, code, agent),
    )
