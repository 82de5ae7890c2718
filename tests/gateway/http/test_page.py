from typing import Any

import httpx
import pytest
from starlette.responses import PlainTextResponse

from gateway.http.page import EXAMPLE

BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.mark.parametrize(("language", "word"), [("zh-CN", "同心网关"), ("en", "Run this query")])
async def test_a_browser_gets_help_in_its_language(client: httpx.AsyncClient, language: str, word: str) -> None:
    """Opened without a query, the address explains itself, under a policy that runs and loads nothing."""
    response = await client.get("/graphql", headers={**BROWSER, "accept-language": language})

    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert word in response.text
    assert "POST /graphql" in response.text
    assert response.headers["content-security-policy"].startswith("default-src 'none'; ")
    assert "unsafe" not in response.headers["content-security-policy"]


async def test_a_browser_with_a_query_gets_json(client: httpx.AsyncClient) -> None:
    """The page's own link is a query and is answered as one."""
    response = await client.get("/graphql", params={"query": EXAMPLE}, headers=BROWSER)

    assert response.headers["content-type"].startswith("application/json")
    assert response.json()["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


async def test_another_page_takes_its_place(edge: Any, client_of: Any) -> None:
    """Where a page is given, browsers get that one."""
    async with client_of(edge(page=PlainTextResponse("the other page"))) as client:
        response = await client.get("/graphql", headers=BROWSER)

    assert response.text == "the other page"


async def test_the_path_is_written_as_text(edge: Any, client_of: Any) -> None:
    """A path cannot bring markup into the page."""
    async with client_of(edge()) as client:
        response = await client.get("/<script>alert(1)</script>", headers=BROWSER)

    assert "<script" not in response.text
