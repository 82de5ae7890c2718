"""The application as a whole: what it answers beside its own addresses."""

import pytest

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
