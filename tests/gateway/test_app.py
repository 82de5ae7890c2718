"""The application as a whole: what it answers beside its own addresses."""

import pytest

from connectors.viewer import Scope
from tests.stack import Gateway


@pytest.mark.parametrize("path", ["/oauth/token/", "/graphql/", "/oauth/jwks/", "/health/live/"])
async def test_nobody_is_sent_on_to_another_address(gateway: Gateway, path: str) -> None:
    """A path with a slash too many is unknown: a redirect would take its address from the Host header.

    With 307 the body, and so a ticket or a client's secret, would go there, without TLS where a proxy ends it.
    """
    for method in ("GET", "POST"):
        answer = await gateway.client.request(method, path, headers={"Host": "elsewhere.example"})

        assert answer.status_code == 404
        assert "location" not in answer.headers


async def test_the_schema_is_told_in_the_language_asked_for(gateway: Gateway) -> None:
    """By ``lang`` or else by Accept-Language; an unknown language is English."""
    address = "/graphql/schema.graphql"
    asked = [
        await gateway.client.get(address, params={"lang": "zh"}, headers={"Accept-Language": "en"}),
        await gateway.client.get(address, headers={"Accept-Language": "zh-CN"}),
        await gateway.client.get(address, params={"lang": "fr"}),
    ]

    assert [answer.headers["content-language"] for answer in asked] == ["zh", "zh", "en"]
    assert "委员工作室" in asked[0].text
    assert "委员工作室" not in asked[2].text


async def test_pages_read_answers_where_their_client_is_registered(gateway: Gateway) -> None:
    """With the token of a client its own pages; the schema, which is everybody's, the pages of any client."""
    page, elsewhere = "https://app.example.cn", "https://elsewhere.example"
    authority = gateway.parts.authority
    registration = {"grants": ["client_credentials"], "scopes": ["opinion:read"]}
    with_page, _ = await authority.clients.create("with a page", **registration, origins=[page])
    without, _ = await authority.clients.create("without", **registration)
    tokens = [
        (await authority.tokens.issue(client, client, frozenset({Scope.OPINION_READ}))).token
        for client in (with_page, without)
    ]

    async def allowed(origin: str, method: str = "POST", path: str = "/graphql", **headers: str) -> str | None:
        asked = await gateway.client.request(
            method, path, json={"query": "{ __typename }"}, headers={"Origin": origin, **headers}
        )
        assert asked.status_code in {200, 204}
        return asked.headers.get("access-control-allow-origin")

    assert await allowed(page) == page
    assert await allowed(elsewhere) is None
    assert await allowed(page, Authorization=f"Bearer {tokens[0]}") == page
    assert await allowed(page, Authorization=f"Bearer {tokens[1]}") is None
    assert await allowed(page, "GET", "/graphql/schema.graphql") == page
    assert await allowed(elsewhere, "GET", "/graphql/schema.graphql") is None
    preflight = {"Access-Control-Request-Method": "POST"}
    assert await allowed(page, "OPTIONS", **preflight) == page
    assert await allowed(elsewhere, "OPTIONS", **preflight) is None


@pytest.mark.parametrize(
    "path",
    ["/graphql", "/graphql/schema.graphql", "/health/live", "/oauth/jwks", "/metrics", "/files/x", "/nowhere"],
)
async def test_every_answer_is_guarded(gateway: Gateway, path: str) -> None:
    """No guessing of types, no telling of addresses, no frames, no use by other sites but where it is meant."""
    answer = await gateway.client.get(path, headers={"Accept": "text/html"})

    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"] or path == "/files/x"
    assert answer.headers["cross-origin-resource-policy"] == ("cross-origin" if path == "/files/x" else "same-origin")
    assert "strict-transport-security" not in answer.headers
    assert "server" not in answer.headers
