"""How large an answer can become is reckoned before anything is asked; what would be too large is refused."""

from typing import Any

import pytest
from graphql import OperationDefinitionNode, get_introspection_query, parse

from gateway.execution.size import MOST_VALUES, most_values
from schema.build import build_schema
from schema.identifiers import global_id
from tests.stack import Gateway, Sandbox, operation

SCHEMA = build_schema()


def reckoned(text: str, **variables: Any) -> int:
    """The most values of the first operation in a text."""
    document = parse(text)
    first = document.definitions[0]
    assert isinstance(first, OperationDefinitionNode)
    return most_values(SCHEMA, document, first, variables)


def circles(levels: int, rows: int = 100) -> str:
    """Questions of a studio, their studio, its questions, and so on."""
    text = "id"
    for _ in range(levels):
        text = f"questions(first: {rows}) {{ nodes {{ studio {{ {text} }} }} }}"
    return f'{{ studio(id: "x") {{ {text} }} }}'


@pytest.mark.parametrize(
    ("text", "variables", "most"),
    [
        ("{ studios(first: 3) { totalCount } }", {}, 1 + 3 * 2),
        ("query ($n: Int!) { studios(first: $n) { nodes { id name } } }", {"n": 5}, 1 + 5 * (1 + 1 + (1 + 2))),
        ("query ($n: Int = 7) { studios(first: $n) { totalCount } }", {}, 1 + 7 * 2),
        ("query ($n: Int!) { studios(first: $n) { totalCount } }", {"n": 2**31}, 1 + 100 * 2),
        ("query ($n: Int!) { studios(first: $n) { totalCount } }", {"n": -1}, 1 + 2),
        ("query ($n: Int!) { studios(first: $n) { totalCount } }", {"n": float("inf")}, 1 + 100 * 2),
        ("query ($n: Int!) { studios(first: $n) { totalCount } }", {"n": "many"}, 1 + 2),
        ("query ($i: [ID!]!) { nodes(ids: $i) { id } }", {"i": ["a", "b"]}, 1 + 2 * 2),
        ('{ nodes(ids: ["a", "b", "c"]) { ... on Studio { name } ...f } } fragment f on Node { id }', {}, 1 + 3 * 3),
        ('{ question(id: "x") { replies { body } } }', {}, 1 + 1 + 1 + 10 * 2),
        ("{ __schema { types { name } } __typename }", {}, 1 + 1 + 1 + 10 * 2 + 1),
    ],
)
def test_values_are_counted_by_the_rows_asked_for(text: str, variables: dict[str, Any], most: int) -> None:
    """Each field once for every object it can stand on, and each object."""
    assert reckoned(text, **variables) == most


def test_fragments_in_fragments_take_no_longer() -> None:
    """Spread twice in one another a hundred times they are two to the hundredth values, told at once."""
    chain = "".join(f"fragment f{n} on Studio {{ ...f{n + 1} ...f{n + 1} }} " for n in range(100))

    most = reckoned('{ studio(id: "x") { ...f0 } } ' + chain + "fragment f100 on Studio { id }")

    assert most > 2**100


@pytest.mark.parametrize("number", ["01", "02", "23"])
def test_what_front_ends_ask_is_far_below_the_bound(number: str) -> None:
    """Even with the largest pages."""
    assert reckoned(operation(number), first=100) < MOST_VALUES / 10


async def test_what_would_be_too_large_is_refused(sandbox: Sandbox, gateway: Gateway) -> None:
    """Four levels of a hundred rows: the caller is told at once, and no platform is asked."""
    body = await gateway.query(circles(4))

    assert [error["extensions"]["code"] for error in body["errors"]] == ["OPERATION_TOO_LARGE"]
    assert "data" not in body
    assert sandbox.calls() == {}


async def test_a_circle_within_the_bound_is_walked(sandbox: Sandbox, gateway: Gateway) -> None:
    """Going in circles is no fault by itself."""
    text = circles(2, rows=3).replace('"x"', f'"{global_id("Studio", sandbox.world.studios[0].key)}"')

    body = await gateway.query(text)

    assert "errors" not in body


def test_tools_can_read_the_whole_schema() -> None:
    """The introspection that tools send, with all it can ask for, stays well within the bound."""
    everything = get_introspection_query(
        descriptions=True,
        specified_by_url=True,
        directive_is_repeatable=True,
        schema_description=True,
        input_value_deprecation=True,
        one_of=True,
    )

    assert reckoned(everything) < MOST_VALUES / 2
