"""The vectors of wire-formats B2, B4, B6, B7."""

import pytest

from connectors.zheliban.signing import (
    beijing_time,
    esso_signature,
    moment_of_beijing,
    share_proof,
    share_sign,
    simple_sign,
)

AK, SK = "DEMO_AK_0123456789abcdef", "DEMO_SK_fedcba9876543210"


@pytest.mark.parametrize(
    ("code", "password", "sign"),
    [
        ("demosvc", "DemoPwd123", "c8620f9d084a1138804cb950ade0d2b9"),
        (AK, SK, "2f474e3a7642b774e756e45b61fb8dfc"),
    ],
    ids=["B2", "B4"],
)
def test_vectors_of_the_classic_sign(code: str, password: str, sign: str) -> None:
    """The classic sign is the MD5 of code, password and time."""
    assert simple_sign(code, password, "20250304100304") == sign


def test_vector_of_the_companies_sign() -> None:
    """B6: lower-hex HMAC-SHA256 of the exact body bytes."""
    signed = esso_signature("demo-project-secret", b'{"token":"demo-sso-token-0001"}')

    assert signed == "8e82964cf47182413ae53513affeb8246447bea5801ae14aebc072c8e9e85876"


@pytest.mark.parametrize(
    ("secret", "sign"),
    [
        ("demoAppSecret0001", "758c4d78ed5b2044804cc0964480d476"),
        ("demoRefreshSecret0001", "1acab77c1283344fbe3aca9c9fa4396a"),
        ("demoRequestSecret0001", "aeb9e892d25b85bc0c596d0cb52feda6"),
    ],
    ids=["B7 application", "B7 refresh", "B7 request"],
)
def test_vectors_of_the_data_sharing_sign(secret: str, sign: str) -> None:
    """B7: the MD5 of appKey, secret and requestTime in milliseconds."""
    assert share_sign("demoAppKey0001", secret, "1741053784567") == sign
    assert share_proof("demoAppKey0001", secret, 1_741_053_784.567) == {
        "appKey": "demoAppKey0001",
        "requestTime": "1741053784567",
        "sign": sign,
    }


def test_classic_time_is_beijings() -> None:
    """B2: yyyyMMddHHmmss, Beijing time, whatever the machine's zone."""
    assert beijing_time(1_741_053_784.9) == "20250304100304"
    assert moment_of_beijing("20250304100304") == 1_741_053_784


@pytest.mark.parametrize(
    "text", ["", "2025030410030", "20250304100360", "2025-03-04", "２０２５０３０４１００３０４", "00000000000000"]
)
def test_what_is_no_classic_time(text: str) -> None:
    """F9: fourteen digits that are a moment, or nothing."""
    assert moment_of_beijing(text) is None
