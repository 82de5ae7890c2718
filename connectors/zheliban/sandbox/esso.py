"""The companies' sign-on, ESSO: tells whose an ``ssotoken`` is, direct and through IRS (wire-formats B6, F10)."""

import hmac
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from connectors.sandbox.faults import tokens_ended
from connectors.zheliban.sandbox.answers import as_json
from connectors.zheliban.sandbox.companies import CompanyAccount
from connectors.zheliban.sandbox.components import Component, Scene, Served
from connectors.zheliban.sandbox.desk import TicketDesk
from connectors.zheliban.sandbox.signon import fields_of
from connectors.zheliban.sandbox.tickets import Lost
from connectors.zheliban.signing import ESSO_PROJECT_HEADER, ESSO_SIGNATURE_HEADER, esso_signature

SIGNATURE_REFUSED, TOKEN_REFUSED = 1001, 1002
"""Codes of our own: the platform's are not public."""


def esso_component(scene: Scene, desk: TicketDesk) -> Component:
    """The call as a component of the sandbox; through IRS its own signature is needed too (wire-formats F10)."""
    served = Served("esso.query", "POST", scene.settings.esso.path, CompanySignOn(scene, desk).query)
    return Component(scene.settings.irs.components.esso_user, [served])


class CompanySignOn:
    """Answers HTTP 200 always, with a non-zero ``errCode`` and no ``info`` where it refuses."""

    def __init__(self, scene: Scene, desk: TicketDesk) -> None:
        self._settings = scene.settings.esso
        self._companies = scene.companies
        self._clock = scene.clock
        self._desk = desk

    async def query(self, request: Request) -> Response:
        """Tell which account of which company an ``ssotoken`` is; it is used up by that."""
        if not self._proven(request, await request.body()):
            return as_json({"errCode": SIGNATURE_REFUSED, "msg": "签名错误"})
        value = (await fields_of(request)).get("token", "")
        token = Lost.ENDED if tokens_ended(request) else self._desk.sso_tokens.use(value, None, self._clock())
        if isinstance(token, Lost):
            return as_json({"errCode": TOKEN_REFUSED, "msg": "令牌无效或已使用"})
        return as_json({"errCode": 0, "msg": "成功", "info": _info(self._companies[token.holder])})

    def _proven(self, request: Request, body: bytes) -> bool:
        """Whether the project is known and has signed exactly these bytes."""
        headers, secret = request.headers, self._settings.project_secret.get_secret_value()
        right = esso_signature(secret, body)
        known = bool(secret) and headers.get(ESSO_PROJECT_HEADER) == self._settings.project_id
        return known and hmac.compare_digest(headers.get(ESSO_SIGNATURE_HEADER, "").encode(), right.encode())


def _info(account: CompanyAccount) -> dict[str, Any]:
    company, agent = account.company, account.agent
    return {
        "userId": account.user_id,
        "username": account.login_name,
        "CompanyName": company.name,
        "uniscid": company.credit_code,
        "OrgType": "1",
        "CompanyType": "有限责任公司",
        "CompanyLegRep": company.representative.name,
        "CompanyAddress": company.address,
        "CompanyScope": company.trade,
        "CompanyRegOrg": "演示市场监督管理局",
        "loginType": "cert" if account.level == "1" else "password",
        "realLevel": account.level,
        "xzqh": company.region_code,
        "status": "",
        "attnName": agent.name,
        "attnPhone": agent.mobile,
        "attnLandLinePhone": "",
        "attnIDType": "111",
        "attnIDNo": agent.id_number,
    }
