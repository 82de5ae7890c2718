"""What a registration may hold."""

from typing import Any

import pytest
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey
from pydantic import SecretStr

from auth.clients import Clients
from auth.registration.faults import RegistrationError
from auth.registration.uris import UriError, redirect_uri
from auth.store import Database
from auth.vault import Vault

CODE = {
    "grants": ["authorization_code", "refresh_token"],
    "scopes": ["openid"],
    "redirect_uris": ["https://partner.example.cn/callback"],
}


@pytest.fixture
def clients(database: Database) -> Clients:
    """A registry without clients."""
    return Clients(database, Vault(SecretStr("invented-secret-of-the-tests-0123456789")))


@pytest.mark.parametrize(
    "uri",
    [
        "https://partner.example.cn/callback",
        "https://partner.example.cn",
        "https://partner.example.cn:8443/a/b?c=d&e=%E4%BD%A0",
        "http://127.0.0.1/callback",
        "http://127.0.0.1:51004/callback",
        "http://[::1]:51004/callback",
        "https://[2001:db8::1]/callback",
        "cn.example.app:/callback",
    ],
)
def test_a_good_redirect_uri_is_kept_as_it_is(uri: str) -> None:
    """Character by character."""
    assert redirect_uri(uri, native=True) == uri


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "callback",
        "/callback",
        "//partner.example.cn/callback",
        "http://partner.example.cn/callback",
        "http://localhost/callback",
        "http://127.0.0.1.evil.example/",
        "http://127.1/",
        "http://0.0.0.0/",
        "https://localhost:80@evil.example/",
        "https://user@partner.example.cn/",
        "https://user:password@partner.example.cn/",
        "https://partner.example.cn\\@evil.example/",
        "https://partner.example.cn/#fragment",
        "https://partner.example.cn/#",
        "https://*.example.cn/",
        "https://partner.example.cn/*",
        "https://partner.example.cn/a b",
        "https://partner.example.cn/\n",
        "https://partner.example.cn/\x00",
        "https://partner.example.cn/%0d%0aSet-Cookie:a=b",
        "https://partner.example.cn/%00",
        "https://partner.example.cn/%zz",
        "https://partner.example.cn/%",
        "https://partner.example.cn/a/../b",
        "https://partner.example.cn/a/%2e%2E/b",
        "https://partner.example.cn:0/",
        "https://partner.example.cn:99999/",
        "https://partner.example.cn:/",
        "https://partner.example.cn:80a/",
        "https://PARTNER.example.cn/",
        "HTTPS://partner.example.cn/",
        "https://partner..example.cn/",
        "https://.partner.example.cn/",
        "https:///callback",
        "https:partner.example.cn",
        "https://[::1/",
        "https://县.example.cn/",
        "https://partner.example.cn/" + "a" * 1000,
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "app:/callback",
        "cn.example.app://callback",
        "cn.example.app:callback",
        "cn.example..app:/callback",
    ],
)
def test_a_redirect_uri_that_may_be_read_two_ways_is_refused(uri: str) -> None:
    """Whatever a browser, a library and we might not read alike."""
    with pytest.raises(UriError):
        redirect_uri(uri, native=True)


def test_only_an_app_has_a_scheme_of_its_own() -> None:
    """Who can keep a secret runs on a server, which has an address on the web."""
    with pytest.raises(UriError):
        redirect_uri("cn.example.app:/callback", native=False)


@pytest.mark.parametrize(
    ("changes", "member"),
    [
        ({"redirect_uris": []}, "redirect_uris"),
        ({"redirect_uris": [f"https://partner.example.cn/{n}" for n in range(21)]}, "redirect_uris"),
        ({"redirect_uris": ["cn.example.app:/callback"]}, "redirect_uris"),
        ({"grants": ["client_credentials"]}, "redirect_uris"),
        ({"grants": ["refresh_token"], "redirect_uris": []}, "grant_types"),
        ({"post_logout_redirect_uris": ["http://partner.example.cn/"]}, "post_logout_redirect_uris"),
        ({"backchannel_logout_uri": "http://partner.example.cn/"}, "backchannel_logout_uri"),
        ({"backchannel_logout_uri": "cn.example.app:/logout"}, "backchannel_logout_uri"),
        ({"access_token_lifetime": 29}, "access_token_lifetime"),
        ({"access_token_lifetime": 3601}, "access_token_lifetime"),
        ({"contact": "a" * 201}, "contacts"),
        ({"contact": "a\x1bb"}, "contacts"),
        ({"origins": [f"https://{n}.example.cn" for n in range(21)]}, "origins"),
        ({"auth_method": "private_key_jwt"}, "jwks"),
        ({"jwks": {"keys": []}}, "jwks"),
    ],
)
async def test_a_wrong_registration_names_the_part_that_is_wrong(
    clients: Clients, changes: dict[str, Any], member: str
) -> None:
    """As RFC 7591 calls it; nothing is stored."""
    with pytest.raises(RegistrationError, match=rf"^{member}: "):
        await clients.create("partner", **(CODE | changes))

    assert await clients.list() == ()


@pytest.mark.parametrize("name", ["", " ", "a" * 201, "a\nb", "a\u202eb", " a"])
async def test_a_name_is_one_that_can_be_shown(clients: Clients, name: str) -> None:
    """No line breaks and nothing that turns text around: it stands on the page where people agree."""
    with pytest.raises(RegistrationError, match="client_name"):
        await clients.create(name, **CODE)


@pytest.mark.parametrize(
    "key",
    [
        ECKey.generate_key("P-256").as_dict(private=False),
        RSAKey.generate_key(2048).as_dict(private=False),
        OKPKey.generate_key("Ed25519").as_dict(private=False),
    ],
)
async def test_public_keys_of_the_usual_kinds_are_taken(clients: Clients, key: dict[str, Any]) -> None:
    """EC P-256, RSA, Ed25519; two of them when their kid tells them apart."""
    keys = {"keys": [{**key, "kid": "one"}, {**key, "kid": "two"}]}

    client_id, secret = await clients.create("partner", **CODE, auth_method="private_key_jwt", jwks=keys)

    client = await clients.find(client_id)
    assert client is not None
    assert (client.jwks, secret) == (keys, "")


EC = ECKey.generate_key("P-256").as_dict(private=False)


@pytest.mark.parametrize(
    "jwks",
    [
        {},
        {"keys": []},
        {"keys": "one"},
        {"keys": ["one"]},
        {"keys": [{}]},
        {"keys": [EC], "more": 1},
        {"keys": [ECKey.generate_key("P-256").as_dict(private=True)]},
        {"keys": [ECKey.generate_key("P-384").as_dict(private=False)]},
        {"keys": [{"kty": "RSA", "e": "AQAB", "n": "w" * 171}]},
        {"keys": [OctKey.generate_key(256).as_dict(private=True)]},
        {"keys": [{**EC, "use": "enc"}]},
        {"keys": [{**EC, "alg": "HS256"}]},
        {"keys": [{**EC, "x": "AAAA"}]},
        {"keys": [{**EC, "x": ["a"]}]},
        {"keys": [{**EC, "kid": 7}]},
        {"keys": [{**EC, "kid": ""}]},
        {"keys": [EC, EC]},
        {"keys": [{**EC, "kid": "same"}] * 2},
        {"keys": [{**EC, "kid": str(n)} for n in range(11)]},
    ],
)
async def test_keys_that_prove_nothing_are_refused(clients: Clients, jwks: dict[str, Any]) -> None:
    """Private and shared ones, weak ones, those that cannot be told apart."""
    with pytest.raises(RegistrationError, match=r"^jwks: "):
        await clients.create("partner", **CODE, auth_method="private_key_jwt", jwks=jwks)
