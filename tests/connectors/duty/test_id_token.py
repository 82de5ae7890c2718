"""Id_tokens: one that is right, and every way in which one can be wrong."""

import base64
import hmac
import json
from typing import Any

import pytest
from joserfc import jws
from joserfc.jwk import ECKey, KeySet, RSAKey

from connectors.duty.id_token import BadIdTokenError, Expected, UnknownKeyError, claims_of

NOW = 1_800_000_000
EXPECTED = Expected("https://login.example.cn", "gateway", "nonce-1", ("ES256",), NOW)
KEY = ECKey.generate_key("P-256", {"kid": "k1"})
RSA = RSAKey.generate_key(2048, {"kid": "r1"})
KEYS = KeySet([KEY, RSA])
RIGHT = {
    "iss": EXPECTED.issuer,
    "sub": "login-1",
    "aud": "gateway",
    "exp": NOW + 300,
    "iat": NOW,
    "nonce": "nonce-1",
    "member_id": "M1",
}


def token(claims: dict[str, Any] | None = None, key: Any = KEY, **header: Any) -> str:
    """A token; by default one that is right."""
    head = {"alg": "ES256", "kid": "k1"} | header
    content = json.dumps(RIGHT if claims is None else claims)
    return jws.serialize_compact(head, content, key, algorithms=[head["alg"]])


def part(content: Any) -> str:
    """A part of a token."""
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


def test_a_right_one_tells_who_signed_in() -> None:
    """Subject and all claims come back; an audience may be a list of one."""
    subject, claims = claims_of(token(RIGHT | {"aud": ["gateway"], "azp": "gateway"}), KEYS, EXPECTED)

    assert (subject, claims["member_id"]) == ("login-1", "M1")


WRONG_CLAIMS: list[dict[str, Any]] = [
    {"iss": "https://attacker.example"},
    {"iss": "https://login.example.cn/"},
    {"aud": "another-client"},
    {"aud": ["gateway", "another-client"], "azp": "gateway"},
    {"aud": []},
    {"azp": "another-client"},
    {"nonce": "nonce-2"},
    {"nonce": ""},
    {"exp": NOW - 31},
    {"iat": NOW + 31},
    {"iat": NOW - 601},
    {"sub": ""},
    {"sub": "x" * 191},
    {"sub": "a\nb"},
    {"exp": "soon"},
    {"aud": 1},
]


@pytest.mark.parametrize("wrong", WRONG_CLAIMS, ids=str)
def test_a_wrong_claim_is_refused(wrong: dict[str, Any]) -> None:
    """Core section 3.1.3.7, claim by claim."""
    with pytest.raises(BadIdTokenError):
        claims_of(token(RIGHT | wrong), KEYS, EXPECTED)


@pytest.mark.parametrize("missing", ["iss", "sub", "aud", "exp", "iat", "nonce"])
def test_a_missing_claim_is_refused(missing: str) -> None:
    """None may be left out, the nonce we sent least of all."""
    with pytest.raises(BadIdTokenError):
        claims_of(token({name: value for name, value in RIGHT.items() if name != missing}), KEYS, EXPECTED)


@pytest.mark.parametrize("edge", [{"exp": NOW - 29}, {"iat": NOW + 29}, {"iat": NOW - 599}], ids=str)
def test_clocks_may_differ_a_little(edge: dict[str, Any]) -> None:
    """Half a minute either way."""
    assert claims_of(token(RIGHT | edge), KEYS, EXPECTED)[0] == "login-1"


def test_an_unsigned_one_is_refused() -> None:
    """RFC 8725 section 3.1: alg none, in any case, is no signature."""
    for alg in ("none", "None", "NONE"):
        with pytest.raises(BadIdTokenError):
            claims_of(f"{part({'alg': alg, 'kid': 'k1'})}.{part(RIGHT)}.", KEYS, EXPECTED)


def test_a_public_key_is_no_shared_secret() -> None:
    """Key confusion: HS256 with the public key's bytes as secret."""
    signed = f"{part({'alg': 'HS256', 'kid': 'k1'})}.{part(RIGHT)}"
    for secret in (KEY.as_pem(private=False), json.dumps(KEY.as_dict(private=False)).encode()):
        mac = base64.urlsafe_b64encode(hmac.digest(secret, signed.encode(), "sha256")).rstrip(b"=").decode()
        with pytest.raises(BadIdTokenError):
            claims_of(f"{signed}.{mac}", KEYS, EXPECTED)


def test_another_algorithm_than_agreed_is_refused() -> None:
    """Also where the key in the set could do it."""
    with pytest.raises(BadIdTokenError):
        claims_of(token(key=RSA, alg="RS256", kid="r1"), KEYS, EXPECTED)


def test_a_forged_signature_is_refused() -> None:
    """Another key under the same id, a changed claim, and a key that the token brings along."""
    other = ECKey.generate_key("P-256", {"kid": "k1"})
    head, _, signature = token().split(".")
    changed = part(RIGHT | {"sub": "login-2"})
    forged = [token(key=other), token(key=other, jwk=other.as_dict(private=False)), f"{head}.{changed}.{signature}"]

    for one in forged:
        with pytest.raises(BadIdTokenError):
            claims_of(one, KEYS, EXPECTED)


def test_a_key_nobody_published_is_told_apart() -> None:
    """A newer set may have it."""
    with pytest.raises(UnknownKeyError):
        claims_of(token(key=ECKey.generate_key("P-256"), kid="k2"), KEYS, EXPECTED)


@pytest.mark.parametrize(
    "text",
    ["", "a.b", "a.b.c.d.e", "x" * 20_000, "é.b.c", f"{part({'alg': 'ES256'})}.{part([1])}.AAAA", "..", "[].{}.x"],
)
def test_what_is_no_token_is_refused(text: str) -> None:
    """Whatever comes in its place, there is one kind of error."""
    with pytest.raises(BadIdTokenError):
        claims_of(text, KEYS, EXPECTED)


def test_a_critical_header_nobody_knows_is_refused() -> None:
    """RFC 7515 section 4.1.11."""
    head = part({"alg": "ES256", "kid": "k1", "crit": ["x"], "x": 1})

    with pytest.raises(BadIdTokenError):
        claims_of(f"{head}.{part(RIGHT)}.{token().rpartition('.')[2]}", KEYS, EXPECTED)
