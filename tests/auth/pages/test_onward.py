"""Where a browser may go on to."""

import pytest

from auth.pages.onward import form_source, onward_of


@pytest.mark.parametrize(
    "place",
    [
        "/account",
        "/account?done=linked",
        "/account/factor",
        "/account/data",
        "/oauth/authorize?continue=abc.def-_%3D",
        "/device?code=ABCD",
        "/login/factor?to=%2Faccount",
        "/consent?to=%2Foauth%2Fauthorize",
        "/logout",
    ],
)
def test_pages_of_ours_are_taken(place: str) -> None:
    """A page of sign-on may be gone on to, with what it needs."""
    assert onward_of(place) == place


@pytest.mark.parametrize(
    "place",
    [
        None,
        "",
        "/",
        "/graphql",
        "/oauth/token",
        "/accounts",
        "/account@elsewhere.example",
        "account",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "https://elsewhere.example/account",
        "https:/account",
        "javascript:alert(1)",
        "/account//elsewhere.example",
        "/account/../../graphql",
        "/account/%2e%2E/graphql",
        "/account\r\nLocation: https://elsewhere.example",
        "/account?a b",
        "/account?名",
        "/account#\tx",
        "/oauth/authorize/../../files/1",
        "/account?" + "a" * 20_000,
    ],
)
def test_everything_else_leads_home(place: str | None) -> None:
    """No other host, no other part of ours, nothing that browsers read otherwise than we do."""
    assert onward_of(place) == "/account"


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("https://app.example.cn/callback?a=1", "https://app.example.cn"),
        ("http://127.0.0.1:3000/callback", "http://127.0.0.1:3000"),
        ("http://[::1]:3000/callback", "http:"),
        ("cn.example.app:/callback", "cn.example.app:"),
        ("https://app.example.cn;script-src/callback", "https:"),
        ("https://app.example.cn 'unsafe-inline'/", "https:"),
        ("callback", ""),
    ],
)
def test_a_form_may_lead_to_a_redirect_uri(address: str, source: str) -> None:
    """The source names the origin and nothing that could end the directive."""
    assert form_source(address) == source
