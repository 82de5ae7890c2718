"""The companies' sign-on as wire-formats B6 and F10 say it, asked with bodies signed by hand."""

import json
from typing import Any

import httpx
import pytest

from connectors.sandbox.app import SandboxApp
from connectors.sandbox.faults import Fault, FaultKind
from tests.connectors.zheliban.wire import esso_headers, irs_headers, over, ticket_of

DIRECT = "/rest/user/query"
IRS = "/restapi/prod/IC33000020220309000001/rest/user/query"


@pytest.fixture
def client(sandbox: SandboxApp) -> httpx.AsyncClient:
    """A caller on this machine."""
    return over(sandbox)


def body_of(token: str) -> bytes:
    """The exact bytes."""
    return json.dumps({"token": token}, separators=(",", ":")).encode()


async def test_an_ssotoken_tells_account_company_and_agent(client: httpx.AsyncClient) -> None:
    """B6: every published key, in its mixed case."""
    persons = (await client.get("/sandbox/persons")).json()
    person = next(row for row in persons if "company" in row)
    body = body_of(await ticket_of(client, person["id"], "esso"))

    answer = (await client.post(DIRECT, content=body, headers=esso_headers(body))).json()

    assert (answer["errCode"], answer["msg"]) == (0, "成功")
    info = answer["info"]
    assert (info["CompanyName"], info["attnName"], info["attnPhone"]) == (
        person["company"],
        person["name"],
        person["mobile"],
    )
    published = (
        "userId username CompanyName uniscid OrgType CompanyType CompanyLegRep loginType realLevel xzqh status "
        "attnName attnPhone attnIDType attnIDNo CompanyAddress CompanyScope CompanyRegOrg attnLandLinePhone"
    )
    assert info.keys() == set(published.split())
    assert len(info["uniscid"]) == 18
    assert info["realLevel"] in {"1", "2", "3", "4"}
    assert info["attnIDNo"].startswith("000000")


async def test_one_company_has_several_accounts(client: httpx.AsyncClient) -> None:
    """B6: the same company by another account is another userId."""
    persons = (await client.get("/sandbox/persons")).json()
    accounts = [row for row in persons if "company" in row]
    first = [row for row in accounts if row["company"] == accounts[0]["company"]]
    infos = []
    for row in first:
        body = body_of(await ticket_of(client, row["id"], "esso"))
        infos.append((await client.post(DIRECT, content=body, headers=esso_headers(body))).json()["info"])

    assert len(infos) > 1
    assert len({info["uniscid"] for info in infos}) == 1
    assert len({info["userId"] for info in infos}) == len(infos)


async def test_an_ssotoken_is_used_once(client: httpx.AsyncClient) -> None:
    """F10: single use; then HTTP 200 with a non-zero errCode and no info."""
    body = body_of(await ticket_of(client, "company-0001", "esso"))

    first = await client.post(DIRECT, content=body, headers=esso_headers(body))
    second = await client.post(DIRECT, content=body, headers=esso_headers(body))

    assert first.json()["errCode"] == 0
    assert (second.status_code, second.json()["errCode"], "info" in second.json()) == (200, 1002, False)


@pytest.mark.parametrize(
    "signing",
    [
        {"secret": "other"},
        {"project": "other"},
        {"x-esso-signature": None},
        {"x-esso-project-id": None},
        {"upper": True},
    ],
    ids=str,
)
async def test_what_is_not_signed_is_refused_and_uses_nothing(
    client: httpx.AsyncClient, signing: dict[str, Any]
) -> None:
    """B6, F10: lower-case hex over the exact bytes by that project; a refused call leaves the token good."""
    body = body_of(await ticket_of(client, "company-0001", "esso"))
    right = esso_headers(body)
    wrong = esso_headers(body, **{name: value for name, value in signing.items() if name in {"secret", "project"}})
    wrong = {name: value for name, value in wrong.items() if name not in signing}
    if "upper" in signing:
        wrong["x-esso-signature"] = wrong["x-esso-signature"].upper()

    refused = await client.post(DIRECT, content=body, headers=wrong)
    taken = await client.post(DIRECT, content=body, headers=right)

    assert (refused.status_code, refused.json()["errCode"], "info" in refused.json()) == (200, 1001, False)
    assert taken.json()["errCode"] == 0


async def test_other_bytes_than_the_signed_are_refused(client: httpx.AsyncClient) -> None:
    """B6: the same JSON spelt otherwise is another body."""
    token = await ticket_of(client, "company-0001", "esso")
    spaced = json.dumps({"token": token}).encode()

    answer = await client.post(DIRECT, content=spaced, headers=esso_headers(body_of(token)))

    assert answer.json()["errCode"] == 1001


async def test_through_irs_both_signatures_are_needed(client: httpx.AsyncClient) -> None:
    """B6, F10: B3 headers and the x-esso headers."""
    body = body_of(await ticket_of(client, "company-0001", "esso"))
    irs, esso = irs_headers("POST", IRS), esso_headers(body)

    only_esso = await client.post(IRS, content=body, headers=esso)
    only_irs = await client.post(IRS, content=body, headers=irs)
    both = await client.post(IRS, content=body, headers=irs | esso)

    assert (only_esso.status_code, only_irs.json()["errCode"], both.json()["errCode"]) == (401, 1001, 0)


@pytest.mark.parametrize(
    "body", [b"", b"[]", b'{"token":5}', b'{"token":"\xff"}', b"[" * 100_000, b'{"token":"nobody"}']
)
async def test_a_token_of_nobody_is_refused(client: httpx.AsyncClient, body: bytes) -> None:
    """F10: whatever the body is, as long as it is signed."""
    answer = await client.post(DIRECT, content=body, headers=esso_headers(body))

    assert (answer.status_code, answer.json()["errCode"]) == (200, 1002)


async def test_faults_of_this_interface(client: httpx.AsyncClient, sandbox: SandboxApp) -> None:
    """E5, F2: expired_token fails the token and leaves it good; failure_envelope is an errCode."""
    body = body_of(await ticket_of(client, "company-0001", "esso"))
    codes = []
    for kind in (FaultKind.EXPIRED_TOKEN, FaultKind.FAILURE_ENVELOPE):
        sandbox.faults.put(Fault(kind, "esso.query"))
        codes.append((await client.post(DIRECT, content=body, headers=esso_headers(body))).json()["errCode"])
    sandbox.faults.clear()
    codes.append((await client.post(DIRECT, content=body, headers=esso_headers(body))).json()["errCode"])

    assert codes == [1002, 9999, 0]


@pytest.mark.parametrize(
    ("person", "form", "status"), [("citizen-0001", "esso", 404), ("company-0001", "classic", 404)]
)
async def test_each_form_has_its_people(client: httpx.AsyncClient, person: str, form: str, status: int) -> None:
    """F1: a natural person has no company's token, a company no classic ticket."""
    assert (await client.get("/sandbox/ticket", params={"person": person, "form": form})).status_code == status
