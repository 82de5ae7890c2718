"""What is sent, and what never is."""

import pytest

from connectors.http1.errors import RefusedRequestError
from connectors.http1.origin import Origin, origin_from, split
from connectors.http1.request import request_bytes


def test_a_read_is_written_as_it_is() -> None:
    """Nothing is added but ``Host``; the target is sent to the byte."""
    written = request_bytes("GET", "/a/%E4?b=c+d&e='()*!", "h:8", {"X-BG-DATE": "Tue, 04", "apiKey": ""}, None)

    assert written == b"GET /a/%E4?b=c+d&e='()*! HTTP/1.1\r\nHost: h:8\r\nX-BG-DATE: Tue, 04\r\napiKey: \r\n\r\n"


@pytest.mark.parametrize(
    ("body", "end"), [(b"\xff{}", b"Content-Length: 3\r\n\r\n\xff{}"), (None, b"Length: 0\r\n\r\n")]
)
def test_a_body_has_its_length(body: bytes | None, end: bytes) -> None:
    """Also where there is none but could be (RFC 9110 section 8.6)."""
    assert request_bytes("POST", "/", "h", {}, body).endswith(end)


ANOTHER = "x\r\nHost: evil\r\n\r\nGET /other HTTP/1.1"


@pytest.mark.parametrize(
    ("method", "target", "headers"),
    [
        ("GET /x HTTP/1.1\r\nA: b\r\n\r\nGET", "/", {}),
        ("get", "/", {}),
        ("CONNECT", "/", {}),
        ("GET", ANOTHER, {}),
        ("GET", f"/{ANOTHER}", {}),
        ("GET", "/a b", {}),
        ("GET", "/a\tb", {}),
        ("GET", "/a\x7f", {}),
        ("GET", "/张", {}),
        ("GET", "/a#b", {}),
        ("GET", "", {}),
        ("GET", "*", {}),
        ("GET", "http://other/", {}),
        ("GET", "/", {"A": ANOTHER}),
        ("GET", "/", {"A": "b\nC: d"}),
        ("GET", "/", {"A": "b\rC: d"}),
        ("GET", "/", {"A": "b\0"}),
        ("GET", "/", {"A": "张"}),
        ("GET", "/", {"A: b\r\nC": "d"}),
        ("GET", "/", {"A ": "b"}),
        ("GET", "/", {"A:": "b"}),
        ("GET", "/", {"": "b"}),
        ("GET", "/", {"host": "other"}),
        ("POST", "/", {"Content-Length": "5"}),
        ("POST", "/", {"Transfer-Encoding": "chunked"}),
        ("GET", "/", {"Connection": "upgrade"}),
    ],
)
def test_what_could_be_read_as_another_request_is_not_sent(method: str, target: str, headers: dict[str, str]) -> None:
    """No line break, blank or foreign character gets in, and nobody but us says how the message is read."""
    with pytest.raises(RefusedRequestError) as raised:
        request_bytes(method, target, "h", headers, None)

    assert "evil" not in str(raised.value)


@pytest.mark.parametrize(
    ("url", "origin", "target", "authority"),
    [
        ("http://h/a?b", Origin(secure=False, host="h", port=80), "/a?b", "h"),
        ("https://h:443/", Origin(secure=True, host="h", port=443), "/", "h"),
        ("https://h:8443", Origin(secure=True, host="h", port=8443), "/", "h:8443"),
        ("http://[::1]:8/x", Origin(secure=False, host="::1", port=8), "/x", "[::1]:8"),
        (
            "https://例子.example/",
            Origin(secure=True, host="xn--fsqu00a.example", port=443),
            "/",
            "xn--fsqu00a.example",
        ),
    ],
)
def test_an_address_is_cut_in_two(url: str, origin: Origin, target: str, authority: str) -> None:
    """Where to go, and what to ask for there."""
    where, what = split(url)

    assert (origin_from(where), what, origin_from(where).authority) == (origin, target, authority)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://h/",
        "h/",
        "http://",
        "http:///x",
        "http://h?x",
        "http://h#x",
        "http://u:p@h/",
        "http://h:99999/",
        "http://h:x/",
        "http://h\r\nX: y/",
        "http://a b/",
        "http://[::1/",
        "http://" + "张" * 80 + "/",
    ],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    """Another scheme, no host, a user, or something that is no host at all."""
    with pytest.raises(RefusedRequestError):
        origin_from(split(url)[0])
