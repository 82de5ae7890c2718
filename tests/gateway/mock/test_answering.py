"""Mock mode answers what the schema allows, from the schema alone."""

from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from graphql import build_schema, print_schema
from pydantic import SecretStr

from gateway.execution.engine import Engine
from gateway.execution.operation import Execute, GraphQLRequest, Outcome
from gateway.http.file_links import FileLinks
from gateway.mock.answering import marked, mock_schema
from schema.fields import declaration_of
from schema.identifiers import global_id
from schema.languages import sdl
from tests.gateway.execution.invented import caller

OPERATIONS = Path(__file__).parents[2] / "operations"


@cache
def engine() -> Execute:
    """An engine over the mock's schema, which takes a while to build."""
    return marked(Engine(mock_schema(), {}, FileLinks("http://127.0.0.1:8000", SecretStr("s" * 32), ())))


async def answered(query: str, **variables: Any) -> Outcome:
    """The answer to a query."""
    return await engine()(GraphQLRequest(query, variables=variables or None), caller())


async def data_of(query: str, **variables: Any) -> Any:
    """Its data, as callers get it, where nothing failed."""
    outcome = await answered(query, **variables)
    assert (outcome.executed, outcome.errors) == (True, ())
    return msgspec.json.decode(msgspec.json.encode(outcome.data))


async def test_an_object_is_the_same_wherever_it_stands() -> None:
    """In a list, by its id, and when asked again: a normalised cache finds one object, not three."""
    listed = await data_of("{ studios(first: 3) { nodes { id name phone category convener { id } } } }")
    [studio, *_] = listed["studios"]["nodes"]

    found = await data_of(
        "query ($id: ID!) { node(id: $id) { ... on Studio { id name phone category convener { id } } } }",
        id=studio["id"],
    )
    again = await data_of("{ studios(first: 3) { nodes { id name phone category convener { id } } } }")

    assert found["node"] == studio
    assert again == listed


async def test_a_list_is_read_to_its_end() -> None:
    """By its cursors, as many as its count says, nobody twice."""
    found: list[str] = []
    after = None
    while True:
        read = await data_of(
            "query ($after: String) { members(first: 7, after: $after) "
            "{ totalCount nodes { id } edges { node { id } } pageInfo { hasNextPage endCursor } } }",
            after=after,
        )
        page = read["members"]
        assert [edge["node"] for edge in page["edges"]] == page["nodes"]
        found += [node["id"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break

    assert len(found) == len(set(found)) == page["totalCount"]


async def test_values_look_like_what_they_stand_for() -> None:
    """Words of the field's own description; what ends does so after it began."""
    read = await data_of(
        "query ($id: ID!) { studio(id: $id) { name phone convener { portraitUrl } } "
        'dutyShifts(regionCode: "331002", from: "2026-01-01T00:00:00+08:00", to: "2026-01-02T00:00:00+08:00") '
        "{ startsAt endsAt } }",
        id=global_id("Studio", "7"),
    )

    assert read["studio"]["name"].startswith("名称 ")
    assert read["studio"]["phone"].startswith("0576-8800")
    assert read["studio"]["convener"]["portraitUrl"].startswith("https://example.invalid/")
    assert all(shift["startsAt"] < shift["endsAt"] for shift in read["dutyShifts"])


async def test_what_the_gateway_refuses_is_refused_here_too() -> None:
    """An id nobody made, a page too large, a cursor of another list."""
    codes = []
    for query in (
        '{ studio(id: "x") { id } }',
        "{ studios(first: 101) { nodes { id } } }",
        '{ studios(first: 1, after: "x") { nodes { id } } }',
        '{ studio(id: "' + global_id("Member", "1") + '") { id } }',
    ):
        outcome = await answered(query)
        codes += [getattr(error.original_error, "code", None) for error in outcome.errors]

    assert codes == ["BAD_ID", "PAGE_TOO_LARGE", "BAD_CURSOR", "BAD_ID"]


async def test_ids_keep_their_places() -> None:
    """The wrong one costs its own place."""
    outcome = await answered(
        "query ($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }", ids=["x", global_id("Member", "1")]
    )

    assert isinstance(outcome.data, dict)
    assert outcome.data["nodes"] == [None, {"id": global_id("Member", "1"), "__typename": "Member"}]


async def test_every_answer_says_that_it_is_invented() -> None:
    """A refused one too."""
    assert (await answered("{ viewer { displayName } }")).extensions == {"mock": True}
    assert (await answered("{ nothing }")).extensions == {"mock": True}


SPAN = {"from": "2026-01-01T00:00:00+08:00", "to": "2026-01-20T00:00:00+08:00"}
VARIABLES = SPAN | {
    "first": 3,
    "year": 2026,
    "text": "停车",
    "regionCode": "331002",
    "filter": {},
    "period": {"from": "2026-01-01", "to": "2026-01-31"},
    "changedSince": SPAN["from"],
    "memberId": global_id("Member", "1"),
    "rootId": global_id("Organization", "1"),
}
IDS = {"02": "Studio", "11": "MicroSuggestion", "12": "Deliberation"}
TEXTS = {path.stem: path.read_text() for path in sorted(OPERATIONS.glob("*.graphql"))}
QUERIES = {name: text for name, text in TEXTS.items() if "\nquery " in text}


@pytest.mark.parametrize("name", QUERIES)
async def test_the_operations_are_answered_whole(name: str) -> None:
    """With values of the types they are declared with."""
    identifier = global_id(IDS.get(name[:2], "Studio"), "1")

    await data_of(QUERIES[name], **VARIABLES, id=identifier)


def test_nothing_is_left_that_asks_a_platform() -> None:
    """Every field is invented, those of the whole schema."""
    schema = mock_schema()

    assert print_schema(schema) == print_schema(build_schema(sdl("en")))
    assert not [
        f"{kind.name}.{name}"
        for kind in schema.type_map.values()
        for name, field in getattr(kind, "fields", {}).items()
        if declaration_of(field) is not None
    ]
