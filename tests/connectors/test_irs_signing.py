"""IRS signing against the published vectors (wire-formats B3)."""

from dataclasses import replace
from urllib.parse import quote

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from connectors.irs_signing import (
    IrsKeys,
    can_be_signed,
    canonical_query,
    http_date,
    irs_headers,
    string_to_sign,
)
from connectors.sandbox.irs_gate import IrsGate

LEFT_ALONE = "-_.~!'()*"
WORDS = st.text(st.characters(codec="utf-8"), max_size=12) | st.text("aZ9-_.~!'()*,:+% /", max_size=12)
KEYS = IrsKeys("DEMO_AK_0123456789abcdef", "DEMO_SK_fedcba9876543210")
DATE = "Tue, 04 Mar 2025 02:03:04 GMT"


@pytest.mark.parametrize(
    ("method", "path", "pairs", "signature"),
    [
        (
            "POST",
            "/restapi/prod/IC33000020220329000007/uc/sso/access_token",
            [],
            "iJ6YA/0ETORXxFwwjVO3QflvfocQrhIRvqPenE+0jH8=",
        ),
        (
            "GET",
            "/restapi/prod/IC33000099990101000001/demo/list",
            [("pageNo", "1"), ("keyword", "委员 工作室"), ("areaCode", "330000")],
            "bSmFs82m+rgEWZe4Xm4qnSvglmaN8pRGGnlTWcwC5a0=",
        ),
    ],
)
def test_vectors(method: str, path: str, pairs: list[tuple[str, str]], signature: str) -> None:
    """B3: the vectors I1 and I2, and the four headers' names."""
    headers = irs_headers(KEYS, method, path, canonical_query(pairs), DATE)

    assert headers == {
        "X-BG-HMAC-ACCESS-KEY": KEYS.access_key,
        "X-BG-HMAC-ALGORITHM": "hmac-sha256",
        "X-BG-DATE-TIME": DATE,
        "X-BG-HMAC-SIGNATURE": signature,
    }


def test_the_string_to_sign_ends_with_a_newline() -> None:
    """B3: note the final newline; an empty query keeps its own line."""
    assert string_to_sign("get", "/p", "", "AK", "D") == "GET\n/p\n\nAK\nD\n"


def test_the_canonical_query() -> None:
    """B3: blank as %20, ``-_.~!'()*`` left alone; F8: sorted as encoded pairs by code point."""
    assert canonical_query([("b", "1 2"), ("a", "-_.~!'()*"), ("a", "/")]) == "a=%2F&a=-_.~!'()*&b=1%202"


def test_dates_are_rfc_1123() -> None:
    """B3: ``X-BG-DATE-TIME`` is RFC 1123 GMT."""
    assert http_date(1741053784) == DATE
    assert http_date(1741053784.999) == DATE
    assert http_date(1741053785) != DATE


def test_the_secret_stands_in_no_repr() -> None:
    """A log of the keys tells nothing."""
    assert "SK" not in repr(KEYS)


@given(st.lists(st.tuples(WORDS, WORDS), max_size=6))
def test_any_query_is_encoded_as_documented(pairs: list[tuple[str, str]]) -> None:
    """B3: every name and value as ``quote`` writes it, whatever is in it."""
    encoded = sorted(f"{quote(key, safe=LEFT_ALONE)}={quote(value, safe=LEFT_ALONE)}" for key, value in pairs)

    assert canonical_query(pairs) == "&".join(encoded)


@given(WORDS)
def test_only_what_all_sign_alike_can_be_signed(value: str) -> None:
    """B3: a plus or a per cent in a value is signed differently by clients and servers in use."""
    safe = "+" not in value and "%" not in value

    assert can_be_signed(canonical_query([("text", value)])) is safe


def test_a_query_too_long_for_an_address_cannot_be_signed() -> None:
    """Servers refuse it before they look at it."""
    assert can_be_signed("a" * 16_000)
    assert not can_be_signed("a" * 16_001)


async def test_a_platform_may_ask_for_sm3() -> None:
    """With the registration's ``hmac-sm3`` the header names it, and only a gate of that registration opens."""
    keys = replace(KEYS, algorithm="hmac-sm3")
    path = "/restapi/prod/IC1/x"

    headers = irs_headers(keys, "GET", path, "a=1", DATE)

    moment = 1741053784.0
    answers = [await _asked(known, moment, path, headers) for known in (keys, KEYS)]
    assert headers["X-BG-HMAC-ALGORITHM"] == "hmac-sm3"
    assert answers == [200, 401]


async def _asked(known: IrsKeys, moment: float, path: str, headers: dict[str, str]) -> int:
    """Ask a component behind a gate that knows these keys; the answer's status."""

    async def fine(_: Request) -> Response:
        return Response()

    gate = IrsGate(known, ["IC1"], skew=90, clock=lambda: moment)
    app = Starlette(routes=[Route(path, gate.guarded(fine))])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://irs.example") as client:
        return (await client.get(f"{path}?a=1", headers=headers)).status_code
