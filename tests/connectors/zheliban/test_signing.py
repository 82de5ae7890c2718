"""The vectors of wire-formats B2, B3, B4."""

import pytest

from connectors.zheliban.signing import (
    IrsKeys,
    canonical_query,
    http_date,
    irs_headers,
    signature,
    simple_sign,
    string_to_sign,
)

AK, SK = "DEMO_AK_0123456789abcdef", "DEMO_SK_fedcba9876543210"
DATE = "Tue, 04 Mar 2025 02:03:04 GMT"


def test_vector_i1_without_a_query() -> None:
    """An empty query keeps its own line, and the final newline is signed."""
    text = string_to_sign("post", "/restapi/prod/IC33000020220329000007/uc/sso/access_token", "", AK, DATE)

    assert text == f"POST\n/restapi/prod/IC33000020220329000007/uc/sso/access_token\n\n{AK}\n{DATE}\n"
    assert signature(SK, text) == "iJ6YA/0ETORXxFwwjVO3QflvfocQrhIRvqPenE+0jH8="


def test_vector_i2_with_chinese_and_space() -> None:
    """Keys and values are percent-encoded, the space as %20, and sorted."""
    query = canonical_query([("pageNo", "1"), ("keyword", "委员 工作室"), ("areaCode", "330000")])

    headers = irs_headers(IrsKeys(AK, SK), "GET", "/restapi/prod/IC33000099990101000001/demo/list", query, DATE)

    assert query == "areaCode=330000&keyword=%E5%A7%94%E5%91%98%20%E5%B7%A5%E4%BD%9C%E5%AE%A4&pageNo=1"
    assert headers == {
        "X-BG-HMAC-ACCESS-KEY": AK,
        "X-BG-HMAC-ALGORITHM": "hmac-sha256",
        "X-BG-DATE-TIME": DATE,
        "X-BG-HMAC-SIGNATURE": "bSmFs82m+rgEWZe4Xm4qnSvglmaN8pRGGnlTWcwC5a0=",
    }


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


def test_query_is_sorted_as_encoded() -> None:
    """Sorting is by code point of the encoded pair, so ``%`` comes before letters; unreserved marks stay."""
    assert canonical_query([("b", "1"), ("a", "-_.~!'()*"), ("委", "x"), ("a", "")]) == (
        "%E5%A7%94=x&a=&a=-_.~!'()*&b=1"
    )


def test_date_is_rfc_1123() -> None:
    """The date is written in GMT, in English, whatever the machine's zone."""
    assert http_date(1741053784.9) == DATE


def test_keys_do_not_show_their_secret() -> None:
    """The secret stands in no repr."""
    assert SK not in repr(IrsKeys(AK, SK))
