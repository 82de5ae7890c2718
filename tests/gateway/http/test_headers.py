"""The headers of one request."""

from gateway.http.headers import Headers, headers_of


def test_names_are_found_in_any_case() -> None:
    """ASGI servers should give lower case, and need not."""
    headers = Headers([(b"Accept", b"a"), (b"X-Other", b" b ")])

    assert headers.joined("accept") == "a"
    assert headers.sole("x-other") == "b"
    assert headers.all("none") == []


def test_what_stands_twice_is_a_list_or_nothing() -> None:
    """In the order it came; nothing where it may stand only once."""
    headers = Headers([(b"accept", b"a"), (b"origin", b"o"), (b"Accept", b"b")])

    assert headers.all("accept") == ["a", "b"]
    assert headers.joined("accept") == "a, b"
    assert headers.sole("accept") is None
    assert headers.sole("origin") == headers.joined("origin") == "o"
    assert headers.joined("none") is None


def test_a_request_is_looked_through_once() -> None:
    """Whoever asks next gets what was found."""
    scope = {"headers": [(b"accept", b"a")]}

    assert headers_of(scope) is headers_of(scope)
