"""The lab's contender: our engine, transport and edge over the lab's small graph."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from benchmarks.lab.app import create_app
from benchmarks.lab.stub import Row, Stub, citizen, employee, member, question, studio
from connectors.sandbox.server import serving

D1 = (
    "{ studios(first: 3) { id name members { id name employee { code orgName title } }"
    " questions(first: 2) { id title asker { id name } answeredBy { id name } } } }"
)


@asynccontextmanager
async def lab(**settings: str) -> AsyncIterator[tuple[httpx.AsyncClient, Stub]]:
    """The contender in this process, the platforms on a socket."""
    stub = Stub()
    async with serving([(stub, 0)]) as [port]:
        addresses = {f"UP_{name}": f"http://127.0.0.1:{port}" for name in ("JSON", "DUTY", "CITIZEN", "WORK")}
        app = create_app(addresses | settings)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://lab") as client:
            yield client, stub
        await app.state.aclose()


async def asked(client: httpx.AsyncClient, query: str) -> dict[str, Any]:
    """The answer to a query."""
    answer: dict[str, Any] = (await client.post("/graphql", json={"query": query})).json()
    return answer


def picked(row: Row, names: str) -> Row:
    """Some of a row's fields."""
    return {name: row[name] for name in names.split()}


def expected_studio(key: int) -> Row:
    """What the query above says of a studio."""
    own, asked_of_it = studio(key), [question((key - 1) * 10 + each) for each in (1, 2)]
    return {
        **picked(own, "id name"),
        "members": [
            picked(member(each), "id name") | {"employee": picked(employee(f"E{each}"), "code orgName title")}
            for each in own["memberIds"]
        ],
        "questions": [
            picked(each, "id title")
            | {"asker": picked(citizen(each["askerId"]), "id name")}
            | {"answeredBy": picked(member(each["answeredById"]), "id name")}
            for each in asked_of_it
        ],
    }


async def test_the_cross_platform_query_is_answered_in_six_calls_at_most() -> None:
    """Studios, members, employees, questions, citizens, and perhaps members again: a call each."""
    async with lab() as (client, stub):
        answer = await asked(client, D1)

        assert answer == {"data": {"studios": [expected_studio(key) for key in (1, 2, 3)]}}
        assert len(stub.calls) in {5, 6}


@pytest.mark.parametrize(
    ("query", "calls"),
    [
        ("{ greet }", []),
        ("{ posts { title } }", ["/posts"]),
        ("{ posts { id userId title user { id name email } } }", ["/posts", "/users"]),
        ("{ members(first: 7) { id name sector region score } }", ["/members"]),
    ],
)
async def test_the_small_queries_ask_for_no_more_than_they_need(query: str, calls: list[str]) -> None:
    """Each list is one call, and what hangs on its rows one more."""
    async with lab() as (client, stub):
        answer = await asked(client, query)

        assert "errors" not in answer
        assert stub.calls == calls


async def test_a_field_of_another_type_costs_that_field() -> None:
    """The same bytes are read again leniently; nothing is fetched a second time."""
    async with lab() as (client, stub):
        stub.change = lambda _, rows: json.dumps([row | {"phone": 5} for row in rows]).encode()

        answer = await asked(client, "{ posts { id user { name phone } } }")

        assert {post["user"]["phone"] for post in answer["data"]["posts"]} == {None}
        assert answer["data"]["posts"][0]["user"]["name"] == "User 1"
        assert stub.calls == ["/posts", "/users"]


@pytest.mark.parametrize(("sharing", "calls"), [("on", 1), ("off", 3)])
async def test_sharing_is_a_switch(sharing: str, calls: int) -> None:
    """Three equal queries at once ask the platform once where sharing is on, else each for itself."""
    async with lab(LAB_SHARING=sharing) as (client, stub):
        await asyncio.gather(*(asked(client, "{ posts { title } }") for _ in range(3)))

        assert stub.calls == ["/posts"] * calls


async def test_kept_answers_ask_nobody() -> None:
    """With keeping on, a second query is answered without a call."""
    async with lab(LAB_SHARING="on", LAB_KEPT_S="60") as (client, stub):
        first = await asked(client, D1)
        stub.calls.clear()

        assert await asked(client, D1) == first
        assert stub.calls == []
