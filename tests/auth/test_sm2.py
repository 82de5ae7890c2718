"""Keys and signatures of SM2 as JOSE would write them."""

from typing import Any

import pytest

from auth import sm2
from auth.foreign import ForeignTokenError, foreign_from
from connectors.ciphers.sm2 import Sm2Key

KEY = Sm2Key.generate()
JWK = sm2.public_jwk(KEY.public) | {"kid": "one"}


def test_a_key_is_what_it_was() -> None:
    """Both halves, through their JWK."""
    assert sm2.private_key(sm2.private_jwk(KEY)) == KEY
    assert sm2.verifying_key(JWK) == KEY.public
    assert sm2.public_jwk(KEY.public).keys() == {"kty", "crv", "x", "y"}


def test_a_key_s_name_is_its_own() -> None:
    """It does not hang on what else stands in the JWK, nor on their order."""
    again = sm2.public_key({"y": JWK["y"], "use": "sig", "x": JWK["x"], "crv": "SM2", "kty": "EC"})

    assert sm2.thumbprint(again) == sm2.thumbprint(KEY.public)
    assert sm2.thumbprint(Sm2Key.generate().public) != sm2.thumbprint(KEY.public)
    assert len(sm2.thumbprint(again)) == 43


NO_KEYS: dict[str, dict[str, Any]] = {
    "another curve": {"crv": "P-256"},
    "another type": {"kty": "OKP"},
    "a private key": {"d": "A" * 43},
    "no name": {"kid": None},
    "a name that is a number": {"kid": 1},
    "for encryption": {"use": "enc"},
    "for another algorithm": {"alg": "ES256"},
    "an algorithm that is a list": {"alg": ["SM2"]},
    "no point": {"y": "A" * 43},
    "no y": {"y": None},
    "a number that is none": {"x": 1},
    "a number of 33 bytes": {"x": "A" * 44},
    "padding": {"x": JWK["x"] + "="},
    "another spelling": {"x": "+" + JWK["x"][1:]},
    "spare bits": {"x": "A" * 42 + "B"},
    "a line break": {"x": JWK["x"] + "\n"},
}


@pytest.mark.parametrize("what", NO_KEYS)
def test_what_is_no_key_to_prove_oneself_by(what: str) -> None:
    """Each of these is refused."""
    with pytest.raises(ValueError, match="no "):
        sm2.verifying_key(JWK | NO_KEYS[what])


async def test_a_signed_text_can_be_read_and_verified() -> None:
    """By who asks for this algorithm, and by nobody else."""
    text = await sm2.signed({"kid": "one"}, b'"said"', KEY)

    read = foreign_from(text, also=[sm2.ALGORITHM])

    assert read.header == {"alg": "SM2", "kid": "one"}
    assert read.claims(str) == "said"
    assert await KEY.public.verifies(read.signature, read.signing_input)
    with pytest.raises(ForeignTokenError):
        foreign_from(text)


async def test_a_signature_that_cannot_be_read_verifies_nothing() -> None:
    """Whatever stands in its place."""
    text = await sm2.signed({}, b'"said"', KEY)

    for signature in ("", "A", "*" * 86, "A" * 85):
        read = foreign_from(f"{text.rpartition('.')[0]}.{signature}", also=[sm2.ALGORITHM])
        assert not await KEY.public.verifies(read.signature, read.signing_input)
