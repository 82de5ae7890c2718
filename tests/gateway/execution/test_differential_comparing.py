"""The comparison itself: what it lets pass, and what it does not."""

from typing import Any

import pytest
from graphql import GraphQLError

from tests.gateway.execution.differential.comparing import Answer, difference, gave_up

PathKeys = list[str | int]


def answer(data: Any, *errors: tuple[str, PathKeys]) -> Answer:
    """An answer with errors of these messages at these paths."""
    return Answer(data, [GraphQLError(message, path=path, original_error=ValueError()) for message, path in errors])


SAME = [
    (answer({"a": 1.5}), answer({"a": 1.5})),
    (answer({"a": float("nan")}), answer({"a": float("nan")})),
    (
        answer({"a": None, "b": None}, ("x", ["a"]), ("y", ["b"])),
        answer({"a": None, "b": None}, ("y", ["b"]), ("x", ["a"])),
    ),
    (answer({"a": None}, ("x", ["a", "b"])), answer({"a": None}, ("y", ["a", 0, "c"]), ("x", ["a", "b"]))),
    (answer(None, ("x", ["a", "b"])), answer(None, ("y", ["c"]))),
]


@pytest.mark.parametrize(("expected", "found"), SAME)
def test_the_order_of_errors_and_what_a_null_discards_are_free(expected: Answer, found: Answer) -> None:
    """Errors compare as multisets, and below a null that rose one is enough."""
    assert difference(expected, found) is None


OTHER = [
    (answer({"a": 1}), answer({"a": 1.0})),
    (answer({"a": 1}), answer({"a": True})),
    (answer({"a": 1, "b": 2}), answer({"b": 2, "a": 1})),
    (answer({"a": [1]}), answer({"a": [1, 2]})),
    (answer({"a": None}), answer({"a": None}, ("x", ["a"]))),
    (answer({"a": None}, ("x", ["a"])), answer({"a": None}, ("y", ["a"]))),
    (answer({"a": [None, None]}, ("x", ["a", 0])), answer({"a": [None, None]}, ("x", ["a", 1]))),
    (answer({"a": None}, ("x", ["a"]), ("x", ["a"])), answer({"a": None}, ("x", ["a"]))),
    (answer({"a": None}, ("x", ["a", "b"])), answer({"a": None})),
    (
        answer({"a": None, "c": None}, ("x", ["a", "b"]), ("y", ["c"])),
        answer({"a": None, "c": None}, ("x", ["a", "b"])),
    ),
    (answer(None, ("no such variable", [])), answer(None)),
]


@pytest.mark.parametrize(("expected", "found"), OTHER)
def test_whatever_else_differs_is_told(expected: Answer, found: Answer) -> None:
    """Types, order of keys, lengths, messages, paths and how often; and a null without any error."""
    assert difference(expected, found) is not None
    assert difference(found, expected) is not None


def test_a_null_that_rose_is_noticed() -> None:
    """It is one that stands above the field that failed."""
    assert gave_up(answer({"a": None}, ("x", ["a", "b"])))
    assert not gave_up(answer({"a": None}, ("x", ["a"])))
