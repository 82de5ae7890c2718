"""What a client assertion must say, check by check."""

import base64
import hmac
import json
import time
from dataclasses import replace
from typing import Any

import pytest
from joserfc.jwk import ECKey

from auth.assertions import LONGEST_LIFE_SECONDS, checked, issuer_of
from auth.client import AuthMethod, Client, GrantType
from auth.foreign import ForeignTokenError, foreign_from
from auth.store.moments import now
from connectors.viewer import Scope
from tests.auth.key_holder import ISSUER, TOKEN_ENDPOINT, KeyHolder

NOW = int(time.time())
HOLDER, OTHER = KeyHolder(), KeyHolder()
CLIENT = Client(
    client_id="c_1",
    name="partner",
    auth_method=AuthMethod.PRIVATE_KEY_JWT,
    grants=frozenset({GrantType.CLIENT_CREDENTIALS}),
    scopes=frozenset({Scope.OPINION_READ}),
    ticket_forms=frozenset(),
    origins=frozenset(),
    redirect_uris=frozenset(),
    post_logout_redirect_uris=frozenset(),
    backchannel_logout_uri=None,
    jwks={"keys": [OTHER.jwk | {"kid": "other"}, HOLDER.jwk | {"kid": "mine"}]},
    contact=None,
    access_token_lifetime=None,
    dpop_bound=False,
    require_par=False,
    created_at=now(),
)


def check(text: str, client: Client = CLIENT) -> str:
    """Check an assertion and answer its ``jti``."""
    return checked(foreign_from(text), client, [ISSUER, TOKEN_ENDPOINT], NOW).jti


def assertion(holder: KeyHolder = HOLDER, **changes: Any) -> str:
    """An assertion that is right but for the changes."""
    return holder.assertion("c_1", **({"iat": NOW, "exp": NOW + 60} | changes))


@pytest.mark.parametrize("algorithm", ["ES256", "PS256", "RS256", "EdDSA", "Ed25519"])
def test_a_right_assertion_is_taken(algorithm: str) -> None:
    """With each algorithm we take, by whichever registered key goes with it."""
    holder = KeyHolder(algorithm)
    client = replace(CLIENT, jwks={"keys": [*CLIENT.jwks["keys"], holder.jwk]})  # type: ignore[index]  # it has keys

    assert check(assertion(holder, jti="one"), client) == "one"
    assert issuer_of(foreign_from(assertion())) == "c_1"


@pytest.mark.parametrize("aud", [ISSUER, TOKEN_ENDPOINT, [ISSUER], [TOKEN_ENDPOINT, ISSUER]], ids=str)
def test_it_is_for_us(aud: Any) -> None:
    """For the issuer or its token endpoint, or both."""
    assert check(assertion(aud=aud))


@pytest.mark.parametrize(
    "header", [{"kid": "mine"}, {"kid": None}, {"typ": "JWT"}, {"typ": "client-authentication+jwt"}]
)
def test_headers_that_change_nothing(header: dict[str, Any]) -> None:
    """The key's name helps to find it; without one all keys are tried."""
    assert check(assertion(header=header))


WRONG_CLAIMS: dict[str, dict[str, Any]] = {
    "another issuer": {"iss": "c_2"},
    "another subject": {"sub": "c_2"},
    "another client": {"iss": "c_2", "sub": "c_2"},
    "no issuer": {"iss": None},
    "no subject": {"sub": None},
    "another audience": {"aud": "https://evil.example"},
    "an audience that begins like ours": {"aud": ISSUER + ".evil.example"},
    "ours and another audience": {"aud": [ISSUER, "https://evil.example"]},
    "the graph's audience": {"aud": f"{ISSUER}/graphql"},
    "no audience": {"aud": None},
    "no audience in a list": {"aud": []},
    "many audiences": {"aud": [ISSUER] * 11},
    "ended": {"exp": NOW - 10},
    "ended long ago": {"exp": NOW - 3600},
    "good for too long": {"exp": NOW + LONGEST_LIFE_SECONDS + 11},
    "good for ever": {"exp": 1e300},
    "no end": {"exp": None},
    "an end that is a word": {"exp": "tomorrow"},
    "from the future": {"iat": NOW + 11},
    "too old": {"iat": NOW - LONGEST_LIFE_SECONDS - 11},
    "not yet good": {"nbf": NOW + 11},
    "no jti": {"jti": None},
    "an empty jti": {"jti": ""},
    "a jti that is a list": {"jti": ["one"]},
}


@pytest.mark.parametrize("what", WRONG_CLAIMS)
def test_an_assertion_with_one_wrong_claim_is_refused(what: str) -> None:
    """Each of them must be right (RFC 7523 section 3)."""
    with pytest.raises(ForeignTokenError):
        check(assertion(**WRONG_CLAIMS[what]))


@pytest.mark.parametrize(
    ("claim", "seconds"),
    [("exp", -9), ("exp", LONGEST_LIFE_SECONDS + 10), ("iat", 10), ("iat", -LONGEST_LIFE_SECONDS), ("nbf", 10)],
)
def test_clocks_may_differ_by_ten_seconds(claim: str, seconds: int) -> None:
    """At each edge the assertion is still good."""
    times: dict[str, Any] = {claim: NOW + seconds}

    assert check(assertion(**times))


def test_when_it_was_made_need_not_be_said() -> None:
    """RFC 7523 section 3 asks for ``exp`` only."""
    assert check(assertion(iat=None))


WRONG_HEADERS: dict[str, dict[str, Any]] = {
    "the other key's name": {"kid": "other"},
    "an unknown key's name": {"kid": "unknown"},
    "a name that is a list": {"kid": ["mine"]},
    "an extension": {"crit": ["exp"], "exp": 1},
}


@pytest.mark.parametrize("what", WRONG_HEADERS)
def test_an_assertion_with_a_wrong_header_is_refused(what: str) -> None:
    """A key that is named is the only one to try."""
    with pytest.raises(ForeignTokenError):
        check(assertion(header=WRONG_HEADERS[what]))


def test_a_stranger_s_key_is_refused() -> None:
    """Under a registered name, or brought along in the header: only registered keys count."""
    stranger = KeyHolder()

    for header in ({}, {"kid": "mine"}, {"jwk": stranger.jwk}, {"jku": "https://evil.example/keys", "kid": "mine"}):
        with pytest.raises(ForeignTokenError):
            check(assertion(stranger, header=header))


def test_a_client_without_keys_proves_nothing() -> None:
    """And keys that are none, or private, or for encryption, are passed over."""
    useless = [{}, {"kty": "EC"}, HOLDER.key.as_dict(private=True), HOLDER.jwk | {"use": "enc"}]

    several: list[Any] = [None, {}, {"keys": []}, {"keys": useless}]
    for jwks in several:
        with pytest.raises(ForeignTokenError):
            check(assertion(), replace(CLIENT, jwks=jwks))


@pytest.mark.parametrize("algorithm", ["ES384", "PS512", "RS512"])
def test_other_algorithms_are_refused(algorithm: str) -> None:
    """Although the key is registered."""
    holder = KeyHolder(algorithm)

    with pytest.raises(ForeignTokenError):
        check(assertion(holder), replace(CLIENT, jwks={"keys": [holder.jwk]}))


def test_an_rsa_key_registered_for_one_algorithm_signs_by_no_other() -> None:
    """What stands in the key's ``alg`` counts."""
    holder = KeyHolder("RS256")

    with pytest.raises(ForeignTokenError):
        check(assertion(holder), replace(CLIENT, jwks={"keys": [holder.jwk | {"alg": "PS256"}]}))


def test_an_unsigned_assertion_is_refused() -> None:
    """Algorithm ``none``."""
    _, claims, signature = assertion().split(".")

    for text in (f"{encoded({'alg': 'none'})}.{claims}.", f"{encoded({'alg': 'none'})}.{claims}.{signature}"):
        with pytest.raises(ForeignTokenError):
            check(text)


@pytest.mark.parametrize("algorithm", ["HS256", "HS512"])
def test_a_registered_public_key_is_no_shared_secret(algorithm: str) -> None:
    """An assertion made by HMAC with the public key as its secret is refused, in whatever form."""
    _, claims, _ = assertion().split(".")
    signed_part = f"{encoded({'alg': algorithm})}.{claims}"
    public = ECKey.import_key(HOLDER.jwk)

    for secret in (public.as_pem(private=False), public.as_der(private=False), json.dumps(HOLDER.jwk).encode()):
        mac = base64.urlsafe_b64encode(hmac.digest(secret, signed_part.encode(), "sha256")).rstrip(b"=").decode()
        with pytest.raises(ForeignTokenError):
            check(f"{signed_part}.{mac}")


def encoded(header: dict[str, Any]) -> str:
    """A header as it stands in a compact serialization."""
    return base64.urlsafe_b64encode(json.dumps(header).encode()).rstrip(b"=").decode()
