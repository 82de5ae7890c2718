"""Which pages' scripts may read an answer."""

from typing import Any

import pytest

from auth.origins import RegisteredOrigins
from connectors.viewer import Viewer
from gateway.http.cors import Cors
from gateway.http.endpoint import GraphQLEndpoint
from gateway.http.settings import EdgeSettings
from tests.gateway.http.conftest import on_schema

MINE, ANOTHERS, STRANGE, PUBLIC = (
    "https://mine.example.cn",
    "https://anothers.example.cn",
    "https://strange.example",
    "https://public.example.cn",
)
OF_CLIENTS = {"c_1": frozenset({MINE}), "c_2": frozenset({ANOTHERS})}
HELLO = {"query": "{ hello }"}
ALLOWED = "access-control-allow-origin"


async def registered() -> RegisteredOrigins:
    """Two clients, a page each."""
    return RegisteredOrigins(OF_CLIENTS, frozenset({MINE, ANOTHERS}))


async def of_client_one(token: str) -> Viewer:
    """Every token is the first client's."""
    return Viewer(person_id=token, client_id="c_1")


@pytest.fixture
def endpoint() -> GraphQLEndpoint:
    """An edge with clients."""
    return GraphQLEndpoint(on_schema, of_client_one, EdgeSettings(), cors=Cors(registered, [PUBLIC]))


@pytest.mark.parametrize(
    ("origin", "token", "allowed"),
    [
        (MINE, True, True),
        (ANOTHERS, True, False),
        (PUBLIC, True, False),
        (STRANGE, True, False),
        (MINE, False, True),
        (ANOTHERS, False, True),
        (PUBLIC, False, True),
        (STRANGE, False, False),
        ("null", False, False),
    ],
)
async def test_an_answer_is_read_by_the_pages_of_its_tokens_client(
    endpoint: Any, client_of: Any, origin: str, *, token: bool, allowed: bool
) -> None:
    """Without a token, by the pages of any client and those of the setting; never by all, never with cookies."""
    headers = {"origin": origin} | ({"authorization": "Bearer p_1"} if token else {})

    async with client_of(endpoint) as client:
        answer = await client.post("/graphql", json=HELLO, headers=headers)

    assert answer.json() == {"data": {"hello": "hello all "}}
    assert answer.headers.get(ALLOWED) == (origin if allowed else None)
    assert ("x-tongxin-trace-id" in answer.headers.get("access-control-expose-headers", "")) is allowed
    assert "Origin" in answer.headers["vary"]
    assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize(("origin", "allowed"), [(MINE, True), (ANOTHERS, True), (PUBLIC, True), (STRANGE, False)])
async def test_a_page_that_asks_first_is_told(endpoint: Any, client_of: Any, origin: str, *, allowed: bool) -> None:
    """A preflight shows no token, so any registered origin may go on; what it may read is decided then."""
    asks = {"origin": origin, "access-control-request-method": "POST", "access-control-request-headers": "content-type"}

    async with client_of(endpoint) as client:
        answer = await client.options("/graphql", headers=asks)

    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers.get(ALLOWED) == (origin if allowed else None)
    assert ("authorization" in answer.headers.get("access-control-allow-headers", "")) is allowed
    assert (answer.headers.get("access-control-max-age") == "600") is allowed
    assert "Origin" in answer.headers["vary"]


async def test_options_that_is_no_preflight_is_a_method_like_others(endpoint: Any, client_of: Any) -> None:
    """Without an origin nothing was asked."""
    async with client_of(endpoint) as client:
        answer = await client.options("/graphql", headers={"access-control-request-method": "POST"})

    assert answer.status_code == 405


async def test_a_refusal_can_be_read_too(client_of: Any, edge: Any) -> None:
    """A page has to learn that its token ended, in order to renew it."""
    async with client_of(edge(cors=Cors(registered))) as client:
        answer = await client.post("/graphql", json=HELLO, headers={"origin": MINE, "authorization": "Bearer ended"})

    assert answer.status_code == 401
    assert answer.headers[ALLOWED] == MINE
    assert "www-authenticate" in answer.headers["access-control-expose-headers"]
