"""What all endpoints do alike."""

import pytest

from tests.auth.conftest import EXCHANGE, Office
from tests.auth.key_holder import KeyHolder
from tests.auth.platforms import CHEN_CITIZEN

PAGE, STRANGER = "https://app.example.cn", "https://evil.example"
ALLOWED = "access-control-allow-origin"
PATHS = ["/oauth/token", "/oauth/userinfo", "/oauth/revoke", "/oauth/par", "/oauth/device", "/oauth/introspect"]


@pytest.mark.parametrize("path", PATHS)
async def test_a_registered_page_may_ask_first(office: Office, path: str) -> None:
    """A preflight is answered to its origin, a stranger's is not; never with cookies."""
    await office.register(origins=[PAGE])
    asks = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "dpop, content-type"}

    answer = await office.client.options(path, headers=asks | {"Origin": PAGE})
    stranger = await office.client.options(path, headers=asks | {"Origin": STRANGER})

    assert (answer.status_code, answer.headers[ALLOWED]) == (204, PAGE)
    assert {"dpop", "authorization"} <= set(answer.headers["access-control-allow-headers"].split(", "))
    assert "POST" in answer.headers["access-control-allow-methods"]
    assert ALLOWED not in stranger.headers
    for one in (answer, stranger):
        assert "Origin" in one.headers["vary"]
        assert "access-control-allow-credentials" not in one.headers


async def test_a_page_gets_its_tokens_by_itself(office: Office) -> None:
    """A public client in a browser: asks, is given a nonce it can read, shows its key, reads its token."""
    client_id, _ = await office.register(auth_method="none", origins=[PAGE])
    form, holder = office.exchange_form(CHEN_CITIZEN, client_id=client_id), KeyHolder()

    first = await office.client.post("/oauth/token", data=form, headers={"Origin": PAGE, "DPoP": holder.proof()})
    proof = holder.proof(nonce=first.headers["dpop-nonce"])
    answer = await office.client.post("/oauth/token", data=form, headers={"Origin": PAGE, "DPoP": proof})

    assert (first.status_code, first.json()["error"]) == (400, "use_dpop_nonce")
    assert answer.json()["token_type"] == "DPoP"
    for one in (first, answer):
        assert one.headers[ALLOWED] == PAGE
        assert "dpop-nonce" in one.headers["access-control-expose-headers"]


async def test_a_stranger_s_page_reads_nothing(office: Office) -> None:
    """What it sends is answered like anybody's, and its browser keeps the answer from it."""
    login = await office.register(origins=[PAGE])

    answer = await office.client.post(
        "/oauth/token", data={"grant_type": EXCHANGE}, auth=login, headers={"Origin": STRANGER}
    )

    assert ALLOWED not in answer.headers
    assert "Origin" in answer.headers["vary"]


async def test_what_is_no_preflight_is_answered_plainly(office: Office) -> None:
    """OPTIONS without an origin changes nothing and tells nothing."""
    answer = await office.client.options("/oauth/token")

    assert (answer.status_code, answer.content) == (204, b"")
    assert ALLOWED not in answer.headers


async def test_what_anybody_may_know_any_page_may_read(office: Office) -> None:
    """Metadata and keys."""
    for path in ("/.well-known/openid-configuration", "/.well-known/oauth-protected-resource/graphql", "/oauth/jwks"):
        answer = await office.client.get(path, headers={"Origin": STRANGER})

        assert answer.headers[ALLOWED] == "*"
