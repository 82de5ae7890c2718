from typing import Any

import pytest

from connectors.viewer import Scope
from tests.auth.conftest import EXCHANGE, Office
from tests.auth.key_holder import KeyHolder
from tests.auth.platforms import CHEN_CITIZEN

NOTHING = {"active": False}
Login = tuple[str, str]


async def told(office: Office, login: Login, token: str, **more: str) -> dict[str, Any]:
    """What the endpoint tells a client of a token."""
    answer = await office.client.post("/oauth/introspect", data={"token": token} | more, auth=login)
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    return dict(answer.json())


async def tokens_of(office: Office, login: Login, scope: str = "openid graph:read") -> dict[str, Any]:
    """Sign somebody in for a client."""
    return dict((await office.post(office.exchange_form(CHEN_CITIZEN, scope=scope), login)).json())


async def with_refresh(office: Office) -> Login:
    """Register a front end that may refresh."""
    return await office.register(grants=[EXCHANGE, "refresh_token"])


async def test_a_client_learns_of_its_token(office: Office) -> None:
    """All that stands in it, and that it is good."""
    login = await office.register()
    token = (await tokens_of(office, login))["access_token"]

    facts = await told(office, login, token)

    assert facts.keys() == {
        *("active", "token_type", "iss", "sub", "aud", "exp", "iat", "jti", "client_id", "scope"),
        *("acr", "amr", "auth_time"),
    }
    assert (facts["active"], facts["token_type"], facts["client_id"]) == (True, "Bearer", login[0])
    assert (facts["iss"], facts["aud"]) == (office.settings.issuer, office.settings.audience)
    assert (facts["scope"], facts["acr"]) == ("graph:read openid", "2")


async def test_a_bound_token_names_its_key(office: Office) -> None:
    """RFC 9449 section 6.2."""
    login, holder = await office.register_partner(), KeyHolder()
    nonce = office.authority.proofs.nonces.present()
    headers = {"DPoP": holder.proof(nonce=nonce)}
    answer = await office.client.post(
        "/oauth/token", data={"grant_type": "client_credentials"}, auth=login, headers=headers
    )

    facts = await told(office, login, answer.json()["access_token"])

    assert (facts["token_type"], facts["cnf"]) == ("DPoP", {"jkt": holder.jkt})
    assert facts["sub"] == login[0]


@pytest.mark.parametrize("hint", ["access_token", "refresh_token", "anything"])
async def test_a_refresh_token_is_good_while_it_would_be_taken(office: Office, hint: str) -> None:
    """Until it is used: then its successor is. The hint changes nothing."""
    login = await with_refresh(office)
    first = (await tokens_of(office, login))["refresh_token"]
    before = await told(office, login, first, token_type_hint=hint)
    answer = await office.post({"grant_type": "refresh_token", "refresh_token": first}, login)

    after, successor = await told(office, login, first), await told(office, login, answer.json()["refresh_token"])

    assert (before["active"], before["scope"]) == (True, "graph:read openid")
    assert after == NOTHING
    assert successor["active"]


async def test_nobody_learns_of_another_client_s_tokens(office: Office) -> None:
    """They look like no tokens at all."""
    mine, theirs = await with_refresh(office), await office.register_partner(Scope.OPINION_READ)
    tokens = await tokens_of(office, mine)

    for token in (tokens["access_token"], tokens["refresh_token"], tokens["id_token"]):
        assert await told(office, theirs, token) == NOTHING


@pytest.mark.parametrize("token", ["x", "a.b.c", "\x00", "g_0.1.x", "x" * 10_000])
async def test_what_is_no_token_is_not_active(office: Office, token: str) -> None:
    """One answer to all of them (RFC 7662 section 2.2)."""
    assert await told(office, await office.register_partner(), token) == NOTHING


async def test_an_id_token_is_no_access_token(office: Office) -> None:
    """Although we signed it with the same key."""
    login = await office.register()

    assert await told(office, login, (await tokens_of(office, login))["id_token"]) == NOTHING


async def test_what_was_given_back_is_not_active(office: Office) -> None:
    """With the refresh token all tokens of its grant ended."""
    login = await with_refresh(office)
    tokens = await tokens_of(office, login)

    await office.client.post("/oauth/revoke", data={"token": tokens["refresh_token"]}, auth=login)

    for token in (tokens["access_token"], tokens["refresh_token"]):
        assert await told(office, login, token) == NOTHING


async def test_only_clients_that_prove_themselves_may_ask(office: Office) -> None:
    """Else anybody could try tokens out (RFC 7662 section 2.1)."""
    login = await office.register_partner()
    token = (await office.post({"grant_type": "client_credentials"}, login)).json()["access_token"]
    public, _ = await office.register(auth_method="none")

    nobody = await office.client.post("/oauth/introspect", data={"token": token})
    by_id = await office.client.post("/oauth/introspect", data={"token": token, "client_id": public})
    by_token = await office.client.post(
        "/oauth/introspect", data={"token": token}, headers={"Authorization": f"Bearer {token}"}
    )
    without = await office.client.post("/oauth/introspect", data={}, auth=login)

    for answer in (nobody, by_id, by_token):
        assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert (without.status_code, without.json()["error"]) == (400, "invalid_request")
