"""How many rows are asked for: by a number, a list, a variable or its default; whatever is sent, never an exception."""

from typing import Any

import pytest
from graphql import FieldNode, OperationDefinitionNode, parse

from gateway.limits.rows import Slice, rows_of
from schema.declarations import ListSize


def rows(text: str, variables: dict[str, Any] | None = None) -> int:
    """The rows of the first field of an operation."""
    operation = parse(text).definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    node = operation.selection_set.selections[0]
    assert isinstance(node, FieldNode)
    size = ListSize(50, slicing="ids" if node.name.value == "ids" else "first")
    defaults = {v.variable.name.value: v.default_value for v in operation.variable_definitions or ()}
    found = rows_of(node, size, defaults)
    return found.rows(variables or {}) if isinstance(found, Slice) else found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{ page(first: 3) }", 3),
        ("{ page(first: 50) }", 50),
        ("{ page(first: 51) }", 50),
        ("{ page(first: 0) }", 1),
        ("{ page(first: -5) }", 1),
        ("{ page(first: " + "9" * 6000 + ") }", 50),
        ("{ page(first: -" + "9" * 6000 + ") }", 1),
        ("{ page(first: null) }", 1),
        ('{ page(first: "3") }', 1),
        ("{ page }", 50),
        ('{ ids(ids: ["a", "b"]) }', 2),
        ('{ ids(ids: "a") }', 1),
        ("{ ids(ids: []) }", 1),
        ("{ ids(ids: [$a, $b, $c]) }", 3),
    ],
)
def test_rows_written_in_the_document(text: str, expected: int) -> None:
    """Between one and as many as are ever given."""
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (3, 3),
        (10**40, 50),
        (-(10**40), 1),
        (0, 1),
        (2.0, 2),
        (float("inf"), 50),
        (float("nan"), 1),
        (True, 1),
        (None, 1),
        ("many", 1),
        ({}, 1),
        ([1, 2, 3], 3),
        ([[[]]] * 100_000, 50),
        ([], 1),
    ],
)
def test_rows_by_a_variable(value: Any, expected: int) -> None:
    """What is no number of rows counts as one and is refused when it is coerced or read."""
    assert rows("query ($n: Int) { page(first: $n) }", {"n": value}) == expected


def test_rows_by_a_variable_that_was_not_sent() -> None:
    """By its default, else as many as there can be."""
    assert rows("query ($n: Int = 5) { page(first: $n) }") == 5
    assert rows("query ($n: Int) { page(first: $n) }") == 50
