"""Clients that prove themselves by their key, and clients that prove nothing."""

import asyncio

import httpx
import pytest

from tests.auth.conftest import EXCHANGE, Office
from tests.auth.key_holder import ASSERTION_TYPE, ISSUER, TOKEN_ENDPOINT, KeyHolder

FORM = {"grant_type": "client_credentials"}


async def with_key(office: Office, holder: KeyHolder) -> str:
    """Register a partner that proves itself by that key."""
    client_id, _ = await office.register_partner(auth_method="private_key_jwt", jwks={"keys": [holder.jwk]})
    return client_id


def claim_refused(answer: httpx.Response) -> None:
    """Claim that a client was not believed."""
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


@pytest.mark.parametrize("aud", [ISSUER, TOKEN_ENDPOINT])
async def test_a_client_proves_itself_by_its_key(office: Office, aud: str) -> None:
    """The id need not stand beside the assertion, and may."""
    holder = KeyHolder()
    client_id = await with_key(office, holder)

    alone = await office.post(FORM | holder.login(client_id, aud=aud), None)
    named = await office.post(FORM | holder.login(client_id, aud=aud) | {"client_id": client_id}, None)

    assert alone.json()["token_type"] == named.json()["token_type"] == "Bearer"


async def test_an_assertion_works_once(office: Office) -> None:
    """Of several requests with one assertion, also at the same moment and to two replicas, one is served."""
    holder = KeyHolder()
    form = FORM | holder.login(await with_key(office, holder))

    answers = await asyncio.gather(*(office.post(form, None) for _ in range(4)))

    assert sorted(answer.status_code for answer in answers) == [200, 401, 401, 401]
    claim_refused(await office.post(form, None))


async def test_two_clients_may_choose_the_same_jti(office: Office) -> None:
    """It is single-use for its client only."""
    one, other = KeyHolder(), KeyHolder()
    ids = [await with_key(office, one), await with_key(office, other)]

    answers = [await office.post(FORM | who.login(i, jti="1"), None) for who, i in zip((one, other), ids, strict=True)]

    assert all(answer.is_success for answer in answers)


async def test_an_assertion_is_for_the_address_that_is_called(office: Office) -> None:
    """One for the introspection endpoint is good there, and nowhere else."""
    holder = KeyHolder()
    client_id = await with_key(office, holder)
    login = holder.login(client_id, aud=f"{ISSUER}/oauth/introspect")

    elsewhere = await office.post(FORM | login, None)
    there = await office.client.post("/oauth/introspect", data={"token": "x"} | login)

    claim_refused(elsewhere)
    assert there.json() == {"active": False}


async def test_a_host_header_makes_no_audience(office: Office) -> None:
    """What we are called is a setting."""
    holder = KeyHolder()
    login = holder.login(await with_key(office, holder), aud="http://evil.example/oauth/token")

    answer = await office.client.post("/oauth/token", data=FORM | login, headers={"Host": "evil.example"})

    claim_refused(answer)


async def test_an_assertion_of_another_client_proves_nothing(office: Office) -> None:
    """Neither beside somebody else's id, nor as somebody else, nor for a client with a secret."""
    holder = KeyHolder()
    mine = await with_key(office, holder)
    theirs, _ = await office.register_partner()

    claim_refused(await office.post(FORM | holder.login(mine) | {"client_id": theirs}, None))
    claim_refused(await office.post(FORM | holder.login(theirs), None))
    claim_refused(await office.post(FORM | holder.login("c_unknown"), None))
    claim_refused(await office.post(FORM | holder.login("c_\x00"), None))


async def test_a_client_with_a_key_gets_in_by_no_other_method(office: Office) -> None:
    """As registered, and only so."""
    client_id = await with_key(office, KeyHolder())

    claim_refused(await office.post(FORM | {"client_id": client_id}, None))
    claim_refused(await office.post(FORM | {"client_id": client_id, "client_secret": "x"}, None))
    claim_refused(await office.post(FORM, (client_id, "x")))


@pytest.mark.parametrize(
    "half",
    [
        {"client_assertion": "a.b.c"},
        {"client_assertion_type": ASSERTION_TYPE},
        {
            "client_assertion": "a.b.c",
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:saml2-bearer",
        },
        {"client_assertion": "a.b.c", "client_assertion_type": ASSERTION_TYPE},
        {"client_assertion": "é.b.c", "client_assertion_type": ASSERTION_TYPE},
    ],
    ids=str,
)
async def test_half_an_assertion_is_none(office: Office, half: dict[str, str]) -> None:
    """Type and assertion belong together."""
    claim_refused(await office.post(FORM | half, None))


async def test_an_assertion_beside_a_secret_is_refused(office: Office) -> None:
    """One method a request, whichever two they are."""
    holder = KeyHolder()
    client_id = await with_key(office, holder)
    login = holder.login(client_id)

    with_secret = await office.post(FORM | login | {"client_secret": "x"}, None)
    with_basic = await office.post(FORM | login, (client_id, "x"))

    for answer in (with_secret, with_basic):
        assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


async def test_a_public_client_only_says_who_it_is(office: Office) -> None:
    """It is known by its id, and by nothing that looks like a proof."""
    client_id, secret = await office.register(auth_method="none")
    form = {"grant_type": EXCHANGE, "client_id": client_id}

    known = await office.post(form, None)

    assert secret == ""
    assert known.json()["error"] == "invalid_request", "a parameter is missing, the client is known"
    claim_refused(await office.post(form | {"client_secret": "x"}, None))
    claim_refused(await office.post({"grant_type": EXCHANGE}, (client_id, "")))
    claim_refused(await office.client.post("/oauth/introspect", data={"token": "x", "client_id": client_id}))
