"""How deep an operation may go."""

import pytest
from graphql import get_introspection_query

from gateway.limits.depth import check_depth
from tests.gateway.limits.checking import refusal_of

TOO_DEEP = ("DOCUMENT_TOO_DEEP", {"most": 4})


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("{ a { a { a { a } } } }", False),
        ("{ a { a { a { a { a } } } } }", True),
        ("{ a { a { ... on Q { a { ... { a } } } } } }", False),
        ("{ a { ...f } } fragment f on Q { a { a { a } } }", False),
        ("{ a { ...f } } fragment f on Q { a { a { a { a } } } }", True),
        ("{ a { ...f } } fragment f on Q { a { ...g } } fragment g on Q { a { a { a } } }", True),
        ("query one { a } query two { a { a { a { a { a } } } } }", True),
        ("{ " + "... { " * 12 + "a" + " }" * 13, False),
        ("{ " + "... { " * 60 + "a" + " }" * 61, True),
        ("{ __schema { a { a { a { a } } } } }", False),
    ],
)
def test_levels_of_fields_are_counted_through_fragments(text: str, refused: bool) -> None:  # noqa: FBT001 - one claim a row
    """Fields in fields, wherever they are written; type conditions only when there are senselessly many."""
    assert refusal_of(check_depth, text, depth=4) == (TOO_DEEP if refused else None)


def test_questions_about_the_schema_have_their_own_depth() -> None:
    """Tools need more levels than pages do."""
    text = "{ a { a { a } } ...f } fragment f on Query { __schema { types { ...g } } } fragment g on __Type { name }"

    assert refusal_of(check_depth, text, introspection_depth=3) is None
    assert refusal_of(check_depth, text.replace("{ name }", "{ a { a } }"), introspection_depth=3) is not None


def test_tools_can_read_the_schema() -> None:
    """The usual introspection is within what is set by default."""
    assert refusal_of(check_depth, get_introspection_query(input_value_deprecation=True)) is None
