"""Queries by GET that a browser sends for a page of another site."""

from typing import Any

import pytest

from auth.origins import RegisteredOrigins
from gateway.http.cors import Cors

QUERY = {"query": "{ hello }"}
PAGE = "https://app.example.cn"


async def registered() -> RegisteredOrigins:
    """One client's page."""
    return RegisteredOrigins({"c_1": frozenset({PAGE})}, frozenset({PAGE}))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "same-origin", "sec-fetch-mode": "cors"},
        {"sec-fetch-site": "none", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "cors", "origin": PAGE},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "cors", "authorization": "Bearer good"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "cors", "apollo-require-preflight": "true"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "cors", "content-type": "application/json"},
    ],
)
async def test_programs_links_and_pages_that_asked_first_are_answered(
    edge: Any, client_of: Any, headers: dict[str, str]
) -> None:
    """A program says nothing of sites; a link is followed by a person; the rest was allowed before."""
    async with client_of(edge(cors=Cors(registered))) as client:
        answer = await client.get("/graphql", params=QUERY, headers=headers)

    assert answer.status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image"},
        {"sec-fetch-site": "same-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "script"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "cors", "origin": "https://strange.example"},
    ],
)
async def test_what_a_foreign_page_sends_unasked_is_refused(edge: Any, client_of: Any, headers: dict[str, str]) -> None:
    """Pictures, scripts, frames and simple requests: nothing is run for them."""
    async with client_of(edge(cors=Cors(registered))) as client:
        answer = await client.get("/graphql", params=QUERY, headers=headers)

    assert answer.status_code == 403
    assert answer.json()["errors"][0]["extensions"]["code"] == "CROSS_SITE_REQUEST"


async def test_everyone_may_be_asked_for_a_header(edge: Any, client_of: Any) -> None:
    """Where the operator says so, programs too; POST needs none in any case."""
    async with client_of(edge(csrf_prevention="everyone")) as client:
        plain = await client.get("/graphql", params=QUERY)
        forced = await client.get("/graphql", params=QUERY, headers={"x-apollo-operation-name": "Hello"})
        posted = await client.post("/graphql", json=QUERY, headers={"sec-fetch-site": "cross-site"})

    assert (plain.status_code, forced.status_code, posted.status_code) == (403, 200, 200)
