"""Tokens bound to a key, at the token endpoint."""

import asyncio
from typing import Any

import httpx
import pytest

from tests.auth.conftest import Office
from tests.auth.key_holder import ISSUER, KeyHolder
from tests.auth.platforms import CHEN_CITIZEN

FORM = {"grant_type": "client_credentials"}
Login = tuple[str, str]


async def ask(office: Office, login: Login | None, *proofs: str, form: dict[str, str] = FORM) -> httpx.Response:
    """Ask the token endpoint with these proofs."""
    headers = [("DPoP", proof) for proof in proofs]
    more: dict[str, Any] = {} if login is None else {"auth": login}
    return await office.client.post("/oauth/token", data=form, headers=headers, **more)


async def nonce_of(office: Office) -> str:
    """The nonce the server hands out."""
    return (await ask(office, ("c_nobody", "x"), "no proof")).headers["dpop-nonce"]


async def test_a_token_is_bound_to_the_key_that_was_shown(office: Office) -> None:
    """First the server asks for its nonce, then the token says DPoP and names the key."""
    login, holder = await office.register_partner(), KeyHolder()

    first = await ask(office, login, holder.proof())
    answer = await ask(office, login, holder.proof(nonce=first.headers["dpop-nonce"]))

    assert (first.status_code, first.json()["error"]) == (400, "use_dpop_nonce")
    assert answer.json()["token_type"] == "DPoP"
    verified = await office.authority.tokens.verified(answer.json()["access_token"])
    assert verified.claims.cnf == {"jkt": holder.jkt}
    assert answer.headers["dpop-nonce"]


async def test_a_proof_works_once(office: Office) -> None:
    """Of several requests with one proof, also at the same moment, one is served."""
    login, nonce = await office.register_partner(), await nonce_of(office)
    proof = KeyHolder().proof(nonce=nonce)

    answers = await asyncio.gather(*(ask(office, login, proof) for _ in range(4)))

    assert sorted(answer.status_code for answer in answers) == [200, 400, 400, 400]
    assert {answer.json().get("error") for answer in answers} == {None, "invalid_dpop_proof"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": f"{ISSUER}/graphql"},
        {"url": "http://elsewhere.example/oauth/token"},
        {"url": "http://localhost:80@evil.example/oauth/token"},
        {"htm": "GET"},
        {"iat": 1},
        {"iat": 2**40},
        {"header": {"typ": "JWT"}},
        {"header": {"alg": "none"}},
    ],
    ids=str,
)
async def test_a_wrong_proof_gets_no_token(office: Office, wrong: dict[str, Any]) -> None:
    """Not even an unbound one; the Host header, which says elsewhere.example here, makes no address right."""
    login, nonce = await office.register_partner(), await nonce_of(office)

    answer = await ask(office, login, KeyHolder().proof(nonce=nonce, **wrong))

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_dpop_proof")


async def test_two_proofs_get_no_token(office: Office) -> None:
    """Nobody could say which key is meant."""
    login, nonce = await office.register_partner(), await nonce_of(office)

    answer = await ask(office, login, KeyHolder().proof(nonce=nonce), KeyHolder().proof(nonce=nonce))

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_dpop_proof")


async def test_a_client_registered_so_gets_bound_tokens_only(office: Office) -> None:
    """Without a proof it gets none."""
    login, nonce = await office.register_partner(dpop_bound=True), await nonce_of(office)

    without = await ask(office, login)
    bound = await ask(office, login, KeyHolder().proof(nonce=nonce))

    assert (without.status_code, without.json()["error"]) == (400, "invalid_dpop_proof")
    assert bound.json()["token_type"] == "DPoP"


async def test_a_public_client_s_ticket_leads_to_bound_tokens_only(office: Office) -> None:
    """It is told before the ticket is used up: then, with a proof, the same ticket is good."""
    client_id, _ = await office.register(auth_method="none")
    form = office.exchange_form(CHEN_CITIZEN, client_id=client_id)

    without = await ask(office, None, form=form)
    bound = await ask(office, None, KeyHolder().proof(nonce=await nonce_of(office)), form=form)

    assert (without.status_code, without.json()["error"]) == (400, "invalid_dpop_proof")
    assert bound.json()["token_type"] == "DPoP"


async def test_the_client_is_checked_before_its_key(office: Office) -> None:
    """A proof proves no client, and a wrong client uses no proof up."""
    login, nonce = await office.register_partner(), await nonce_of(office)
    proof = KeyHolder().proof(nonce=nonce)

    wrong = await ask(office, (login[0], "wrong"), proof)
    right = await ask(office, login, proof)

    assert wrong.json()["error"] == "invalid_client"
    assert right.is_success


async def test_a_nonce_of_another_replica_is_good(office: Office) -> None:
    """Nonces follow from the secret and the time."""
    login = await office.register_partner()
    nonce = office.replica().proofs.nonces.present()

    assert (await ask(office, login, KeyHolder().proof(nonce=nonce))).is_success
