"""One web origin, as it is registered or set."""

import pytest

from auth.origin import origin_from


@pytest.mark.parametrize(
    "text",
    [
        "https://app.example.cn",
        "https://other.example.cn:8443",
        "http://127.0.0.1:3000",
        "http://localhost:5173",
        "https://[2001:db8::1]",
    ],
)
def test_an_origin_is_what_browsers_send(text: str) -> None:
    """Scheme, host, and a port where it is not the usual one."""
    assert origin_from(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "*",
        "null",
        "",
        "https://app.example.cn/",
        "https://App.example.cn",
        "https://*.example.cn",
        "https://user@app.example.cn",
        "https://app.example.cn:443",
        "http://app.example.cn",
        "http://127.0.0.1:80",
        "app.example.cn",
        "https://app.example.cn https://other.example.cn",
        "https://app.example.cn\n",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    """No pattern, no path, nothing that no browser would send, no page that anybody between could change."""
    with pytest.raises(ValueError, match="origin"):
        origin_from(text)
