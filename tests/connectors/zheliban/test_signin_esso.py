"""The companies' sign-on (wire-formats B6): an ssotoken becomes a company's account."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from connectors.errors import (
    NotAllowedError,
    PlatformError,
    RefusedSignatureError,
    SignInNeededError,
    UnexpectedAnswerError,
)
from connectors.records.identity import AccountKind, Agent, Company, DocumentType, Identity, TicketForm
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.faults import Fault, FaultKind
from connectors.viewer import Ask
from connectors.zheliban.settings import ZhelibanSettings
from tests.connectors.zheliban.wire import esso_headers

ESSO = TicketForm.ZHELIBAN_ESSO
Asking = Callable[..., Ask]
Connect = Callable[..., SimpleNamespace]
INFO = {
    "userId": "e-demo-0001",
    "username": "demo_corp",
    "CompanyName": "演示有限公司",
    "uniscid": "00000000DEMO000000",
    "OrgType": "1",
    "CompanyType": "有限责任公司",
    "CompanyLegRep": "测试乙",
    "loginType": "password",
    "realLevel": "2",
    "xzqh": "330000",
    "status": "",
    "attnName": "测试甲",
    "attnPhone": "13800000000",
    "attnIDType": "111",
    "attnIDNo": "000000190001010000",
}


def chosen(**esso: Any) -> ZhelibanSettings:
    """Settings of the sandbox."""
    return ZhelibanSettings.model_validate({"esso": esso, "timeout_ms": 30_000}).with_sandbox()


def answering(body: Any, status: int = 200) -> httpx.MockTransport:
    """A platform that answers this."""
    return httpx.MockTransport(lambda _: httpx.Response(status, json=body))


async def test_the_published_answer_is_read(connected: Connect, asking: Asking) -> None:
    """B6: account, company, credit code, and who acts for it; nothing of the agent is the company's own."""
    sources = connected(chosen(), answering({"errCode": 0, "msg": "成功", "info": INFO}))

    identity = await sources.sign_in.sign_in(ESSO, "demo-sso-token-0001", asking())

    agent = Agent("测试甲", "13800000000", DocumentType.ID_CARD, "000000190001010000")
    assert identity == Identity(
        platform="zheliban",
        subject="esso.e-demo-0001",
        name="演示有限公司",
        level=2,
        kind=AccountKind.LEGAL_PERSON,
        document=DocumentType.CREDIT_CODE,
        company=Company("演示有限公司", "00000000DEMO000000", agent),
    )
    assert not any(told in repr(identity) for told in ("测试甲", "13800000000", "000000190001010000"))


@pytest.mark.parametrize("through_irs", [False, True])
async def test_exactly_the_signed_bytes_are_sent(connected: Connect, asking: Asking, *, through_irs: bool) -> None:
    """B6: the published vector's body and signature, direct and with B3's headers beside them."""
    sources = connected(chosen(through_irs=through_irs), answering({"errCode": 0, "info": INFO}))

    await sources.sign_in.sign_in(ESSO, "demo-sso-token-0001", asking())

    (request,) = sources.requests
    assert request.content == b'{"token":"demo-sso-token-0001"}'
    assert request.headers["x-esso-signature"] == "8e82964cf47182413ae53513affeb8246447bea5801ae14aebc072c8e9e85876"
    assert request.headers["x-esso-signature"] == esso_headers(request.content)["x-esso-signature"]
    assert request.headers["x-esso-project-id"] == "demo-project"
    assert ("x-bg-hmac-signature" in request.headers) is through_irs
    below = "/restapi/prod/IC33000020220309000001/rest/user/query" if through_irs else "/rest/user/query"
    assert request.url.path == below


@pytest.mark.parametrize("through_irs", [False, True])
async def test_a_company_of_the_sandbox_signs_in_once(
    connected: Connect, sandbox: SandboxApp, ticket: Any, asking: Asking, *, through_irs: bool
) -> None:
    """F10: the token is used up by it."""
    acting = next(person for person in sandbox.persons if person.company)
    sources = connected(chosen(through_irs=through_irs), httpx.ASGITransport(app=sandbox))
    token = await ticket(acting.id, "esso")

    identity = await sources.sign_in.sign_in(ESSO, token, asking())

    assert (identity.name, identity.company.agent.name) == (acting.company, acting.name)
    with pytest.raises(SignInNeededError) as caught:
        await sources.sign_in.sign_in(ESSO, token, asking())
    assert (caught.value.upstream_code, token in str(caught.value)) == ("1002", False)


@pytest.mark.parametrize(
    ("real_level", "level"), [("1", 3), ("2", 2), ("3", 2), ("4", 1), (1, 3), ("5", 1), ("", 1), (None, 1), ([1], 1)]
)
async def test_the_level_runs_the_other_way(connected: Connect, asking: Asking, real_level: Any, level: int) -> None:
    """B6: realLevel 1 is strongest, 4 was not verified; what is not known proves nothing."""
    sources = connected(chosen(), answering({"errCode": "0", "info": INFO | {"realLevel": real_level}}))

    assert (await sources.sign_in.sign_in(ESSO, "t", asking())).level == level


async def test_names_are_read_whatever_their_case(connected: Connect, asking: Asking) -> None:
    """B6: the case is mixed as shown, and nobody should depend on it."""
    sources = connected(chosen(), answering({"errCode": 0, "info": {key.upper(): held for key, held in INFO.items()}}))

    identity = await sources.sign_in.sign_in(ESSO, "t", asking())

    assert (identity.subject, identity.company.credit_code) == ("esso.e-demo-0001", "00000000DEMO000000")


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"errCode": 1001, "msg": "secret words"}, RefusedSignatureError),
        ({"errCode": "1001"}, RefusedSignatureError),
        ({"errCode": 1002}, SignInNeededError),
        ({"errCode": 9999}, UnexpectedAnswerError),
        ({"errCode": -1}, UnexpectedAnswerError),
        ({"errCode": "测试甲"}, UnexpectedAnswerError),
        ({"msg": "x"}, UnexpectedAnswerError),
        ({"errCode": 0}, UnexpectedAnswerError),
        ({"errCode": 0, "info": []}, UnexpectedAnswerError),
        ({"errCode": 0, "info": {"CompanyName": "x"}}, UnexpectedAnswerError),
        ({"errCode": 0, "info": INFO | {"userId": None}}, UnexpectedAnswerError),
        ([], UnexpectedAnswerError),
    ],
    ids=str,
)
async def test_refusals_have_their_errors(
    connected: Connect, asking: Asking, body: Any, error: type[PlatformError]
) -> None:
    """B6, F10: a non-zero errCode; which means what is not public, so the codes are settings."""
    with pytest.raises(error) as caught:
        await connected(chosen(), answering(body)).sign_in.sign_in(ESSO, "t", asking())

    assert not any(words in str(caught.value) for words in ("secret", "测试甲"))


async def test_which_code_means_what_is_a_setting(connected: Connect, asking: Asking) -> None:
    """B6: another centre has other codes."""
    settings = chosen(signature_codes=("7",), token_codes=("8", "9"))

    for code, error in ((7, RefusedSignatureError), (9, SignInNeededError), (1002, UnexpectedAnswerError)):
        with pytest.raises(error):
            await connected(settings, answering({"errCode": code})).sign_in.sign_in(ESSO, "t", asking())


async def test_a_forbidden_component_is_told(connected: Connect, asking: Asking) -> None:
    """B3: through IRS, its refusals come first."""
    sources = connected(chosen(through_irs=True), answering({"message": "The route_id is forbidden."}, 401))

    with pytest.raises(NotAllowedError):
        await sources.sign_in.sign_in(ESSO, "t", asking())


async def test_missing_parts_of_a_company_cost_themselves(connected: Connect, asking: Asking) -> None:
    """An account without a name is still the account."""
    sources = connected(chosen(), answering({"errCode": 0, "info": {"userId": "e1", "attnPhone": {"x": 1}}}))

    identity = await sources.sign_in.sign_in(ESSO, "t", asking())

    assert identity == Identity(
        platform="zheliban",
        subject="esso.e1",
        name="",
        level=1,
        kind=AccountKind.LEGAL_PERSON,
        company=Company("", None, Agent()),
    )


@pytest.mark.parametrize(
    ("kind", "error"),
    [(FaultKind.FAILURE_ENVELOPE, UnexpectedAnswerError), (FaultKind.EXPIRED_TOKEN, SignInNeededError)],
)
async def test_faults_become_their_errors(
    platform: SimpleNamespace,
    sandbox: SandboxApp,
    ticket: Any,
    asking: Asking,
    kind: FaultKind,
    error: type[PlatformError],
) -> None:
    """Its own failure is the platform's, an ended token asks for a new sign-in."""
    token = await ticket("company-0001", "esso")
    sandbox.faults.put(Fault(kind))

    with pytest.raises(error):
        await platform.sign_in.sign_in(ESSO, token, asking())
