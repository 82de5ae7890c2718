"""Lists and objects are completed as columns, whatever values by hand they are made of."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from graphql import ExecutionResult, GraphQLSchema, build_schema, parse
from graphql.type import GraphQLObjectType

from gateway.execution.adapter import execute


@pytest.fixture
def schema() -> GraphQLSchema:
    """Lists and objects, without resolvers."""
    return build_schema(
        """
        type Query { numbers: [Int], grid: [[Int!]]!, things: [Thing], thing: Thing }
        type Thing { name: String, things: [Thing!] }
        """
    )


async def told(schema: GraphQLSchema, text: str, root: dict[str, Any]) -> tuple[Any, list[tuple[str, str]]]:
    """Data, and errors as paths and messages."""
    result: Any = execute(schema, parse(text), root)
    done: ExecutionResult = result if isinstance(result, ExecutionResult) else await result
    return done.data, [(".".join(map(str, error.path or ())), error.message) for error in done.errors or ()]


def counted() -> Iterator[int]:
    """A generator."""
    yield from (1, 2)


def broken() -> Iterator[int]:
    """A generator that fails on its way."""
    yield 1
    raise LookupError("torn")


@pytest.mark.parametrize("value", [[1, 2], (1, 2), {1: "a", 2: "b"}.keys(), counted()])
async def test_a_list_may_be_anything_to_iterate(schema: GraphQLSchema, value: Any) -> None:
    """Lists, tuples, views, generators."""
    assert await told(schema, "{ numbers }", {"numbers": value}) == ({"numbers": [1, 2]}, [])


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("12", "Expected Iterable, but did not find one for field 'Query.numbers'."),
        (12, "Expected Iterable, but did not find one for field 'Query.numbers'."),
        (broken(), "torn"),
        (LookupError("no list"), "no list"),
    ],
)
async def test_what_is_no_list_is_that_place_s_error(schema: GraphQLSchema, value: Any, message: str) -> None:
    """A text is none; one that cannot be read to its end is lost whole."""
    assert await told(schema, "{ numbers }", {"numbers": value}) == ({"numbers": None}, [("numbers", message)])


async def test_lists_in_lists_keep_their_shape(schema: GraphQLSchema) -> None:
    """Empty ones, null ones, and those that lose an item they must have."""
    root = {"grid": [[1, 2], [], None, [3, None], (4,)]}

    data, errors = await told(schema, "{ grid }", root)

    assert data == {"grid": [[1, 2], [], None, None, [4]]}
    assert [path for path, _ in errors] == ["grid.3.1"]


async def test_items_and_lists_may_have_to_be_awaited(schema: GraphQLSchema) -> None:
    """Awaitables in a list, and asynchronous iterables; each that fails fails its place."""

    async def later(value: Any) -> Any:
        if isinstance(value, Exception):
            raise value
        return value

    async def streamed() -> AsyncIterator[Any]:
        yield {"name": "a"}
        yield {"name": "b"}

    root = {"numbers": [later(1), 2, later(LookupError("late")), later(None)], "things": streamed()}

    data, errors = await told(schema, "{ numbers things { name } }", root)

    assert data == {"numbers": [1, 2, None, None], "things": [{"name": "a"}, {"name": "b"}]}
    assert errors == [("numbers.2", "late")]


async def test_objects_of_a_list_are_completed_together(schema: GraphQLSchema) -> None:
    """With nulls and errors among them, level by level."""
    root = {
        "things": [
            {"name": "a", "things": [{"name": "aa"}, {"name": "ab"}]},
            None,
            LookupError("gone"),
            {"name": "b", "things": []},
            {"name": "c", "things": [None]},
        ]
    }

    data, errors = await told(schema, "{ things { name things { name } } }", root)

    assert data["things"] == [
        {"name": "a", "things": [{"name": "aa"}, {"name": "ab"}]},
        None,
        None,
        {"name": "b", "things": []},
        {"name": "c", "things": None},
    ]
    assert errors == [
        ("things.2", "gone"),
        ("things.4.things.0", "Cannot return null for non-nullable field Thing.things."),
    ]


@pytest.mark.parametrize("late", [True, False])
async def test_a_type_may_refuse_a_value(schema: GraphQLSchema, *, late: bool) -> None:
    """Its own test, by hand, is asked of each; it may have to be awaited, and may fail."""

    def is_thing(value: Any, _: Any) -> bool:
        return bool(1 // value["good"])

    async def is_thing_later(value: Any, info: Any) -> bool:
        return is_thing(value, info)

    thing = schema.get_type("Thing")
    assert isinstance(thing, GraphQLObjectType)
    thing.is_type_of = is_thing_later if late else is_thing

    data, errors = await told(
        schema, "{ things { name } }", {"things": [{"good": 1, "name": "a"}, {"good": 2}, {"good": 0}, None]}
    )

    assert data == {"things": [{"name": "a"}, None, None, None]}
    assert [path for path, _ in errors] == ["things.1", "things.2"]
    assert errors[0][1].startswith("Expected value of type 'Thing' but got:")
