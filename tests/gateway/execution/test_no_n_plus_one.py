"""No operation that front-end teams run asks a platform once for each object of a list."""

from collections.abc import Iterator
from itertools import product

from graphql import GraphQLError, GraphQLSchema, NamedTypeNode, NonNullTypeNode, OperationDefinitionNode, OperationType
from graphql.execution.values import VariableValues

from connectors.ports import OfficialDirectory, TodoSource
from gateway.execution.documents import Document, Documents
from gateway.execution.planning import Plan
from gateway.execution.telling import repeated
from schema.build import build_schema
from tests.stack import OPERATIONS

SERVED = {"01", "02", "03", "09", "11", "12", "15", "16", "17", "19", "20", "21", "22", "23"}
"""Operations that validate by now; what comes later is looked at without being named here."""


def _plans(schema: GraphQLSchema, document: Document) -> Iterator[Plan]:
    """A plan for each operation and each way its boolean variables can fall out."""
    assert document.parsed is not None
    for node in document.parsed.definitions:
        if isinstance(node, OperationDefinitionNode) and node.operation is not OperationType.SUBSCRIPTION:
            compiled = document.operation(schema, node.name.value if node.name else None)
            assert not isinstance(compiled, GraphQLError)
            flags = _flags(node)
            for values in product((True, False), repeat=len(flags)):
                yield compiled.plan(VariableValues({}, dict(zip(flags, values, strict=True))))


def _flags(node: OperationDefinitionNode) -> list[str]:
    kinds = {one.variable.name.value: one.type for one in node.variable_definitions or ()}
    bare = {name: kind.type if isinstance(kind, NonNullTypeNode) else kind for name, kind in kinds.items()}
    return [name for name, kind in bare.items() if isinstance(kind, NamedTypeNode) and kind.name.value == "Boolean"]


def _found(schema: GraphQLSchema, text: str) -> set[tuple[str, str]]:
    """Which places of its plans are an N+1: the path, and the source it asks."""
    document = Documents(schema).read(text)
    assert document.errors == ()
    return {
        (".".join(place.path), place.source.__qualname__)
        for plan in _plans(schema, document)
        for place in repeated(plan)
    }


def test_no_operation_of_the_front_ends_contains_one() -> None:
    """Of all that validate against the schema."""
    schema = build_schema()
    texts = {path.name: path.read_text() for path in sorted(OPERATIONS.glob("*.graphql"))}
    valid = {name: text for name, text in texts.items() if not Documents(schema).read(text).errors}

    found = {name: places for name, text in valid.items() if (places := _found(schema, text))}

    assert {name[:2] for name in valid} >= SERVED
    assert found == {}


def test_one_below_a_list_is_found() -> None:
    """To-dos are asked for person by person: a studio's members must not be asked for theirs."""
    operation = "{ studios(first: 5) { nodes { members(first: 5) { nodes { official { todos(first: 5) { nodes { id } } } } } } } }"

    found = _found(build_schema(), operation)

    assert found == {("studios.nodes.members.nodes.official.todos", TodoSource.list_todos.__qualname__)}


def test_one_for_one_object_is_none() -> None:
    """A call for the asker's own is a call like any other."""
    assert _found(build_schema(), "{ viewer { official { todos(first: 5) { nodes { id } } } } }") == set()


def test_one_that_a_flag_brings_is_found() -> None:
    """Also where it is only asked for sometimes."""
    operation = """query Units($id: ID!, $people: Boolean = false) {
        organization(id: $id) { children { officials(first: 2) @include(if: $people) { totalCount } } }
    }"""

    found = _found(build_schema(), operation)

    assert found == {("organization.children.officials", OfficialDirectory.list_unit_officials.__qualname__)}
