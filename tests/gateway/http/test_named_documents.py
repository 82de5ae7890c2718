"""Requests that name their document, as client libraries send them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from gateway.http.endpoint import GraphQLEndpoint
from gateway.http.settings import EdgeSettings
from gateway.persisted.finding import Persisted
from gateway.persisted.manifest import hash_of
from gateway.persisted.settings import DocumentSettings
from gateway.persisted.trusted import TrustedDocuments
from tests.gateway.http.conftest import known, on_schema

TEXT = "query Hello($to: String!) { hello(to: $to) }"
WORLD = {"to": "world"}
CHANGE = "mutation Greet { greet }"
GREETED = {"data": {"hello": "hello world "}}
Serving = Callable[..., Any]


def named(text: str, **more: Any) -> dict[str, Any]:
    """The extension of Apollo's and urql's clients."""
    return {"persistedQuery": {"version": 1, "sha256Hash": hash_of(text)} | more}


def codes(answer: httpx.Response) -> list[tuple[int, str]]:
    """The status with each error's code."""
    return [(answer.status_code, error["extensions"]["code"]) for error in answer.json()["errors"]]


@pytest.fixture
def serving(tmp_path: Path, client_of: Any) -> Serving:
    """An edge that trusts one manifest's documents."""
    (tmp_path / "app.json").write_text(json.dumps({"hello-1": TEXT, "change-1": CHANGE}))

    def make(*, csrf: Any = "pages", **given: Any) -> Any:
        persisted = Persisted(DocumentSettings(**given), TrustedDocuments(tmp_path))
        return client_of(GraphQLEndpoint(on_schema, known, EdgeSettings(csrf_prevention=csrf), persisted=persisted))

    return make


async def test_a_text_is_sent_once(client: httpx.AsyncClient) -> None:
    """The hash alone is not known; with the text it runs, and from then on the hash is enough, by GET too."""
    text = TEXT.replace("Hello", "Hi")
    short: dict[str, Any] = {"operationName": "Hi", "variables": WORLD, "extensions": named(text)}

    unknown = await client.post("/graphql", json=short)
    whole = await client.post("/graphql", json=short | {"query": text})
    posted = await client.post("/graphql", json=short | {"query": None})
    got = await client.get(
        "/graphql", params={key: value if isinstance(value, str) else json.dumps(value) for key, value in short.items()}
    )

    assert codes(unknown) == [(200, "PERSISTED_QUERY_NOT_FOUND")]
    assert [answer.json() for answer in (whole, posted, got)] == [GREETED] * 3
    assert [answer.status_code for answer in (whole, posted, got)] == [200] * 3


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("accept", ["application/json", "application/graphql-response+json"])
async def test_libraries_find_the_message_they_look_for(client: httpx.AsyncClient, language: str, accept: str) -> None:
    """Apollo's for Kotlin and Swift, and urql, compare the message, and take no other status than 200 for an answer."""
    body: dict[str, Any] = {"extensions": named("{ x }")}

    unknown = await client.post("/graphql", json=body, headers={"accept-language": language, "accept": accept})
    body["extensions"]["persistedQuery"]["version"] = 2
    other = await client.post("/graphql", json=body, headers={"accept-language": language, "accept": accept})

    assert unknown.json()["errors"][0]["message"] == "PersistedQueryNotFound"
    assert other.json()["errors"][0]["message"] == "PersistedQueryNotSupported"
    assert unknown.status_code == other.status_code == 200
    assert unknown.headers["cache-control"] == "no-store"


async def test_a_text_that_does_not_run_is_not_remembered(client: httpx.AsyncClient) -> None:
    """Garbage takes no place; nor does a text by the hash of another."""
    broken, other = "{ nothing }", "{ hello }"

    refused = await client.post("/graphql", json={"query": broken, "extensions": named(broken)})
    wrong = await client.post("/graphql", json={"query": "{ sick }", "extensions": named(other)})
    after = [await client.post("/graphql", json={"extensions": named(text)}) for text in (broken, other)]

    assert "errors" in refused.json()
    assert codes(wrong) == [(400, "PERSISTED_QUERY_WRONG_HASH")]
    assert [codes(answer) for answer in after] == [[(200, "PERSISTED_QUERY_NOT_FOUND")]] * 2


@pytest.mark.parametrize(
    "persisted",
    [1, "x", [], {"version": 1}, {"version": 1, "sha256Hash": 7}, {"version": 1, "sha256Hash": "g" * 64}],
)
async def test_what_is_no_hash_is_refused(client: httpx.AsyncClient, persisted: Any) -> None:
    """With a text or without."""
    for body in ({"query": "{ hello }"}, {}):
        answer = await client.post("/graphql", json=body | {"extensions": {"persistedQuery": persisted}})

        assert codes(answer) == [(400, "BAD_PARAMETER")]


async def test_hashes_are_not_taken_where_that_is_set(serving: Serving) -> None:
    """But for those of trusted documents, which need no memory; a text with its hash runs as any."""
    async with serving(automatic=False) as client:
        short = await client.post("/graphql", json={"extensions": named("{ hello }")})
        whole = await client.post("/graphql", json={"query": "{ hello }", "extensions": named("{ hello }")})
        trusted = await client.post("/graphql", json={"variables": WORLD, "extensions": named(TEXT)})

    assert codes(short) == [(200, "PERSISTED_QUERY_NOT_SUPPORTED")]
    assert whole.json() == {"data": {"hello": "hello all "}}
    assert trusted.json() == GREETED


async def test_a_trusted_document_runs_by_its_id(serving: Serving) -> None:
    """By POST and GET, by the id it was given or by its hash."""
    by_hash = f"sha256:{hash_of(TEXT)}"
    async with serving() as client:
        answers = [
            await client.post("/graphql", json={"documentId": "hello-1", "variables": WORLD}),
            await client.get("/graphql", params={"documentId": "hello-1", "variables": json.dumps(WORLD)}),
            await client.post("/graphql", json={"documentId": by_hash, "variables": WORLD, "operationName": "Hello"}),
            await client.post("/graphql", json={"variables": WORLD, "extensions": named(TEXT)}),
        ]

    assert [answer.json() for answer in answers] == [GREETED] * 4


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"documentId": "nobody's"}, "DOCUMENT_NOT_FOUND"),
        ({"documentId": "hello-1", "query": TEXT}, "BAD_PARAMETER"),
        ({"documentId": 7}, "BAD_PARAMETER"),
        ({"documentId": None}, "BAD_PARAMETER"),
        ({"query": 7, "documentId": None}, "BAD_PARAMETER"),
        ({}, "BAD_PARAMETER"),
    ],
)
async def test_what_names_no_document_is_refused(serving: Serving, body: dict[str, Any], code: str) -> None:
    """An unknown id, two ways at once, none at all."""
    async with serving() as client:
        answer = await client.post("/graphql", json=body)

    assert codes(answer) == [(400, code)]


async def test_only_trusted_documents_run_where_that_is_set(serving: Serving) -> None:
    """By id, by hash, by their very text; nobody is told to send a text that would be refused."""
    async with serving(only_trusted=True) as client:
        trusted = [
            await client.post("/graphql", json={"documentId": "hello-1", "variables": WORLD}),
            await client.post("/graphql", json={"query": TEXT, "variables": WORLD}),
            await client.post("/graphql", json={"variables": WORLD, "extensions": named(TEXT)}),
            await client.post("/graphql", json={"query": TEXT, "variables": WORLD, "extensions": named(TEXT)}),
        ]
        others = [
            await client.post("/graphql", json={"query": "{ hello }"}),
            await client.get("/graphql", params={"query": "{ __typename }"}),
            await client.post("/graphql", json={"query": "{ hello }", "extensions": named("{ hello }")}),
            await client.post("/graphql", json={"extensions": named("{ hello }")}),
        ]

    assert [answer.json() for answer in trusted] == [GREETED] * 4
    assert [codes(answer) for answer in others] == [[(403, "DOCUMENT_NOT_TRUSTED")]] * 4


async def test_a_named_mutation_is_not_run_by_get(serving: Serving) -> None:
    """A name is no way around the rule."""
    async with serving() as client:
        got = await client.get("/graphql", params={"documentId": "change-1"})
        posted = await client.post("/graphql", json={"documentId": "change-1"})

    assert codes(got) == [(405, "ONLY_QUERIES_BY_GET")]
    assert posted.json() == {"data": {"greet": "greeted"}}


async def test_a_foreign_page_has_to_ask_first(serving: Serving) -> None:
    """A name in the address is no way around that either; where everyone has to, programs too."""
    page = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "script"}
    asked = {"documentId": "hello-1", "variables": json.dumps(WORLD)}
    async with serving() as client, serving(csrf="everyone") as strict:
        foreign = await client.get("/graphql", params=asked, headers=page)
        unasked = await strict.get("/graphql", params=asked)
        allowed = await strict.get("/graphql", params=asked, headers={"apollo-require-preflight": "true"})

    assert codes(foreign) == codes(unasked) == [(403, "CROSS_SITE_REQUEST")]
    assert allowed.json() == GREETED


async def test_a_browser_that_opens_such_a_link_gets_the_answer(serving: Serving) -> None:
    """Not the page for people."""
    async with serving() as client:
        asked = {"documentId": "hello-1", "variables": json.dumps(WORLD)}
        answer = await client.get("/graphql", params=asked, headers={"accept": "text/html,*/*;q=0.8"})

    assert answer.json() == GREETED
