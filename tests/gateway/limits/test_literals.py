"""How many values may be written in lists and objects of a document, and how deep."""

import pytest

from gateway.limits.literals import check_literals
from tests.gateway.limits.checking import refusal_of


@pytest.mark.parametrize(
    "text",
    [
        "{ a(x: [1, 2, 3, 4]) }",
        "{ a(x: {p: 1, q: {r: 1, s: 2}}) }",
        "{ a(x: [1, 2]) b(x: [3, 4]) }",
        "query ($x: [Int] = [1, 2, 3, 4]) { a }",
        "{ a @d(x: [1, 2, 3, 4]) }",
        "{ ...f } fragment f on Q { a(x: [1, 2, 3, 4]) }",
    ],
)
def test_values_in_lists_and_objects_are_counted_together(text: str) -> None:
    """Wherever arguments and defaults are written."""
    assert refusal_of(check_literals, text, literals=4) is None
    assert refusal_of(check_literals, text, literals=3) == ("TOO_MANY_LITERALS", {"most": 3})


def test_plain_values_are_not_counted() -> None:
    """A number, a string or a variable is no list."""
    assert refusal_of(check_literals, '{ a(x: 1, y: "2", z: $z) b(x: 1) }', literals=1) is None


@pytest.mark.parametrize("text", ["{ a(x: [[[1]]]) }", "{ a(x: {p: {q: {r: 1}}}) }", "{ a(x: [{p: [[]]}]) }"])
def test_nested_values_have_a_depth(text: str) -> None:
    """Lists and objects in one another."""
    levels = text.count("[") + text.count("{") - 1

    assert refusal_of(check_literals, text, literal_depth=levels + 1) is None
    assert refusal_of(check_literals, text, literal_depth=levels - 1) == ("LITERAL_TOO_DEEP", {"most": levels - 1})
