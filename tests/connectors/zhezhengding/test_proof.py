"""Whole requests as wire-formats A2.4 writes them, and how the sandbox takes them."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import httpx
import pytest

from connectors.zhezhengding.proof import Application, Signer
from connectors.zhezhengding.sandbox.app import build_sandbox
from connectors.zhezhengding.settings import ZhezhengdingSettings

if TYPE_CHECKING:
    from connectors.sandbox.world import World

MOMENT = datetime(2025, 3, 4, 2, 3, 4, 567_000, tzinfo=UTC)
NONCE = "17410537845671234"
KEY, SECRET = "demo_gateway-1a2b3c4d5e6f", "DemoSecretDoNotUse0123456789abcdefghijkl"
Z2 = f"appkey={KEY}&appsecret={SECRET}"
HEADERS = {
    "apiKey": KEY,
    "X-Hmac-Auth-Timestamp": "2025-03-04T10:03:04.567+08:00",
    "X-Hmac-Auth-Version": "1.0",
    "X-Hmac-Auth-Nonce": NONCE,
    "X-Hmac-Auth-IP": "192.0.2.10",
    "X-Hmac-Auth-MAC": "02-00-00-00-00-01",
}


@pytest.fixture
def signer() -> Signer:
    """The application of the vectors, with their nonce."""
    given = {"sign": {"ip": "192.0.2.10", "mac": "02-00-00-00-00-01"}}
    settings = ZhezhengdingSettings.model_validate(given).with_sandbox()
    return Signer(settings, Application.main(settings), lambda: NONCE)


def test_the_token_is_asked_for_as_published(signer: Signer) -> None:
    """Z2, the complete request: parameters in the address, every header."""
    request = signer.request("GET", "/gettoken.json", {"appkey": KEY, "appsecret": SECRET}, MOMENT)

    assert (request.method, httpx.URL(request.url).raw_path.decode()) == ("GET", f"/gettoken.json?{Z2}")
    assert {name: request.headers[name] for name in HEADERS} == HEADERS
    assert request.headers["X-Hmac-Auth-Signature"] == "WxVlSZSLoTaJxmS36sXXxdlc/YTfRzn6xnKUC4UrlGI="


def test_a_list_is_posted_as_published(signer: Signer) -> None:
    """Z3, the complete request: a form whose repeated key keeps the caller's order."""
    params = {"tenantId": 100001, "organizationCodes": ["GO_bbbb", "GO_aaaa"]}

    request = signer.request("POST", "/mozi/organization/listOrganizationsByCodes", params, MOMENT)

    assert request.headers["Content-Type"] == "application/x-www-form-urlencoded; charset=UTF-8"
    assert request.body == b"tenantId=100001&organizationCodes=GO_bbbb&organizationCodes=GO_aaaa"
    assert request.headers["X-Hmac-Auth-Signature"] == "qy3Fe8cWzQzKH++9Jhn7Q3a+w57nLtT+oPrOzPp46Aw="


async def test_the_sandbox_takes_the_published_requests(world: "World") -> None:
    """A2.4: Z2 and Z3 as they are printed, at the hour they carry, are answered in strict mode; and only once."""
    settings = ZhezhengdingSettings().with_sandbox()
    sandbox = build_sandbox(settings, world, clock=MOMENT.timestamp)
    z2 = HEADERS | {"X-Hmac-Auth-Signature": "WxVlSZSLoTaJxmS36sXXxdlc/YTfRzn6xnKUC4UrlGI="}
    z3 = HEADERS | {"X-Hmac-Auth-Signature": "qy3Fe8cWzQzKH++9Jhn7Q3a+w57nLtT+oPrOzPp46Aw="}
    form = {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}
    body = "tenantId=100001&organizationCodes=GO_bbbb&organizationCodes=GO_aaaa"
    path = "/mozi/organization/listOrganizationsByCodes"
    async with httpx.AsyncClient(transport=httpx.ASGITransport(sandbox), base_url="http://zzd") as http:
        token = (await http.get(f"/gettoken.json?{Z2}", headers=z2)).json()
        again = (await http.post(path, content=body, headers=z3 | form)).json()
        sandbox = build_sandbox(settings, world, clock=MOMENT.timestamp)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(sandbox), base_url="http://zzd") as http:
        listed = (await http.post(path, content=body, headers=z3 | form)).json()

    assert token["content"]["data"]["expiresIn"] == 7200
    assert again["Message"] == "SignatureNonceUsed"  # both carry the same nonce
    assert listed["content"] | {"requestId": ""} == {
        "data": [],
        "success": True,
        "requestId": "",
        "responseMessage": "OK",
        "responseCode": "0",
        "bizErrorCode": "0",
    }


def test_an_application_keeps_its_secret_to_itself() -> None:
    """No text of it shows the secret."""
    assert "hidden" not in f"{Application('key', 'hidden')!r}"
