"""Metadata, keys and the token endpoint, over providers that say what a test tells them to."""

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from joserfc.jwk import ECKey

from connectors.deadline import Deadline
from connectors.duty.login_provider import LoginProvider
from connectors.duty.settings import DutySettings
from connectors.errors import SignInNeededError, UnexpectedAnswerError
from connectors.records.sign_in_leg import Binding
from connectors.transport import Transport

ISSUER = "https://login.example.cn"
METADATA = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/a",
    "token_endpoint": f"{ISSUER}/t",
    "jwks_uri": f"{ISSUER}/k",
}
SOON = Deadline.after(30)


class Login:
    """Answers by path and remembers what was asked; ``answers`` may be changed."""

    def __init__(self, **signin: Any) -> None:
        self.asked: list[httpx.Request] = []
        self.answers: dict[str, tuple[int, Any]] = {"/.well-known/openid-configuration": (200, METADATA)}
        self.now = 0.0
        client = httpx.AsyncClient(transport=httpx.MockTransport(self._answer))
        given = {"issuer": ISSUER, "client_id": "gateway", **signin}
        settings = DutySettings.model_validate({"base_url": "https://duty.example.cn", "signin": given})
        self.provider = LoginProvider(settings, Transport("duty", client=client), lambda: self.now)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        status, body = self.answers[request.url.path]
        return httpx.Response(status, json=body)


@pytest.mark.parametrize(
    "wrong",
    [
        {"issuer": "https://login.example.cn/"},
        {"issuer": "https://attacker.example"},
        {"token_endpoint": "http://login.example.cn/t"},
        {"jwks_uri": "file:///etc/keys"},
        {"authorization_endpoint": None},
    ],
    ids=str,
)
async def test_metadata_of_anybody_else_is_refused(wrong: dict[str, Any]) -> None:
    """Discovery section 4.3: the issuer is ours to the letter; nothing leads out of TLS."""
    login = Login()
    login.answers["/.well-known/openid-configuration"] = 200, METADATA | wrong

    with pytest.raises(UnexpectedAnswerError):
        await login.provider.metadata(SOON)


async def test_what_the_settings_name_is_not_looked_up() -> None:
    """With all three addresses set there is no discovery, and the settings say whether iss comes back."""
    places = {"authorization_endpoint": f"{ISSUER}/x", "token_endpoint": f"{ISSUER}/y", "jwks_uri": f"{ISSUER}/z"}
    login = Login(**places, sends_issuer=False)

    metadata = await login.provider.metadata(SOON)

    assert login.asked == []
    assert (metadata.issuer, metadata.token_endpoint) == (ISSUER, f"{ISSUER}/y")
    assert metadata.authorization_response_iss_parameter_supported is False


async def test_an_unknown_key_is_looked_for_now_and_then() -> None:
    """A new key is found at once; tokens with invented key ids do not make us ask at each."""
    login = Login()
    key = ECKey.generate_key("P-256")
    login.answers["/k"] = 200, {"keys": [key.as_dict(private=False)]}
    await login.provider.keys(SOON)
    login.now = 11

    for _ in range(5):
        await login.provider.keys(SOON, newer=True)

    assert sum(request.url.path == "/k" for request in login.asked) == 2


@pytest.mark.parametrize(
    "keys", [{}, {"keys": []}, {"keys": [{"kty": "oct", "k": "c2VjcmV0"}]}, {"keys": [{}]}], ids=str
)
async def test_a_set_without_public_keys_is_none(keys: dict[str, Any]) -> None:
    """A shared secret in it is not taken as a key."""
    login = Login()
    login.answers["/k"] = 200, keys

    with pytest.raises(UnexpectedAnswerError):
        await login.provider.keys(SOON)


@pytest.mark.parametrize(
    ("secret", "check"),
    [
        ("s:1", lambda request: request.headers["authorization"] == "Basic Z2F0ZXdheTpzJTNBMQ=="),
        ("", lambda request: "authorization" not in request.headers and b"client_id=gateway" in request.content),
    ],
)
async def test_the_client_says_who_it_is(secret: str, check: Callable[[httpx.Request], bool]) -> None:
    """RFC 6749 section 2.3.1: Basic with encoded parts; a public client by its id alone."""
    login = Login(client_secret=secret)
    login.answers["/t"] = 200, {"id_token": "x"}

    await login.provider.id_token("code", Binding.new(), SOON)

    assert check(login.asked[-1])
    assert login.asked[-1].headers["accept"] == "application/json"


async def test_a_bad_code_is_the_persons_matter() -> None:
    """invalid_grant asks for a new sign-in; its words are not repeated."""
    login = Login(client_secret="s")
    login.answers["/t"] = 400, {"error": "invalid_grant", "error_description": "secret words"}

    with pytest.raises(SignInNeededError) as caught:
        await login.provider.id_token("code-1", Binding.new(), SOON)

    assert "secret words" not in json.dumps(str(caught.value))
    assert "code-1" not in str(caught.value)
