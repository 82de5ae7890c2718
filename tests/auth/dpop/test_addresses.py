import pytest

from auth.dpop.addresses import normal

OURS = "https://gateway.example.cn/oauth/token"


@pytest.mark.parametrize(
    "address",
    [
        "https://gateway.example.cn/oauth/token",
        "HTTPS://Gateway.Example.CN/oauth/token",
        "https://gateway.example.cn:443/oauth/token",
        "https://gateway.example.cn:0443/oauth/token",
        "https://gateway.example.cn:/oauth/token",
        "https://gateway.example.cn/oauth/token?scope=openid",
        "https://gateway.example.cn/oauth/token#part",
        "https://gateway.example.cn/oauth/%74oken",
        "https://gateway.example.cn/oauth/./token",
        "https://gateway.example.cn/other/../oauth/token",
        "https://gateway.example.cn/../oauth/token",
    ],
)
def test_one_address_is_written_in_many_ways(address: str) -> None:
    """RFC 3986 section 6.2: case, the usual port, escapes without need, dots; query and fragment do not count."""
    assert normal(address) == OURS


@pytest.mark.parametrize(
    "address",
    [
        "http://gateway.example.cn/oauth/token",
        "https://gateway.example.cn:8443/oauth/token",
        "https://gateway.example.cn/oauth/token/",
        "https://gateway.example.cn/oauth/Token",
        "https://gateway.example.cn/oauth%2Ftoken",
        "https://gateway.example.cn./oauth/token",
        "https://evil.example/oauth/token",
    ],
)
def test_another_address_stays_another(address: str) -> None:
    """Scheme, host, port and path all count."""
    assert normal(address) not in {OURS, None}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/oauth/token",
        "gateway.example.cn/oauth/token",
        "ftp://gateway.example.cn/oauth/token",
        "https:///oauth/token",
        "https://gateway.example.cn\\@evil.example/oauth/token",
        "https://gateway.example.cn@evil.example/oauth/token",
        "https://gateway.example.cn:443@evil.example/oauth/token",
        "http://localhost:80@evil.example/oauth/token",
        "https://user:password@gateway.example.cn/oauth/token",
        "https://gateway.example.cn /oauth/token",
        "https://gateway.example.cn/oauth/token\n",
        "https://gateway.example.cn/oauth\t/token",
        "https://ga\uff54eway.example.cn/oauth/token",
        "https://gateway.example.cn:443443443/oauth/token",
    ],
)
def test_what_readers_might_read_differently_is_no_address(text: str) -> None:
    """A user before the host, a backslash, blanks and characters that only look alike."""
    assert normal(text) is None


def test_the_root_has_one_name() -> None:
    """With and without its slash."""
    assert normal("http://127.0.0.1:8000") == normal("http://127.0.0.1:8000/") == "http://127.0.0.1:8000/"
    assert normal("http://[::1]:8000/a/..") == "http://[::1]:8000/"
