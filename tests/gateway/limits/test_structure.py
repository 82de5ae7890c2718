"""All limits of structure stand before validation, and none of them raises."""

import pytest
from graphql import GraphQLError, parse
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.limits.settings import LimitSettings
from gateway.limits.structure import CHECKS, check_structure
from tests.stack import OPERATIONS

PIECES = st.sampled_from(["a", "b", "x: a", "...f", "...g", "...gone", "__schema", "a @d", "b(x: [[1]])"])
AROUND = st.sampled_from(["a", "y: b", "...", "... on Q", "__type"])
FIELDS = st.recursive(
    PIECES,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3).map(" ".join) | st.builds("{0} {{ {1} }}".format, AROUND, inner)
    ),
    max_leaves=8,
)
TIGHT = LimitSettings(
    depth=3, introspection_depth=3, fields=10, root_fields=3, aliases=2, fragments=2, repeats=2, literal_depth=1
)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(one=FIELDS, other=FIELDS, third=FIELDS)
def test_any_document_is_judged(one: str, other: str, third: str) -> None:
    """Valid or not, with fragments missing and in circles: a refusal or none, never an exception."""
    document = parse(f"query q {{ {one} }} fragment f on Q {{ {other} }} fragment g on Q {{ {third} }}")

    for limits in (LimitSettings(), TIGHT):
        assert isinstance(check_structure(document, limits), GraphQLError | None)


def test_a_document_without_operations_is_none_of_their_business() -> None:
    """Type definitions and lonely fragments are left to validation."""
    assert check_structure(parse("type Query { a: Int }"), TIGHT) is None
    assert check_structure(parse("fragment f on Q { a }"), TIGHT) is None


def test_a_refusal_keeps_nothing_alive() -> None:
    """It is kept with its text, so the walk of the document must not hang on it."""
    refused = check_structure(parse("{ a b c d }"), TIGHT)

    assert refused is not None
    assert refused.__traceback__ is None
    assert refused.message == "TOO_MANY_ROOT_FIELDS"


def test_depth_is_checked_first() -> None:
    """What comes later may recurse."""
    assert CHECKS[0].__name__ == "check_depth"


@pytest.mark.parametrize("path", sorted(OPERATIONS.glob("*.graphql")), ids=lambda path: path.stem)
def test_what_front_ends_ask_is_within_every_limit(path: object) -> None:
    """All twenty-five operations, those too that the schema does not answer yet."""
    assert check_structure(parse(path.read_text()), LimitSettings()) is None  # type: ignore[attr-defined]  # a path
