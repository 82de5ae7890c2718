"""Partners that prove themselves by SM2, where cryptography is national."""

import asyncio
import time
from typing import Any

import httpx
import pytest

from auth.foreign import ALGORITHMS
from auth.registration.faults import RegistrationError
from connectors.ciphers.suite import SuiteName
from tests.auth.conftest import Office
from tests.auth.key_holder import ISSUER, KeyHolder
from tests.auth.sm2_holder import EXAMPLE, Sm2Holder

FORM = {"grant_type": "client_credentials"}
NOW = int(time.time())
INTERNATIONAL = pytest.mark.parametrize("cryptography", ["international"])


@pytest.fixture
def cryptography() -> SuiteName:
    """Where SM2 is taken."""
    return "national"


async def with_keys(office: Office, *holders: Any) -> str:
    """Register a partner that proves itself by these keys."""
    jwks = {"keys": [holder.jwk for holder in holders]}
    return (await office.register_partner(auth_method="private_key_jwt", jwks=jwks))[0]


def claim_refused(answer: httpx.Response) -> None:
    """Claim that a client was not believed."""
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


async def test_the_example_of_the_documentation_gets_a_token(office: Office) -> None:
    """Its key is registered, its proof believed, at every endpoint that asks for one; and once only."""
    holder = Sm2Holder()
    client_id = await with_keys(office, holder)
    proof = EXAMPLE.proof(ISSUER, client_id, holder.key)

    answer = await office.client.post("/oauth/token", data=FORM | proof)
    asked = {"token": answer.json()["access_token"]} | EXAMPLE.proof(ISSUER, client_id, holder.key)
    introspected = await office.client.post("/oauth/introspect", data=asked)

    assert answer.json()["token_type"] == "Bearer"
    assert introspected.json()["active"]
    claim_refused(await office.client.post("/oauth/token", data=FORM | proof))


async def test_other_keys_are_good_beside_it(office: Office) -> None:
    """A client that changes from one algorithm to the other has both for a while."""
    national, international = Sm2Holder(), KeyHolder()
    client_id = await with_keys(office, national, international)

    for holder in (national, international):
        assert (await office.post(FORM | holder.login(client_id), None)).is_success


async def test_metadata_announce_it(office: Office) -> None:
    """For client assertions, and not for DPoP proofs, which it would take too long to verify at every request."""
    told = (await office.client.get("/.well-known/openid-configuration")).json()

    for endpoint in ("token", "introspection", "revocation"):
        assert told[f"{endpoint}_endpoint_auth_signing_alg_values_supported"] == [*ALGORITHMS, "SM2"]
    assert told["dpop_signing_alg_values_supported"] == list(ALGORITHMS)
    assert told["id_token_signing_alg_values_supported"] == ["ES256"]


WRONG: dict[str, dict[str, Any]] = {
    "no key is named": {"header": {"kid": None}},
    "another key is named": {"header": {"kid": "k-2"}},
    "a name that is a list": {"header": {"kid": ["k-1"]}},
    "an extension": {"header": {"crit": ["exp"]}},
    "another audience": {"aud": "https://evil.example"},
    "ours and another audience": {"aud": [ISSUER, "https://evil.example"]},
    "another subject": {"sub": "c_2"},
    "ended": {"exp": NOW - 60},
    "good for ever": {"exp": NOW + 100_000},
    "from the future": {"iat": NOW + 600},
    "no jti": {"jti": None},
}


@pytest.mark.parametrize("what", WRONG)
async def test_it_is_held_against_the_same_rules(office: Office, what: str) -> None:
    """As every other assertion (RFC 7523 section 3)."""
    holder = Sm2Holder()
    client_id = await with_keys(office, holder, Sm2Holder("k-2"))

    claim_refused(await office.post(FORM | holder.login(client_id, **WRONG[what]), None))


async def test_another_s_signature_is_refused(office: Office) -> None:
    """By a key of the same name, cut off, or of another text."""
    holder, stranger = Sm2Holder(), Sm2Holder()
    client_id = await with_keys(office, holder)
    right, other = holder.assertion(client_id), holder.assertion(client_id)
    texts = [
        stranger.assertion(client_id),
        stranger.assertion(client_id, header={"jwk": stranger.jwk}),
        right[:-4],
        right.rpartition(".")[0] + "." + other.rpartition(".")[2],
        right.rpartition(".")[0] + "." + "A" * 86,
    ]

    for text in texts:
        claim_refused(await office.post(FORM | {**holder.login(client_id), "client_assertion": text}, None))


async def test_a_key_of_another_curve_is_none_for_it(office: Office) -> None:
    """The name leads to one key, which must be of SM2."""
    holder, other = Sm2Holder(), KeyHolder()
    client_id, _ = await office.register_partner(
        auth_method="private_key_jwt", jwks={"keys": [other.jwk | {"kid": "k-1"}, holder.jwk | {"kid": "k-2"}]}
    )

    claim_refused(await office.post(FORM | holder.login(client_id), None))


async def test_who_comes_in_a_crowd_is_asked_to_come_again(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the same assertion, which was not used up."""
    monkeypatch.setattr("auth.sm2_turns.MOST", 1)
    holder = Sm2Holder()
    client_id = await with_keys(office, holder)
    forms = [FORM | holder.login(client_id) for _ in range(8)]

    answers = await asyncio.gather(*(office.post(form, None) for form in forms))
    late = [(form, answer) for form, answer in zip(forms, answers, strict=True) if not answer.is_success]

    assert 0 < len(late) < 8
    for form, answer in late:
        assert (answer.status_code, answer.json()["error"]) == (503, "temporarily_unavailable")
        assert "retry-after" in answer.headers
        assert (await office.post(form, None)).is_success


async def test_it_is_no_proof_of_possession(office: Office) -> None:
    """A DPoP proof by SM2 is refused."""
    holder = Sm2Holder()
    proof = holder.assertion(
        "c_1", header={"typ": "dpop+jwt", "jwk": holder.jwk}, htm="POST", htu=f"{ISSUER}/oauth/token"
    )

    answer = await office.client.post(
        "/oauth/token", data=FORM, auth=await office.register_partner(), headers={"DPoP": proof}
    )

    assert answer.json()["error"] == "invalid_dpop_proof"


@pytest.mark.parametrize("change", [{"kid": None}, {"d": "A" * 43}, {"y": "A" * 43}, {"use": "enc"}, {"alg": "ES256"}])
async def test_a_key_that_could_prove_nothing_is_not_registered(office: Office, change: dict[str, Any]) -> None:
    """It needs a name, a point of the curve and the right purpose."""
    jwk = {name: value for name, value in (Sm2Holder().jwk | change).items() if value is not None}

    with pytest.raises(RegistrationError, match="SM2"):
        await office.register_partner(auth_method="private_key_jwt", jwks={"keys": [jwk]})


@INTERNATIONAL
async def test_elsewhere_no_such_key_is_registered(office: Office) -> None:
    """Nor is the algorithm announced."""
    told = (await office.client.get("/.well-known/openid-configuration")).json()

    with pytest.raises(RegistrationError):
        await with_keys(office, Sm2Holder())
    assert "SM2" not in str(told)


@INTERNATIONAL
async def test_after_the_way_back_it_proves_nothing(office: Office) -> None:
    """A client that was registered while cryptography was national needs another key."""
    holder = Sm2Holder()
    settings = office.settings
    office.settings = settings.model_copy(update={"cryptography": "national"})
    client_id, _ = await office.replica().clients.create(
        "partner",
        grants=["client_credentials"],
        scopes=["opinion:read"],
        auth_method="private_key_jwt",
        jwks={"keys": [holder.jwk]},
    )

    claim_refused(await office.post(FORM | holder.login(client_id), None))
