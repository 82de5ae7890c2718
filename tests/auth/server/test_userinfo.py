from typing import Any

import httpx
import pytest

from connectors.viewer import Scope
from tests.auth.conftest import Office
from tests.auth.key_holder import ISSUER, KeyHolder
from tests.auth.platforms import CHEN_CITIZEN, CHEN_WORK

USERINFO = f"{ISSUER}/oauth/userinfo"


async def ask(office: Office, *headers: tuple[str, str], method: str = "GET") -> httpx.Response:
    """Ask with these headers."""
    return await office.client.request(method, "/oauth/userinfo", headers=list(headers))


async def bound(office: Office, holder: KeyHolder, **form: str) -> str:
    """An access token bound to the key."""
    nonce = office.authority.proofs.nonces.present()
    form = office.exchange_form(CHEN_CITIZEN, scope="openid", **form)
    headers = {"DPoP": holder.proof(nonce=nonce)}
    answer = await office.client.post("/oauth/token", data=form, auth=await office.register(), headers=headers)
    return str(answer.json()["access_token"])


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_client_learns_who_signed_in(office: Office, method: str) -> None:
    """Without ``profile`` the name is masked; what we do not keep is not told."""
    token = await office.token(CHEN_CITIZEN, "openid phone")

    answer = await ask(office, ("Authorization", f"Bearer {token}"), method=method)

    claims = answer.json()
    viewer = await office.authority.viewer_of(token)
    assert answer.headers["cache-control"] == "no-store"
    assert claims.keys() == {"sub", "name", "roles", "updated_at", "acr"}
    assert (claims["sub"], claims["name"]) == (viewer.person_id, "*大友")
    assert (claims["roles"], claims["acr"]) == (["citizen"], "2")


async def test_who_was_asked_nothing_is_not_described(office: Office) -> None:
    """``openid`` alone takes no consent: the client recognises the person, no more."""
    token = await office.token(CHEN_CITIZEN, "openid")

    claims = (await ask(office, ("Authorization", f"Bearer {token}"))).json()

    assert claims.keys() == {"sub"}


async def test_with_profile_the_name_is_told(office: Office) -> None:
    """In full, to the client the person let see it."""
    token = await office.token(CHEN_WORK, "openid profile")

    claims = (await ask(office, ("Authorization", f"bearer {token}"))).json()

    assert (claims["name"], claims["roles"]) == ("陈大友", ["official"])


async def test_a_token_for_userinfo_alone_is_good_here_alone(office: Office) -> None:
    """RFC 8707: the client chose where its token may be used."""
    form = office.exchange_form(CHEN_CITIZEN, scope="openid", resource=USERINFO)
    token = (await office.post(form, await office.register())).json()["access_token"]

    answer = await ask(office, ("Authorization", f"Bearer {token}"))

    assert answer.status_code == 200
    with pytest.raises(Exception, match="another audience"):
        await office.authority.viewer_of(token)


async def test_a_bound_token_needs_its_proof(office: Office) -> None:
    """With a fresh proof for this request, this token and the server's nonce; as bearer it is nothing."""
    holder, nonce = KeyHolder(), office.authority.proofs.nonces.present()
    token = await bound(office, holder)
    proof = holder.proof(USERINFO, token=token, htm="GET", nonce=nonce)

    right = await ask(office, ("Authorization", f"DPoP {token}"), ("DPoP", proof))
    again = await ask(office, ("Authorization", f"DPoP {token}"), ("DPoP", proof))
    as_bearer = await ask(office, ("Authorization", f"Bearer {token}"))

    assert right.status_code == 200
    assert right.headers["dpop-nonce"] == nonce
    claim_challenged(again, "DPoP", "invalid_dpop_proof")
    claim_challenged(as_bearer, "Bearer", "invalid_token")


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"nonce": None}, "use_dpop_nonce"),
        ({"nonce": "mine"}, "use_dpop_nonce"),
        ({"htm": "POST"}, "invalid_dpop_proof"),
        ({"url": f"{ISSUER}/graphql"}, "invalid_dpop_proof"),
        ({"url": "http://elsewhere.example/oauth/userinfo"}, "invalid_dpop_proof"),
        ({"token": None}, "invalid_dpop_proof"),
        ({"token": "another"}, "invalid_dpop_proof"),
        ({"iat": 1}, "invalid_dpop_proof"),
    ],
    ids=str,
)
async def test_a_wrong_proof_opens_nothing(office: Office, changes: dict[str, Any], error: str) -> None:
    """Each part counts; a new nonce comes with the refusal."""
    holder, nonce = KeyHolder(), office.authority.proofs.nonces.present()
    token = await bound(office, holder)
    right = {"url": USERINFO, "token": token, "htm": "GET", "nonce": nonce}

    answer = await ask(office, ("Authorization", f"DPoP {token}"), ("DPoP", holder.proof(**(right | changes))))

    claim_challenged(answer, "DPoP", error)
    assert answer.headers["dpop-nonce"] == nonce


async def test_another_s_key_opens_nothing(office: Office) -> None:
    """Neither a stolen token with the thief's proof, nor an unbound one by the scheme DPoP."""
    nonce, thief = office.authority.proofs.nonces.present(), KeyHolder()
    for token in (await bound(office, KeyHolder()), await office.token(CHEN_CITIZEN)):
        proof = thief.proof(USERINFO, token=token, htm="GET", nonce=nonce)

        answer = await ask(office, ("Authorization", f"DPoP {token}"), ("DPoP", proof))

        claim_challenged(answer, "DPoP", "invalid_token")


@pytest.mark.parametrize(
    "values", [[], ["Basic YTpi"], ["Bearer a", "Bearer b"], ["Bearer"], ["Bearer a.b.c"]], ids=str
)
async def test_nobody_is_told_without_a_token(office: Office, values: list[str]) -> None:
    """Without one, with two, with what is none."""
    answer = await ask(office, *(("Authorization", value) for value in values))

    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_token")
    assert answer.headers["www-authenticate"].startswith("Bearer")


async def test_a_token_in_the_address_or_the_body_is_none(office: Office) -> None:
    """RFC 6750 sections 2.2 and 2.3: logs would keep it."""
    token = {"access_token": await office.token(CHEN_CITIZEN)}

    in_address = await office.client.get("/oauth/userinfo", params=token)
    in_body = await office.client.post("/oauth/userinfo", data=token)

    assert in_address.status_code == in_body.status_code == 401


async def test_a_client_s_own_token_is_nobody_s(office: Office) -> None:
    """There is no person, or the scope ``openid`` was not given."""
    login = await office.register_partner()
    own = (await office.post({"grant_type": "client_credentials"}, login)).json()["access_token"]
    without = await office.token(CHEN_CITIZEN, Scope.GRAPH_READ)

    for token in (own, without):
        answer = await ask(office, ("Authorization", f"Bearer {token}"))

        assert (answer.status_code, answer.json()["error"]) == (403, "insufficient_scope")
        assert 'scope="openid"' in answer.headers["www-authenticate"]


def claim_challenged(answer: httpx.Response, scheme: str, error: str) -> None:
    """Claim that an answer is a challenge of that scheme with that error."""
    assert (answer.status_code, answer.json()["error"]) == (401, error)
    assert answer.headers["www-authenticate"].startswith(f'{scheme} error="{error}"')
