"""Interfaces and unions: every value is completed as the type it turns out to be."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from graphql import ExecutionResult, GraphQLInterfaceType, build_schema, parse

from gateway.execution.adapter import execute
from tests.gateway.execution.library.graph import BookRecord, TapeRecord
from tests.gateway.execution.library.running import Library, answered, ids

TEXT = "{ named { __typename name ...on Dog { legs } } }"


async def told(resolve_type: Callable[..., Any] | None, *values: Any) -> tuple[Any, list[tuple[str, str]]]:
    """A list of an interface; its type is told by hand."""
    schema = build_schema(
        """
        interface Named { name: String }
        type Dog implements Named { name: String, legs: Int }
        type Fish implements Named { name: String }
        type Stone { weight: Int }
        type Query { named: [Named], stone: Stone }
        """
    )
    named = schema.get_type("Named")
    assert isinstance(named, GraphQLInterfaceType)
    named.resolve_type = resolve_type
    result: Any = execute(schema, parse(TEXT), {"named": list(values)})
    done: ExecutionResult = result if isinstance(result, ExecutionResult) else await result
    assert done.data is not None
    return done.data["named"], [(".".join(map(str, error.path or ())), error.message) for error in done.errors or ()]


async def test_records_are_told_by_their_class() -> None:
    """What is not wanted of the one type is not asked of the other; order is kept."""
    library = Library(BookRecord(key="a", title="A", pages=1), TapeRecord(key="t"), BookRecord(key="b", title="B"))

    result = await answered(
        library,
        f"{{ held(ids: {ids('Book:a', 'Tape:t', 'Book:b')}) {{ __typename title ...on Book {{ pages }}"
        " ...on Tape { minutes } } }",
    )

    assert result.data["held"] == [
        {"__typename": "Book", "title": "A", "pages": 1},
        {"__typename": "Tape", "title": "A tape", "minutes": 60},
        {"__typename": "Book", "title": "B", "pages": 100},
    ]


async def test_a_record_that_is_of_no_such_type_costs_its_place() -> None:
    """Whatever a platform answers, only its own place is lost."""
    library = Library(BookRecord(key="a"))
    library.tapes["t"] = msgspec.Raw(b"{}")

    result = await answered(library, f"{{ held(ids: {ids('Tape:t', 'Book:a')}) {{ title }} }}")

    assert result.data["held"] == [None, {"title": "A book"}]
    assert result.paths == ["held.0"]


async def test_by_hand_it_may_be_told_at_once_or_later() -> None:
    """Value by value; an error is that value's."""

    def told_at_once(value: Any, *_: Any) -> Any:
        async def later() -> str:
            return str(1 // value["late"] and value["kind"])

        return later() if "late" in value else value["kind"]

    found, errors = await told(
        told_at_once,
        {"kind": "Dog", "name": "a", "legs": 4},
        {"kind": "Fish", "name": "b", "late": 1},
        None,
        {"kind": "Dog", "late": 0},
        {},
    )

    assert found == [
        {"__typename": "Dog", "name": "a", "legs": 4},
        {"__typename": "Fish", "name": "b"},
        None,
        None,
        None,
    ]
    assert sorted(path for path, _ in errors) == ["named.3", "named.4"]


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (None, "Either the 'Named' type should provide a 'resolve_type' function"),
        (5, "received '5', which is not a valid Object type name."),
        ("Nothing", "was resolved to a type 'Nothing' that does not exist inside the schema."),
        ("Int", "was resolved to a non-object type 'Int'."),
        ("Stone", "Runtime Object type 'Stone' is not a possible type for 'Named'."),
    ],
)
async def test_what_cannot_be_a_type_there_is_told(answer: Any, message: str) -> None:
    """In graphql-core's words; the neighbours are shown."""

    def resolve_type(value: Any, *_: Any) -> Any:
        return "Fish" if value["name"] == "a" else answer

    found, ((path, told_message),) = await told(resolve_type, {"name": "a"}, {"name": "b"})

    assert (found, path) == ([{"__typename": "Fish", "name": "a"}, None], "named.1")
    assert message in told_message
