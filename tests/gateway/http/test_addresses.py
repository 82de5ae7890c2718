"""From where a request comes, as far as that can be trusted."""

import pytest

from gateway.http.addresses import Addresses
from gateway.http.headers import Headers

OURS = ("10.0.0.0/8", "fd00::/8")


def caller(peer: str, forwarded: str | None, *trusted: str) -> str:
    """Who called."""
    headers = [] if forwarded is None else [(b"x-forwarded-for", forwarded.encode())]
    return Addresses(trusted).caller(peer, Headers(headers))


@pytest.mark.parametrize("forwarded", [None, "198.51.100.1", "198.51.100.1, 10.0.0.1", "127.0.0.1"])
def test_a_stranger_says_nothing_of_where_it_comes_from(forwarded: str | None) -> None:
    """The header is read of our own proxies only: whoever is none would be somebody else with each request."""
    assert caller("192.0.2.7", forwarded) == "192.0.2.7"
    assert caller("192.0.2.7", forwarded, *OURS) == "192.0.2.7"


@pytest.mark.parametrize(
    ("forwarded", "expected"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("198.51.100.1, 192.0.2.7", "192.0.2.7"),
        ("198.51.100.1, 192.0.2.7, 10.9.9.9", "192.0.2.7"),
        ("10.1.1.1, 10.9.9.9", "10.1.1.1"),
        ("192.0.2.7:51234", "192.0.2.7"),
        ("[2001:db8:1:2:3::7]:443", "2001:db8:1:2::/64"),
        ("nonsense", "10.0.0.1"),
        ("198.51.100.1, unknown", "10.0.0.1"),
        ("", "10.0.0.1"),
        (None, "10.0.0.1"),
        ("198.51.100.1," * 500 + "192.0.2.7", "192.0.2.7"),
    ],
)
def test_a_proxy_of_ours_is_believed_as_far_as_it_knows(forwarded: str | None, expected: str) -> None:
    """It wrote the last entry; what stands before that is only as good as the one who wrote it."""
    assert caller("10.0.0.1", forwarded, *OURS) == expected


@pytest.mark.parametrize(
    ("peer", "expected"),
    [
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("127.0.0.1", ""),
        ("::1", ""),
        ("::ffff:127.0.0.1", ""),
        ("", ""),
        ("testclient", ""),
    ],
)
def test_addresses_are_counted_by_whom_they_belong_to(peer: str, expected: str) -> None:
    """IPv6 by /64, of which one customer has all; this machine itself is nobody."""
    assert caller(peer, None) == expected


def test_ipv6_proxies_are_known() -> None:
    """Also where the listener takes both kinds."""
    assert caller("fd00::1", "192.0.2.7", *OURS) == "192.0.2.7"
    assert caller("::ffff:10.0.0.1", "192.0.2.7", *OURS) == "192.0.2.7"
