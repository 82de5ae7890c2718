"""The unified sign-on as wire-formats B5 and F10 say it, asked with requests signed by hand."""

from typing import Any

import httpx
import pytest

from connectors.sandbox.app import SandboxApp
from connectors.sandbox.faults import Fault, FaultKind
from connectors.sandbox.world import World
from connectors.zheliban.sandbox import build_sandbox
from connectors.zheliban.settings import ZhelibanSettings
from tests.connectors.zheliban.wire import TOKEN_PATH, USER_PATH, over, post_json, ticket_of

APP = "2000000001"


@pytest.fixture
def client(sandbox: SandboxApp) -> httpx.AsyncClient:
    """A caller on this machine."""
    return over(sandbox)


async def user_of(client: httpx.AsyncClient, person: str) -> dict[str, Any]:
    """Both calls; the envelope's data of the second."""
    token = await token_of(client, await ticket_of(client, person))
    data: dict[str, Any] = (await post_json(client, USER_PATH, {"token": token})).json()["data"]
    return data


async def token_of(client: httpx.AsyncClient, ticket: str) -> str:
    """The first call's token."""
    answer = (await post_json(client, TOKEN_PATH, {"ticketId": ticket, "appId": APP})).json()
    assert answer.keys() == {"success", "errorCode", "errorMsg", "data"}
    assert answer["data"].keys() == {"accessToken"}
    return str(answer["data"]["accessToken"])


async def test_a_person_has_every_published_field(client: httpx.AsyncClient, world: World) -> None:
    """B5.2: a natural person, in the published form."""
    person = world.citizens[0]

    data = await user_of(client, person.id)

    assert data == {
        "userType": "PERSON",
        "personInfo": {
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
        },
        "legalPersonInfo": None,
        "organizationInfoList": None,
    }


async def test_a_company_is_a_legal_person(client: httpx.AsyncClient) -> None:
    """B5.2: userType LEGAL_PERSON with legalPersonInfo and organizationInfoList."""
    row = next(row for row in (await client.get("/sandbox/persons")).json() if row["id"] == "company-0001")

    data = await user_of(client, "company-0001")

    assert (data["userType"], data["personInfo"]) == ("LEGAL_PERSON", None)
    published = (
        "name unifiedSocialId orgType attnName attnPhone attnIdType attnIdNo attnUserType principal gender nation "
        "idType outerIdType idNo principalUserId corpId attributes"
    )
    assert data["legalPersonInfo"].keys() == set(published.split())
    assert (data["legalPersonInfo"]["name"], data["legalPersonInfo"]["attnName"]) == (row["company"], row["name"])
    assert data["organizationInfoList"][0].keys() == {
        *("orgId", "parentId", "name", "fullName", "devCoding", "leafFlag", "orderBy"),
    }


async def test_somebody_not_real_named_has_no_number(client: httpx.AsyncClient) -> None:
    """B5: the document number is what tells the real-named apart."""
    assert (await user_of(client, "citizen-0010"))["personInfo"]["idNo"] is None


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        (TOKEN_PATH, {}, "C-USER-SSO-TICKET-INVALID"),
        (TOKEN_PATH, {"ticketId": 5, "appId": APP}, "C-USER-SSO-TICKET-INVALID"),
        (TOKEN_PATH, {"ticketId": "never issued", "appId": APP}, "C-USER-SSO-TICKET-INVALID"),
        (USER_PATH, {}, "C-USER-SSO-TOKEN-INVALID"),
        (USER_PATH, {"token": ["x"]}, "C-USER-SSO-TOKEN-INVALID"),
        (USER_PATH, {"token": "never issued"}, "C-USER-SSO-TOKEN-INVALID"),
    ],
    ids=str,
)
async def test_bad_tickets_and_tokens_have_their_codes(
    client: httpx.AsyncClient, path: str, body: Any, code: str
) -> None:
    """B5: HTTP 200, success false, the code, no data."""
    answer = await post_json(client, path, body)

    assert answer.status_code == 200
    assert (answer.json()["success"], answer.json()["errorCode"], answer.json()["data"]) == (False, code, None)


async def test_a_ticket_is_its_applications_and_used_once(client: httpx.AsyncClient) -> None:
    """F10: another appId is refused without using it up; a second use is refused."""
    ticket = await ticket_of(client, "citizen-0001")

    foreign = await post_json(client, TOKEN_PATH, {"ticketId": ticket, "appId": "2000000002"})
    await token_of(client, ticket)
    used = await post_json(client, TOKEN_PATH, {"ticketId": ticket, "appId": APP})

    assert foreign.json()["errorCode"] == used.json()["errorCode"] == "C-USER-SSO-TICKET-INVALID"


async def test_a_token_is_read_more_than_once(client: httpx.AsyncClient, sandbox: SandboxApp) -> None:
    """F10: until it ends, which the fault expired_token makes it do."""
    token = await token_of(client, await ticket_of(client, "citizen-0001"))

    answers = [(await post_json(client, USER_PATH, {"token": token})).json()["success"] for _ in range(2)]
    sandbox.faults.put(Fault(FaultKind.EXPIRED_TOKEN))
    ended = await post_json(client, USER_PATH, {"token": token})

    assert answers == [True, True]
    assert ended.json()["errorCode"] == "C-USER-SSO-TOKEN-INVALID"


async def test_an_unpublished_application_gets_a_test_person(world: World) -> None:
    """B5: tickets and tokens begin with debug_, and whoever is chosen, it is the test person."""
    settings = ZhelibanSettings.model_validate({"sandbox": {"published": False}}).with_sandbox()
    async with over(build_sandbox(settings, world)) as client:
        ticket = await ticket_of(client, "member-0001")
        token = await token_of(client, ticket)
        user = (await post_json(client, USER_PATH, {"token": token})).json()["data"]["personInfo"]

    assert (ticket[:9], token[:9]) == ("debug_tk_", "debug_at_")
    assert (user["userName"], user["userId"], user["idNo"]) == ("测试甲", "u-demo-0001", "000000190001010000")


async def test_its_own_way_to_fail(client: httpx.AsyncClient, sandbox: SandboxApp) -> None:
    """E5: the fault failure_envelope is the envelope of IRS's services with a code of the system."""
    sandbox.faults.put(Fault(FaultKind.FAILURE_ENVELOPE))

    answer = await post_json(client, TOKEN_PATH, {})

    assert answer.json() == {"success": False, "errorCode": "SYSTEM-ERROR", "errorMsg": "系统异常", "data": None}
