"""Whatever arrives, the edge answers with a status below 500 and a GraphQL response in JSON."""

import json
from typing import Any
from urllib.parse import urlencode

import httpx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SETTINGS = settings(
    max_examples=100, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
JSON = {"content-type": "application/json"}
PIECES = st.sampled_from(
    [*"{}()[]:$!@\"'#,|&=\\\n", "query", "mutation", "fragment", "on", "hello", "...", '"""', "1e9"]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
TOKENS = st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=60)


def claim_answered(response: httpx.Response) -> None:
    """A GraphQL response, refused or not, and never a 500."""
    assert response.status_code < 500, response.text
    body: dict[str, Any] = response.json()
    assert body.keys() & {"data", "errors"}
    assert all(error["extensions"]["code"] != "INTERNAL_ERROR" for error in body.get("errors", ()))


@SETTINGS
@given(content=st.binary(max_size=400))
async def test_any_bytes_as_a_body(client: httpx.AsyncClient, content: bytes) -> None:
    """Bytes that are no JSON, or hardly."""
    claim_answered(await client.post("/graphql", content=content, headers=JSON))


@SETTINGS
@given(
    values=st.fixed_dictionaries(
        {}, optional=dict.fromkeys(("query", "operationName", "variables", "extensions"), VALUES)
    )
)
async def test_any_json_as_parameters(client: httpx.AsyncClient, values: dict[str, Any]) -> None:
    """Any value in any place, not a number and lone surrogates among them."""
    claim_answered(await client.post("/graphql", content=_json(values), headers=JSON))


@SETTINGS
@given(pieces=st.lists(PIECES | st.text(max_size=3), max_size=30), name=st.text(max_size=5), value=VALUES)
async def test_any_text_as_a_document(client: httpx.AsyncClient, pieces: list[str], name: str, value: Any) -> None:
    """What looks like GraphQL, with any variable."""
    body = {"query": " ".join(pieces), "operationName": name, "variables": {"t": value}}

    claim_answered(await client.post("/graphql", content=_json(body), headers=JSON))


@SETTINGS
@given(value=VALUES)
async def test_any_value_of_a_variable(client: httpx.AsyncClient, value: Any) -> None:
    """A valid document with a variable that may not fit."""
    body = {
        "query": "query($t: Int, $to: String!) { hello(times: $t, to: $to) }",
        "variables": {"t": value, "to": value},
    }

    claim_answered(await client.post("/graphql", content=_json(body), headers=JSON))


@SETTINGS
@given(raw=st.binary(max_size=120), fields=st.lists(st.tuples(st.sampled_from(["query", "variables", "x"]), st.text())))
async def test_any_address(edge: Any, client_of: Any, raw: bytes, fields: list[tuple[str, str]]) -> None:
    """Query strings, well encoded and not."""
    query_strings = [raw, urlencode(fields, errors="replace").encode()]
    app = edge()

    async def unencoded(scope: Any, receive: Any, send: Any) -> None:
        await app({**scope, "query_string": query_strings.pop()}, receive, send)

    async with client_of(unencoded) as client:
        for _ in range(2):
            claim_answered(await client.get("/graphql"))


@SETTINGS
@given(
    headers=st.dictionaries(
        st.sampled_from(
            ["accept", "accept-language", "authorization", "content-type", "content-encoding", "traceparent", "expect"]
        ),
        TOKENS | st.sampled_from(["Bearer good", "application/json", "*/*;q=", ";,=", "Bearer \xff"]),
    ),
    method=st.sampled_from(["GET", "POST", "PUT", "X"]),
)
async def test_any_headers(client: httpx.AsyncClient, headers: dict[str, str], method: str) -> None:
    """Headers that follow no grammar."""
    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]

    claim_answered(
        await client.request(
            method, "/graphql", params={"query": "{ hello }"}, content=b'{"query":"{hello}"}', headers=raw
        )
    )


def _json(value: Any) -> bytes:
    """JSON as a careless client writes it: NaN, Infinity and lone surrogates as they are."""
    return json.dumps(value).encode()
