"""The sandbox's login is an OpenID provider that takes nothing it need not."""

import base64
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from connectors.duty.settings import DutySettings
from connectors.records.sign_in_leg import Binding
from connectors.sandbox.app import SandboxApp
from tests.connectors.duty.contract import claims

BINDING = Binding("state-1", "nonce-1", "v" * 43)


@pytest.fixture
async def browser(sandbox: SandboxApp) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody at the login's address."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(sandbox), base_url="http://127.0.0.1:8103") as client:
        yield client


@pytest.fixture
def asked(settings: DutySettings) -> dict[str, str]:
    """An authorization request as the gateway makes it."""
    return {
        "response_type": "code",
        "client_id": settings.signin.client_id,
        "redirect_uri": settings.signin.callback_url,
        "scope": "openid profile",
        "state": BINDING.state,
        "nonce": BINDING.nonce,
        "code_challenge": BINDING.code_challenge,
        "code_challenge_method": "S256",
    }


def grant(settings: DutySettings, code: str, **changes: str) -> dict[str, Any]:
    """A token request with that code."""
    pair = f"{settings.signin.client_id}:{settings.signin.client_secret.get_secret_value()}"
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": settings.signin.callback_url,
        "code_verifier": BINDING.code_verifier,
    }
    return {
        "data": form | changes,
        "headers": {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"},
    }


def sent_back(answer: httpx.Response) -> dict[str, str]:
    """What the redirect carries."""
    assert answer.status_code == 302, answer.text
    assert answer.headers["cache-control"] == "no-store"
    return {name: value for name, [value] in parse_qs(urlsplit(answer.headers["location"]).query).items()}


async def test_the_page_lets_one_choose(browser: httpx.AsyncClient, asked: dict[str, str]) -> None:
    """Members and staff, without scripts; what was asked is carried along as text."""
    text = (await browser.get("/login/authorize", params=asked | {"state": '"><script>'})).text

    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert "member-0001" in text
    assert "official-" in text
    assert text.count('name="code_challenge"') == 3


async def test_people_can_be_searched(browser: httpx.AsyncClient, asked: dict[str, str]) -> None:
    """By id or name."""
    text = (await browser.get("/login/authorize", params=asked | {"q": "member-0099"})).text

    assert "member-0099" in text
    assert "member-0001" not in text


async def test_a_ticket_stands_in_for_the_page(
    browser: httpx.AsyncClient, asked: dict[str, str], settings: DutySettings
) -> None:
    """By the control path one signs in without a page, once a ticket."""
    control = {"person": "member-0002", "form": "oidc"}
    ticket = (await browser.get("/sandbox/ticket", params=control)).json()["ticket"]

    code = sent_back(await browser.get("/login/authorize", params=asked | {"ticket": ticket}))["code"]
    again = await browser.get("/login/authorize", params=asked | {"ticket": ticket})
    tokens = await browser.post("/login/token", **grant(settings, code))

    assert tokens.status_code == 200
    assert tokens.headers["cache-control"] == "no-store"
    assert claims("login.token", tokens) == []
    assert again.status_code == 400


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": "code id_token"}, "unsupported_response_type"),
        ({"scope": "profile"}, "invalid_scope"),
        ({"code_challenge": ""}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": ""}, "invalid_request"),
        ({"prompt": "none"}, "login_required"),
        ({"decline": "1"}, "access_denied"),
    ],
    ids=str,
)
async def test_a_wrong_request_goes_back_with_its_error(
    browser: httpx.AsyncClient, asked: dict[str, str], change: dict[str, str], error: str
) -> None:
    """RFC 6749 section 4.1.2.1, with state and issuer."""
    answer = await browser.get("/login/authorize", params=asked | {"person": "member-0001"} | change)

    assert sent_back(answer) == {"error": error, "state": BINDING.state, "iss": "http://127.0.0.1:8103"}


@pytest.mark.parametrize(
    "change",
    [
        {"client_id": "another"},
        {"redirect_uri": "https://attacker.example/"},
        {"redirect_uri": "http://127.0.0.1:8000/login/duty/callback/"},
        {"redirect_uri": "http://127.0.0.1:8000/login/duty/callback?x=1"},
        {"redirect_uri": "http://127.0.0.1:8000@attacker.example/login/duty/callback"},
        {"person": "nobody"},
    ],
    ids=str,
)
async def test_nobody_is_sent_elsewhere(
    browser: httpx.AsyncClient, asked: dict[str, str], change: dict[str, str]
) -> None:
    """A client or address that is not registered gets a page; so does somebody who is not there."""
    answer = await browser.get("/login/authorize", params=asked | {"person": "member-0001"} | change)

    assert (answer.status_code, "location" in answer.headers) == (400, False)


async def test_a_parameter_given_twice_is_refused(browser: httpx.AsyncClient, asked: dict[str, str]) -> None:
    """Nothing is guessed."""
    pairs = [*asked.items(), ("person", "member-0001"), ("nonce", "another")]

    assert sent_back(await browser.get("/login/authorize", params=pairs))["error"] == "invalid_request"


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"code_verifier": "w" * 43}, "invalid_grant"),
        ({"code_verifier": ""}, "invalid_grant"),
        ({"redirect_uri": "http://127.0.0.1:8000/"}, "invalid_grant"),
        ({"code": "another"}, "invalid_grant"),
        ({"code": ""}, "invalid_request"),
        ({"grant_type": "client_credentials"}, "unsupported_grant_type"),
    ],
    ids=str,
)
async def test_a_wrong_token_request_is_refused_and_uses_the_code_up(
    browser: httpx.AsyncClient, asked: dict[str, str], settings: DutySettings, change: dict[str, str], error: str
) -> None:
    """A code handed in wrongly is no good afterwards."""
    code = sent_back(await browser.get("/login/authorize", params=asked | {"person": "member-0001"}))["code"]

    answer = await browser.post("/login/token", **grant(settings, **({"code": code} | change)))
    again = await browser.post("/login/token", **grant(settings, code))

    assert (answer.status_code, answer.json()) == (400, {"error": error})
    assert claims("login.token", answer) == []
    assert again.is_error is (error == "invalid_grant" and "code" not in change)


@pytest.mark.parametrize("authorization", ["", "Basic eDp5", "Basic ###", "Bearer x"])
async def test_only_the_client_gets_tokens(
    browser: httpx.AsyncClient, settings: DutySettings, authorization: str
) -> None:
    """By its id and secret."""
    request = grant(settings, "code") | {"headers": {"Authorization": authorization}}

    answer = await browser.post("/login/token", **request)

    assert (answer.status_code, answer.json()) == (401, {"error": "invalid_client"})
    assert "Basic" in answer.headers["www-authenticate"]


async def test_metadata_and_keys_follow_the_contract(browser: httpx.AsyncClient) -> None:
    """The issuer is the address it was asked at; keys are public ones."""
    metadata = await browser.get("/.well-known/openid-configuration")
    keys = await browser.get(urlsplit(metadata.json()["jwks_uri"]).path)

    assert metadata.json()["issuer"] == "http://127.0.0.1:8103"
    assert claims("login.configuration", metadata) == []
    assert claims("login.keys", keys) == []
