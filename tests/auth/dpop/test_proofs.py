"""What a proof must say, check by check."""

import base64
import hmac
import json
import time
from typing import Any

import pytest
from joserfc.jwk import ECKey, OctKey
from pydantic import SecretStr

from auth.dpop.nonces import Nonces
from auth.dpop.proofs import BadProofError, KeyProof, NonceNeededError, Proofs
from auth.vault import Vault
from tests.auth.key_holder import ISSUER, KeyHolder

NOW = time.time()
NONCES = Nonces(Vault(SecretStr("invented-secret-of-the-tests-0123456789")), 120, lambda: NOW)
PROOFS = Proofs(ISSUER, NONCES, 60, lambda: NOW)
ALICE = KeyHolder()
ES256 = ALICE.key


def checked(*texts: str, **how: Any) -> KeyProof:
    """Check a proof for a POST to the token endpoint."""
    return PROOFS.checked(texts, "POST", "/oauth/token", **how)


def proof(holder: KeyHolder = ALICE, **changes: Any) -> str:
    """A proof that is right but for the changes."""
    right: dict[str, Any] = {"nonce": NONCES.present(), "iat": int(NOW)}
    return holder.proof(**(right | changes))


@pytest.mark.parametrize("algorithm", ["ES256", "PS256", "RS256", "EdDSA", "Ed25519"])
def test_a_right_proof_shows_the_key(algorithm: str) -> None:
    """With each algorithm we take; the key is named by its thumbprint."""
    holder = KeyHolder(algorithm)

    assert checked(proof(holder, jti="one")) == KeyProof(holder.jkt, "one", int(NOW) + 60)


WRONG_CLAIMS: dict[str, dict[str, Any]] = {
    "another method": {"htm": "GET"},
    "a method in lower case": {"htm": "post"},
    "no method": {"htm": None},
    "another path": {"url": f"{ISSUER}/oauth/par"},
    "another host": {"url": "http://evil.example/oauth/token"},
    "another port": {"url": "http://127.0.0.1:8001/oauth/token"},
    "our host as a user": {"url": "http://127.0.0.1:8000@evil.example/oauth/token"},
    "localhost as a user": {"url": "http://localhost:80@evil/oauth/token"},
    "no address": {"htu": None},
    "an address that is none": {"url": "token"},
    "too old": {"iat": int(NOW) - 61},
    "from the future": {"iat": int(NOW) + 12},
    "from the far future": {"iat": 1e300},
    "no time": {"iat": None},
    "a time that is a word": {"iat": "now"},
    "no jti": {"jti": None},
    "an empty jti": {"jti": ""},
    "a jti that is a number": {"jti": 5},
}


@pytest.mark.parametrize("what", WRONG_CLAIMS)
def test_a_proof_with_one_wrong_claim_is_refused(what: str) -> None:
    """Each of them must be right (section 4.3)."""
    with pytest.raises(BadProofError) as refusal:
        checked(proof(**WRONG_CLAIMS[what]))

    assert not isinstance(refusal.value, NonceNeededError)


@pytest.mark.parametrize("seconds", [-59, 0, 10])
def test_clocks_may_differ_a_little(seconds: int) -> None:
    """A minute back, some seconds ahead."""
    iat = int(NOW) + seconds

    assert checked(proof(iat=iat)).until == iat + 60


WRONG_HEADERS: dict[str, dict[str, Any]] = {
    "another type": {"typ": "JWT"},
    "an access token's type": {"typ": "at+jwt"},
    "no type": {"typ": None},
    "no key": {"jwk": None},
    "a key that is a word": {"jwk": "key"},
    "another's key": {"jwk": KeyHolder().jwk},
    "the private part of an EC key": {"jwk": ES256.as_dict(private=True)},
    "a shared secret": {"jwk": OctKey.generate_key(256).as_dict(private=True)},
    "a key without its curve": {"jwk": {name: part for name, part in ALICE.jwk.items() if name != "crv"}},
    "a key for another algorithm": {"jwk": ALICE.jwk | {"alg": "ES384"}},
    "a key to encrypt with": {"jwk": ALICE.jwk | {"use": "enc"}},
    "a point beside the curve": {"jwk": ALICE.jwk | {"x": ALICE.jwk["y"]}},
    "a list in a key": {"jwk": ALICE.jwk | {"x": ["x"]}},
    "a list for a key's algorithm": {"jwk": ALICE.jwk | {"alg": ["ES256"]}},
    "an object for a key's type": {"jwk": ALICE.jwk | {"kty": {}}},
    "an extension": {"crit": ["exp"], "exp": 1},
    "an address of a key": {"jwk": None, "jku": "https://evil.example/keys"},
}


@pytest.mark.parametrize("what", WRONG_HEADERS)
def test_a_proof_with_a_wrong_header_is_refused(what: str) -> None:
    """Type, algorithm and key, a public one, must go together; extensions are not known."""
    with pytest.raises(BadProofError):
        checked(proof(header=WRONG_HEADERS[what]))


@pytest.mark.parametrize("part", ["d", "p", "q", "dp", "dq", "qi"])
def test_no_private_part_of_an_rsa_key_is_taken(part: str) -> None:
    """Section 4.3: whoever shows it has lost it."""
    holder = KeyHolder("PS256")
    private = holder.key.as_dict(private=True)[part]

    with pytest.raises(BadProofError):
        checked(proof(holder, header={"jwk": holder.jwk | {part: private}}))


@pytest.mark.parametrize("algorithm", ["ES384", "ES256K", "PS512", "RS512"])
def test_other_algorithms_are_refused(algorithm: str) -> None:
    """Only those the metadata lists."""
    with pytest.raises(BadProofError):
        checked(proof(KeyHolder(algorithm)))


@pytest.mark.parametrize("bits", [1024, 4104])
def test_an_rsa_key_of_another_length_is_refused(bits: int) -> None:
    """A short one is weak, a long one is work for us."""
    n = base64.urlsafe_b64encode((2 ** (bits - 1) + 12345).to_bytes((bits + 7) // 8)).rstrip(b"=").decode()

    with pytest.raises(BadProofError):
        checked(proof(KeyHolder("PS256"), header={"jwk": {"kty": "RSA", "e": "AQAB", "n": n}}))


def test_an_exponent_that_costs_much_is_refused() -> None:
    """Whoever chooses the key chooses how long we reckon."""
    holder = KeyHolder("PS256")

    with pytest.raises(BadProofError):
        checked(proof(holder, header={"jwk": holder.jwk | {"e": holder.jwk["n"]}}))


def test_an_unsigned_proof_is_refused() -> None:
    """Algorithm ``none``, with the signature cut off or kept."""
    _, claims, signature = proof().split(".")
    head = {"typ": "dpop+jwt", "alg": "none", "jwk": ALICE.jwk}
    header = encoded(head)

    for text in (f"{header}.{claims}.", f"{header}.{claims}.{signature}", ".".join(proof().split(".")[:2]) + "."):
        with pytest.raises(BadProofError):
            checked(text)


def test_the_public_key_is_no_shared_secret() -> None:
    """A proof made by HMAC with the published key as its secret is refused."""
    _, claims, _ = proof().split(".")
    head = {"typ": "dpop+jwt", "alg": "HS256", "jwk": ALICE.jwk}
    signed_part = f"{encoded(head)}.{claims}"

    for secret in (ES256.as_pem(private=False), json.dumps(ALICE.jwk).encode()):
        mac = base64.urlsafe_b64encode(hmac.digest(secret, signed_part.encode(), "sha256")).rstrip(b"=").decode()
        with pytest.raises(BadProofError):
            checked(f"{signed_part}.{mac}")


def test_a_changed_proof_is_refused() -> None:
    """Whatever character of header, claims or signature is changed."""
    text = proof()

    for place in range(0, len(text) - 1, 11):
        other = "A" if text[place] != "A" else "B"
        with pytest.raises(BadProofError):
            checked(text[:place] + other + text[place + 1 :])


@pytest.mark.parametrize(
    "texts", [(), ("", ""), ("",), ("a.b.c",), ("é.é.é",), ("x" * 100_000,), ("W10.e30.x",), ("." * 9000,)], ids=repr
)
def test_what_is_no_proof_is_refused(texts: tuple[str, ...]) -> None:
    """Any text at all is answered with one error, and so are none and two of them."""
    with pytest.raises(BadProofError):
        checked(*texts)


def test_two_proofs_are_refused() -> None:
    """Even right ones: nobody could say which counts."""
    with pytest.raises(BadProofError):
        checked(proof(), proof())


@pytest.mark.parametrize("nonce", [None, "", "anything", NONCES.present()[:-1]], ids=["none", "empty", "any", "cut"])
def test_a_proof_needs_a_nonce_of_ours(nonce: str | None) -> None:
    """Else the client is told to come again with the nonce of the answer (section 8)."""
    with pytest.raises(NonceNeededError):
        checked(proof(nonce=nonce))


def test_a_nonce_ends() -> None:
    """One of an hour ago is as good as none."""
    before = Nonces(Vault(SecretStr("invented-secret-of-the-tests-0123456789")), 120, lambda: NOW - 3600)

    with pytest.raises(NonceNeededError):
        checked(proof(nonce=before.present()))


def test_where_no_nonce_is_asked_for_a_wrong_one_is_still_wrong() -> None:
    """Without one the proof is good there."""
    assert checked(proof(nonce=None), with_nonce=False).jkt == ALICE.jkt
    with pytest.raises(NonceNeededError):
        checked(proof(nonce="anything"), with_nonce=False)


def test_beside_a_token_a_proof_must_be_made_for_it() -> None:
    """By the token's digest (section 4.2, ``ath``)."""
    assert checked(proof(token="t0ken"), token="t0ken").jkt == ALICE.jkt
    for wrong in (proof(), proof(token="other"), proof(ath="t0ken"), proof(ath="")):
        with pytest.raises(BadProofError):
            checked(wrong, token="t0ken")


def test_a_key_is_known_however_it_is_written() -> None:
    """The thumbprint counts what makes the key and nothing else (RFC 7638)."""
    adorned = ALICE.jwk | {"kid": "mine", "use": "sig", "alg": "ES256", "key_ops": ["verify"]}

    assert checked(proof(header={"jwk": adorned})).jkt == ALICE.jkt == ECKey.import_key(ALICE.jwk).thumbprint()


def encoded(header: dict[str, Any]) -> str:
    """A header as it stands in a compact serialization."""
    return base64.urlsafe_b64encode(json.dumps(header).encode()).rstrip(b"=").decode()
