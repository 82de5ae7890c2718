"""The unified sign-on's two calls (wire-formats B5.1, B5.2)."""

from collections.abc import Mapping
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from connectors.sandbox.world import PersonSeed
from connectors.zheliban.sandbox.answers import failure, success
from connectors.zheliban.sandbox.tickets import TicketBook

TICKET_INVALID = "C-USER-SSO-TICKET-INVALID"
TOKEN_INVALID = "C-USER-SSO-TOKEN-INVALID"  # noqa: S105 - a code, no secret


class SignOn:
    """Exchanges tickets and tells whose a token is; ``people`` by their id in the sandbox."""

    def __init__(self, people: Mapping[str, PersonSeed], tickets: TicketBook) -> None:
        self._people = people
        self._tickets = tickets

    async def access_token(self, request: Request) -> Response:
        """Turn a ticketId into an accessToken."""
        body = await _fields(request)
        token = self._tickets.exchange(body.get("ticketId", ""), body.get("appId", ""))
        return success({"accessToken": token}) if token else failure(TICKET_INVALID, "票据无效或已使用")

    async def user_info(self, request: Request) -> Response:
        """Tell who somebody is."""
        person = self._tickets.person_of((await _fields(request)).get("token", ""))
        if person is None:
            return failure(TOKEN_INVALID, "令牌无效或已过期")
        user = {"userType": "PERSON", "personInfo": _person_info(self._people[person])}
        return success(user | {"legalPersonInfo": None, "organizationInfoList": None})


def _person_info(person: PersonSeed) -> dict[str, Any]:
    return {
        "userId": person.user_id,
        "userName": person.name,
        "idType": "ID_CARD",
        "outerIdType": None,
        "idNo": person.id_number,
        "attnUserType": None,
        "phone": person.mobile,
        "email": None,
        "nation": "01",
        "gender": person.gender,
        "birthday": None,
        "certKey": None,
        "attributes": {},
    }


async def _fields(request: Request) -> dict[str, str]:
    """Read the body's strings; a body that is none of ours has no fields."""
    try:
        body = msgspec.json.decode(await request.body())
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return {}
    return {name: value for name, value in body.items() if isinstance(value, str)} if isinstance(body, dict) else {}
