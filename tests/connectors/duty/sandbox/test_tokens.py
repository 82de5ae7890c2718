"""The token endpoint answers by RFC 6749, and its tokens open what they were given for."""

import base64
from typing import Any

import httpx
import pytest

from connectors.sandbox.app import SandboxApp
from tests.connectors.duty.contract import claims

BASIC = base64.b64encode(b"tongxin-gateway:sandbox-duty-client-secret").decode()
FORM = {"grant_type": "client_credentials"}
TOKENS: list[tuple[str, dict[str, str], int, str | None]] = [
    (f"Basic {BASIC}", FORM, 200, None),
    (f"Basic {BASIC}", FORM | {"scope": "duty.read"}, 200, None),
    (f"Basic {BASIC}", FORM | {"scope": "duty.admin"}, 400, "invalid_scope"),
    (f"Basic {BASIC}", FORM | {"scope": " "}, 400, "invalid_scope"),
    (f"Basic {BASIC}", {"grant_type": "password"}, 400, "unsupported_grant_type"),
    (f"Basic {BASIC}", {}, 400, "invalid_request"),
    ("Basic eDp5", FORM, 401, "invalid_client"),
    ("Basic ###", FORM, 401, "invalid_client"),
    (f"Bearer {BASIC}", FORM, 401, "invalid_client"),
    ("", FORM, 401, "invalid_client"),
]


@pytest.mark.parametrize(("authorization", "form", "status", "error"), TOKENS)
async def test_the_token_endpoint_answers_by_the_contract(
    authorization: str, form: dict[str, str], status: int, error: str | None, sandbox: SandboxApp
) -> None:
    """Tokens and refusals have RFC 6749's shape and are stored by nobody between."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(sandbox), base_url="http://duty") as client:
        answer = await client.post("/oauth/token", data=form, headers={"Authorization": authorization})

    assert (answer.status_code, answer.json().get("error")) == (status, error)
    assert answer.headers["cache-control"] == "no-store"
    assert claims("token", answer) == []


async def test_a_token_ends_after_two_hours(sandbox: SandboxApp, clock: Any) -> None:
    """A token opens reads until its 7,200 seconds are over, and no look-up when it was not given for one."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(sandbox), base_url="http://duty") as client:
        form = {"grant_type": "client_credentials", "scope": "duty.read"}
        issued = await client.post("/oauth/token", data=form, headers={"Authorization": f"Basic {BASIC}"})
        headers = {"Authorization": f"Bearer {issued.json()['access_token']}"}

        clock.now += 7199
        before = await client.get("/api/v1/members?ids=M1", headers=headers)
        elsewhere = await client.post("/api/v1/members/lookup", json={}, headers=headers)
        clock.now += 1
        after = await client.get("/api/v1/members?ids=M1", headers=headers)

    assert issued.json()["expires_in"] == 7200
    assert (before.status_code, elsewhere.status_code, after.status_code) == (200, 403, 401)
    assert elsewhere.json()["code"] == "INSUFFICIENT_SCOPE"
    assert after.json()["code"] == "INVALID_TOKEN"


async def test_json_is_no_token_request(sandbox: SandboxApp) -> None:
    """The endpoint takes forms only (RFC 6749 section 4.4.2)."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(sandbox), base_url="http://duty") as client:
        answer = await client.post("/oauth/token", json=FORM, headers={"Authorization": f"Basic {BASIC}"})

    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_request"})
