import pytest

from auth.authorization.redirects import answer_address, is_registered

REGISTERED = {
    "https://front.example.cn/callback",
    "https://front.example.cn/callback?app=1",
    "http://127.0.0.1/native",
    "http://[::1]:4711/native",
    "http://localhost/native",
    "cn.example.front:/callback",
}


@pytest.mark.parametrize("redirect_uri", sorted(REGISTERED))
def test_a_registered_address_is_known(redirect_uri: str) -> None:
    """Character by character."""
    assert is_registered(redirect_uri, REGISTERED)


@pytest.mark.parametrize(
    "redirect_uri", ["http://127.0.0.1:1/native", "http://127.0.0.1:65535/native", "http://[::1]/native"]
)
def test_an_app_on_this_machine_chooses_its_port(redirect_uri: str) -> None:
    """On the loopback addresses the port is free (RFC 8252 section 7.3)."""
    assert is_registered(redirect_uri, REGISTERED)


@pytest.mark.parametrize(
    "redirect_uri",
    [
        "",
        "https://front.example.cn/callback/",
        "https://front.example.cn/callback#",
        "https://front.example.cn/callback?app=1&more=1",
        "https://front.example.cn/callback?app=2",
        "https://front.example.cn/Callback",
        "https://front.example.cn/callback/../evil",
        "https://front.example.cn/%63allback",
        "https://front.example.cn:443/callback",
        "https://FRONT.example.cn/callback",
        "http://front.example.cn/callback",
        "https://front.example.cn.evil.example/callback",
        "https://front.example.cn@evil.example/callback",
        "https://evil.example/callback",
        "//front.example.cn/callback",
        "/callback",
        " https://front.example.cn/callback",
        "https://front.example.cn/callback\n",
        "http://localhost:80/native",
        "http://localhost:80@evil.example/native",
        "http://127.0.0.1:80@evil.example/native",
        "http://127.0.0.1.evil.example/native",
        "http://127.0.0.1:/native",
        "http://127.0.0.1:123456/native",
        "http://127.0.0.1:٣/native",
        "http://127.0.0.2/native",
        "http://127.1/native",
        "http://2130706433/native",
        "http://[::1]evil.example/native",
        "http://[0:0:0:0:0:0:0:1]/native",
        "https://127.0.0.1/native",
        "http://127.0.0.1:80/native/",
        "http://127.0.0.1:80/other",
        "http://127.0.0.1:80/native?x=1",
        "javascript:alert(1)",
        "cn.example.front:/callback2",
    ],
)
def test_every_other_address_is_unknown(redirect_uri: str) -> None:
    """Nothing is normalised, nothing is guessed."""
    assert not is_registered(redirect_uri, REGISTERED)


def test_an_answer_joins_a_query_that_is_there() -> None:
    """A query of the redirect URI stays (RFC 6749 section 3.1.2); what is None is left out; values are escaped."""
    assert answer_address("https://a.example/cb", code="c", state=None) == "https://a.example/cb?code=c"
    assert answer_address("https://a.example/cb?x=1", code="c&d", state="#\r\n") == (
        "https://a.example/cb?x=1&code=c%26d&state=%23%0D%0A"
    )
