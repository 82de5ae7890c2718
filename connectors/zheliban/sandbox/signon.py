"""The unified sign-on's two calls (wire-formats B5.1, B5.2)."""

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from connectors.sandbox.faults import tokens_ended
from connectors.sandbox.world import PersonSeed
from connectors.zheliban.sandbox.answers import failure, success
from connectors.zheliban.sandbox.companies import CompanyAccount
from connectors.zheliban.sandbox.components import Component, Scene, Served
from connectors.zheliban.sandbox.desk import TicketDesk, level_of
from connectors.zheliban.sandbox.tickets import Lost

TICKET_INVALID = "C-USER-SSO-TICKET-INVALID"
TOKEN_INVALID = "C-USER-SSO-TOKEN-INVALID"  # noqa: S105 - a code, no secret
USER_EMPTY = "C-USER-SSO-USER-EMPTY"


def unified_components(scene: Scene, desk: TicketDesk) -> tuple[Component, Component]:
    """The two calls as components of the sandbox."""
    sign_on, codes = UnifiedSignOn(scene, desk), scene.settings.irs.components
    return (
        Component(codes.token, [Served("access_token", "POST", "/uc/sso/access_token", sign_on.access_token)]),
        Component(codes.user_info, [Served("getUserInfo", "POST", "/uc/sso/getUserInfo", sign_on.user_info)]),
    )


class UnifiedSignOn:
    """Exchanges tickets and tells whose a token is."""

    def __init__(self, scene: Scene, desk: TicketDesk) -> None:
        self._clock = scene.clock
        self._desk = desk

    async def access_token(self, request: Request) -> Response:
        """Turn a ticketId into an accessToken; it is used up by that, but not by another application's try."""
        body = await fields_of(request)
        now = self._clock()
        ticket = self._desk.unified_tickets.use(body.get("ticketId", ""), body.get("appId", ""), now)
        if isinstance(ticket, Lost):
            return failure(TICKET_INVALID, "票据无效或已使用")
        return success({"accessToken": self._desk.unified_tokens.issue(ticket.holder, None, now)})

    async def user_info(self, request: Request) -> Response:
        """Tell who somebody is; a token is good more than once."""
        value = (await fields_of(request)).get("token", "")
        token = self._desk.unified_tokens.look(value, None, self._clock())
        if isinstance(token, Lost) or tokens_ended(request):
            return failure(TOKEN_INVALID, "令牌无效或已过期")
        holder = self._desk.holder(token.holder)
        if holder is None:
            return failure(USER_EMPTY, "用户信息为空")
        if isinstance(holder, CompanyAccount):
            return success(_legal_person(holder))
        user = {"userType": "PERSON", "personInfo": _person_info(holder)}
        return success(user | {"legalPersonInfo": None, "organizationInfoList": None})


def _person_info(person: PersonSeed) -> dict[str, Any]:
    return {
        "userId": person.user_id,
        "userName": person.name,
        "idType": "ID_CARD",
        "outerIdType": None,
        "idNo": person.id_number if level_of(person) != "1" else None,
        "attnUserType": None,
        "phone": person.mobile,
        "email": None,
        "nation": "01",
        "gender": person.gender,
        "birthday": None,
        "certKey": None,
        "attributes": {},
    }


def _legal_person(account: CompanyAccount) -> dict[str, Any]:
    company, agent = account.company, account.agent
    info: dict[str, Any] = {
        "name": company.name,
        "unifiedSocialId": company.credit_code,
        "orgType": "1",
        "attnName": agent.name,
        "attnPhone": agent.mobile,
        "attnIdType": "ID_CARD",
        "attnIdNo": agent.id_number,
        "attnUserType": None,
        "principal": company.representative.name,
        "gender": company.representative.gender,
        "nation": "01",
        "idType": "ID_CARD",
        "outerIdType": None,
        "idNo": company.representative.id_number,
        "principalUserId": company.representative.user_id,
        "corpId": company.corp_id,
        "attributes": {},
    }
    place: dict[str, Any] = {
        "orgId": f"o-{company.region_code}",
        "parentId": None,
        "name": company.name,
        "fullName": company.name,
    }
    unit = place | {"devCoding": company.region_code, "leafFlag": "1", "orderBy": 1}
    return {"userType": "LEGAL_PERSON", "personInfo": None, "legalPersonInfo": info, "organizationInfoList": [unit]}


async def fields_of(request: Request) -> dict[str, str]:
    """Read a JSON body's strings; a body that is none of ours has no fields."""
    try:
        body = msgspec.json.decode(await request.body())
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return {}
    return {name: value for name, value in body.items() if isinstance(value, str)} if isinstance(body, dict) else {}
