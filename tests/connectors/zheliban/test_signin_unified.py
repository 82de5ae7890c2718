"""Unified sign-on (wire-formats B5): tickets become identities, once."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from connectors.errors import (
    PlatformError,
    RefusedSignatureError,
    RejectedInputError,
    SignInNeededError,
    UnexpectedAnswerError,
)
from connectors.records.identity import AccountKind, Agent, Company, DocumentType, Identity, TicketForm
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.faults import Fault, FaultKind
from connectors.sandbox.world import World
from connectors.viewer import Ask
from connectors.zheliban.settings import ZhelibanSettings

UNIFIED = TicketForm.ZHELIBAN_UNIFIED
Asking = Callable[..., Ask]
Connect = Callable[..., SimpleNamespace]


async def test_a_ticket_becomes_an_identity(
    platform: SimpleNamespace, ticket: Any, world: World, asking: Asking
) -> None:
    """A real-named citizen is known by account, with number and mobile for the linking that follows."""
    citizen = world.citizens[0]

    identity = await platform.sign_in.sign_in(UNIFIED, await ticket(citizen.id), asking())

    assert identity == Identity(
        platform="zheliban",
        subject=citizen.user_id or "",
        name=citizen.name,
        level=2,
        id_number=citizen.id_number,
        mobile=citizen.mobile,
        document=DocumentType.ID_CARD,
    )
    assert not any(told in repr(identity) for told in (citizen.id_number, citizen.mobile, citizen.name))


async def test_a_ticket_is_used_once(platform: SimpleNamespace, ticket: Any, asking: Asking) -> None:
    """A second use of a ticket asks for a new sign-in."""
    used = await ticket("citizen-0001")
    await platform.sign_in.sign_in(UNIFIED, used, asking())

    with pytest.raises(SignInNeededError) as caught:
        await platform.sign_in.sign_in(UNIFIED, used, asking())

    assert caught.value.upstream_code == "C-USER-SSO-TICKET-INVALID"
    assert used not in str(caught.value)


async def test_another_application_cannot_use_a_ticket(
    platform: SimpleNamespace, misconfigured: Connect, ticket: Any, asking: Asking
) -> None:
    """A ticket of another application is invalid, and stays good for its own."""
    other = misconfigured(app_id="2000000002")
    issued = await ticket("citizen-0001")

    with pytest.raises(SignInNeededError):
        await other.sign_in.sign_in(UNIFIED, issued, asking())

    assert await platform.sign_in.sign_in(UNIFIED, issued, asking())


async def test_a_refused_signature_uses_no_ticket(
    platform: SimpleNamespace, misconfigured: Connect, ticket: Any, asking: Asking
) -> None:
    """A call that IRS refuses never reaches the sign-on."""
    issued = await ticket("citizen-0001")

    with pytest.raises(RefusedSignatureError):
        await misconfigured(access_key="DEMO_AK_other").sign_in.sign_in(UNIFIED, issued, asking())

    assert await platform.sign_in.sign_in(UNIFIED, issued, asking())


async def test_an_unknown_ticket_asks_for_a_sign_in(platform: SimpleNamespace, asking: Asking) -> None:
    """What was never issued is as good as used."""
    with pytest.raises(SignInNeededError):
        await platform.sign_in.sign_in(UNIFIED, "never-issued", asking())


PERSON = {"userId": "u-demo-0001", "userName": "测试甲", "idType": "ID_CARD", "idNo": "000000190001010000", "phone": ""}


def knowing(user: dict[str, Any]) -> Callable[[httpx.Request], dict[str, Any]]:
    """What a platform holds that takes any ticket and knows this user."""
    return lambda request: {"accessToken": "at"} if request.url.path.endswith("access_token") else user


@pytest.mark.parametrize(
    ("facts", "level", "number"),
    [
        ({}, 2, "000000190001010000"),
        ({"idNo": None}, 1, None),
        ({"idNo": ""}, 1, None),
        ({"idType": "PASSPORT", "idNo": "E00000000"}, 2, None),
        ({"idType": "SOMETHING_NEW", "idNo": "1"}, 2, None),
        ({"idType": None}, 2, None),
    ],
    ids=["ID card", "no number", "empty number", "passport", "unknown document", "no kind of document"],
)
async def test_a_document_number_stands_for_the_real_name(
    answered: Connect, asking: Asking, facts: Any, level: int, number: str | None
) -> None:
    """B5: with a document number the level is 2; only a citizen number is one to compare members' with."""
    user = {"userType": "PERSON", "personInfo": PERSON | facts}

    identity = await answered(knowing(user)).sign_in.sign_in(UNIFIED, "t", asking())

    assert (identity.level, identity.id_number, identity.mobile) == (level, number, None)


@pytest.mark.parametrize(
    ("user", "error"),
    [
        ({"userType": "LEGAL_PERSON", "personInfo": None, "legalPersonInfo": None}, UnexpectedAnswerError),
        ({"userType": "LEGAL_PERSON", "legalPersonInfo": {"name": "x"}}, UnexpectedAnswerError),
        ({"userType": "SOMETHING", "personInfo": PERSON}, UnexpectedAnswerError),
        ({"userType": 5, "personInfo": PERSON}, UnexpectedAnswerError),
        ({"userType": "PERSON", "personInfo": None}, UnexpectedAnswerError),
        ({"userType": "PERSON", "personInfo": []}, UnexpectedAnswerError),
        ({"userType": "PERSON", "personInfo": {"userName": "测试甲"}}, UnexpectedAnswerError),
        ({"userType": "PERSON", "personInfo": PERSON | {"userId": ""}}, UnexpectedAnswerError),
        ({"userType": "PERSON", "personInfo": PERSON | {"userId": {"value": "x"}}}, UnexpectedAnswerError),
        ({}, UnexpectedAnswerError),
        ([], UnexpectedAnswerError),
    ],
    ids=str,
)
async def test_who_cannot_be_known_is_not_signed_in(
    answered: Connect, asking: Asking, user: Any, error: type[PlatformError]
) -> None:
    """A missing account is an error, whatever else is there."""
    with pytest.raises(error) as caught:
        await answered(knowing(user)).sign_in.sign_in(UNIFIED, "t", asking())

    assert "测试甲" not in str(caught.value)


@pytest.mark.parametrize(
    ("drifted", "name", "level", "number", "mobile"),
    [
        ({"phone": {"value": "13800000000"}}, "测试甲", 2, "000000190001010000", None),
        ({"userName": 5}, "", 2, "000000190001010000", "13800000000"),
        ({"idNo": ["000000190001010000"]}, "测试甲", 1, None, "13800000000"),
        ({"idType": {"value": "ID_CARD"}}, "测试甲", 2, None, "13800000000"),
        ({"addedLater": {"x": 1}}, "测试甲", 2, "000000190001010000", "13800000000"),
    ],
    ids=["phone", "name", "number", "kind of document", "more than before"],
)
async def test_what_drifts_costs_itself(
    answered: Connect, asking: Asking, drifted: Any, name: str, level: int, number: str | None, mobile: str | None
) -> None:
    """A broken phone costs the phone; a broken number proves no real name."""
    user = {"userType": "PERSON", "personInfo": PERSON | {"phone": "13800000000"} | drifted}

    identity = await answered(knowing(user)).sign_in.sign_in(UNIFIED, "t", asking())

    assert (identity.name, identity.level, identity.id_number, identity.mobile) == (name, level, number, mobile)
    assert identity.subject == "u-demo-0001"


async def test_schema_drift_of_the_sandbox_leaves_the_account(
    platform: SimpleNamespace, ticket: Any, sandbox: SandboxApp, world: World, asking: Asking
) -> None:
    """Under the fault schema_drift somebody is still who they are."""
    issued = await ticket("citizen-0001")
    sandbox.faults.put(Fault(FaultKind.SCHEMA_DRIFT))

    identity = await platform.sign_in.sign_in(UNIFIED, issued, asking())

    assert identity.subject == world.citizens[0].user_id


COMPANY = {
    "name": "演示有限公司",
    "unifiedSocialId": "00000000DEMO000000",
    "corpId": "c-1",
    "attnName": "测试甲",
    "attnPhone": "13800000000",
    "attnIdType": "ID_CARD",
    "attnIdNo": "000000190001010000",
    "principal": "测试乙",
    "idNo": "000000190001010018",
    "principalUserId": "u-9",
}


async def test_a_legal_person_is_its_company(answered: Connect, asking: Asking) -> None:
    """B5: company, credit code and agent; nobody's ID number is the company's, and its account is no person's."""
    told: dict[str, Any] = {"personInfo": None, "legalPersonInfo": COMPANY, "organizationInfoList": []}
    user = {"userType": "LEGAL_PERSON"} | told

    identity = await answered(knowing(user)).sign_in.sign_in(UNIFIED, "t", asking())

    agent = Agent("测试甲", "13800000000", DocumentType.ID_CARD, "000000190001010000")
    assert identity == Identity(
        platform="zheliban",
        subject="corp.c-1",
        name="演示有限公司",
        level=2,
        kind=AccountKind.LEGAL_PERSON,
        document=DocumentType.CREDIT_CODE,
        company=Company("演示有限公司", "00000000DEMO000000", agent),
    )
    assert not any(told in repr(identity) for told in ("测试甲", "13800000000", "0000001900010100"))


async def test_a_company_of_the_sandbox_signs_in(
    platform: SimpleNamespace, ticket: Any, sandbox: SandboxApp, asking: Asking
) -> None:
    """B5: the sandbox's legal persons come by the same form."""
    acting = next(person for person in sandbox.persons if person.company)

    identity = await platform.sign_in.sign_in(UNIFIED, await ticket(acting.id), asking())

    assert (identity.kind, identity.name, identity.company.agent.name) == (
        AccountKind.LEGAL_PERSON,
        acting.company,
        acting.name,
    )


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("C-USER-SSO-TICKET-INVALID", SignInNeededError),
        ("C-USER-SSO-TOKEN-INVALID", SignInNeededError),
        ("C-USER-SSO-USER-EMPTY", RejectedInputError),
        ("SYSTEM-ERROR", UnexpectedAnswerError),
    ],
)
async def test_every_code_has_its_error(
    connected: Connect, settings: ZhelibanSettings, asking: Asking, code: str, error: type[PlatformError]
) -> None:
    """B5: the published codes, and the one by which the system says that it failed."""
    envelope = {"success": False, "errorCode": code, "errorMsg": "secret words", "data": None}
    sources = connected(settings, httpx.MockTransport(lambda _: httpx.Response(200, json=envelope)))

    with pytest.raises(error) as caught:
        await sources.sign_in.sign_in(UNIFIED, "t", asking())

    assert (caught.value.upstream_code, "secret" in str(caught.value)) == (code, False)
