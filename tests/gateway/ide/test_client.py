"""The IDE is a client of our own authorization server."""

import hashlib
from base64 import urlsafe_b64encode
from urllib.parse import parse_qs, urlsplit

from auth.client import AuthMethod, GrantType
from connectors.viewer import Scope
from gateway.ide.client import CLIENT_ID, SCOPES, register
from tests.stack import Gateway

PUBLIC = "http://127.0.0.1:8000"


async def test_it_is_registered_once(gateway: Gateway) -> None:
    """Public, by code alone, to come back to the IDE's own page."""
    clients, database = gateway.parts.authority.clients, gateway.parts.database

    for _ in range(2):
        await register(clients, database, PUBLIC)

    client = await clients.find(CLIENT_ID)
    assert client is not None
    assert client.auth_method is AuthMethod.NONE
    assert client.grants == {GrantType.AUTHORIZATION_CODE}
    assert client.redirect_uris == {f"{PUBLIC}/graphql"}
    assert [one.client_id for one in await clients.list()].count(CLIENT_ID) == 1


async def test_it_follows_the_gateways_address(gateway: Gateway) -> None:
    """After a move browsers come back to the new one only."""
    clients, database = gateway.parts.authority.clients, gateway.parts.database
    await register(clients, database, PUBLIC)

    await register(clients, database, "https://gateway.example.cn")

    client = await clients.find(CLIENT_ID)
    assert client is not None
    assert client.redirect_uris == {"https://gateway.example.cn/graphql"}


async def test_who_disabled_it_keeps_it_disabled(gateway: Gateway) -> None:
    """A start is no reason to let it sign in again."""
    clients, database = gateway.parts.authority.clients, gateway.parts.database
    await register(clients, database, PUBLIC)
    await gateway.parts.authority.endings.client(CLIENT_ID)

    await register(clients, database, PUBLIC)

    client = await clients.find(CLIENT_ID)
    assert client is not None
    assert client.disabled_at is not None


async def test_its_request_leads_to_the_sign_in_page(gateway: Gateway) -> None:
    """What the page asks for is taken as it is; nothing that needs a second factor or a purpose is."""
    await register(gateway.parts.authority.clients, gateway.parts.database, PUBLIC)
    challenge = urlsafe_b64encode(hashlib.sha256(b"v" * 43).digest()).rstrip(b"=").decode()
    asked = {
        "response_type": "code",
        "client_id": CLIENT_ID,
        "redirect_uri": f"{PUBLIC}/graphql",
        "scope": " ".join(SCOPES),
        "state": "s",
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }

    answer = await gateway.client.get("/oauth/authorize", params=asked)

    assert urlsplit(answer.headers["location"]).path == "/login"
    assert "error" not in parse_qs(urlsplit(answer.headers["location"]).query)
    assert not {Scope.OPS_READ, Scope.PERSON_LOOKUP} & {*SCOPES}
