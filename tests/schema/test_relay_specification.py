"""The Relay server specification, held against the schema as introspection tells it."""

from typing import Any

import pytest
from graphql import get_introspection_query, graphql_sync

from schema.build import shared_schema

Told = dict[str, Any]
SCHEMA = graphql_sync(shared_schema(), get_introspection_query()).data["__schema"]  # type: ignore[index]  # it answers
TYPES: dict[str, Told] = {kind["name"]: kind for kind in SCHEMA["types"]}
CONNECTIONS = sorted(name for name in TYPES if name.endswith("Connection"))


def written(kind: Told) -> str:
    """A type as SDL writes it."""
    if kind["kind"] == "NON_NULL":
        return f"{written(kind['ofType'])}!"
    return f"[{written(kind['ofType'])}]" if kind["kind"] == "LIST" else str(kind["name"])


def fields(name: str) -> dict[str, Told]:
    """The fields of a type."""
    return {field["name"]: field for field in TYPES[name]["fields"]}


def arguments(field: Told) -> dict[str, str]:
    """What a field takes."""
    return {argument["name"]: written(argument["type"]) for argument in field["args"]}


def connecting() -> list[tuple[str, Told]]:
    """Every field that leads to a connection."""
    return [
        (f"{name}.{field['name']}", field)
        for name, kind in TYPES.items()
        for field in kind["fields"] or ()
        if written(field["type"]).rstrip("!") in CONNECTIONS
    ]


def test_objects_are_found_again() -> None:
    """``Node`` has an id, ``node`` takes it, and ``nodes`` answers each in its place."""
    root = fields("Query")

    assert {name: written(field["type"]) for name, field in fields("Node").items()} == {"id": "ID!"}
    assert (arguments(root["node"]), written(root["node"]["type"])) == ({"id": "ID!"}, "Node")
    assert (arguments(root["nodes"]), written(root["nodes"]["type"])) == ({"ids": "[ID!]!"}, "[Node]!")


def test_what_has_an_id_is_a_node() -> None:
    """But for what is read with what holds it alone, which has a global id all the same; a write's is its own."""
    having = {name for name, kind in TYPES.items() if kind["kind"] == "OBJECT" and "id" in fields(name)}
    nodes = {kind["name"] for kind in TYPES["Node"]["possibleTypes"]}

    assert nodes <= having
    assert having - nodes == {"Attachment", "Message", "ProposalReply", "Todo", "WriteStatus"}
    assert {written(fields(name)["id"]["type"]) for name in having} == {"ID!"}


@pytest.mark.parametrize("name", CONNECTIONS)
def test_a_connection_has_edges_and_page_info(name: str) -> None:
    """An edge holds a cursor, which is text, and a node, which is no list."""
    edge = name.removesuffix("Connection") + "Edge"
    found = {field: written(told["type"]) for field, told in fields(name).items()}
    node = written(fields(edge)["node"]["type"])

    assert TYPES[name]["kind"] == TYPES[edge]["kind"] == "OBJECT"
    assert found["edges"].replace("!", "") == f"[{edge}]"
    assert found["pageInfo"] == "PageInfo!"
    assert written(fields(edge)["cursor"]["type"]) == "String!"
    assert not node.startswith("[")
    assert found["nodes"].replace("!", "") == f"[{node.rstrip('!')}]"


def test_page_info_is_as_specified() -> None:
    """Cursors may be null, where a page has no edge."""
    assert {name: written(field["type"]) for name, field in fields("PageInfo").items()} == {
        "hasNextPage": "Boolean!",
        "hasPreviousPage": "Boolean!",
        "startCursor": "String",
        "endCursor": "String",
    }


def test_every_connection_pages_forward() -> None:
    """``first`` is an integer, ``after`` a cursor that may be left out; nothing pages backward."""
    taken = {place: arguments(field) for place, field in connecting()}

    assert len(taken) > 20
    assert {place for place, given in taken.items() if given.get("first", "").rstrip("!") != "Int"} == set()
    assert {place for place, given in taken.items() if given.get("after") != "String"} == set()
    assert {place for place, given in taken.items() if {"last", "before"} & given.keys()} == set()


def test_every_connection_is_reached() -> None:
    """None is left over."""
    assert {written(field["type"]).rstrip("!") for _, field in connecting()} == set(CONNECTIONS)
