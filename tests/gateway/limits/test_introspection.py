"""Whether the schema may be asked for is a setting."""

from gateway.limits.introspection import check_introspection
from tests.gateway.limits.checking import refusal_of


def test_questions_about_the_schema_can_be_refused() -> None:
    """In fragments and behind aliases too; by default they are answered."""
    for text in ("{ __schema { types { name } } }", '{ ...f } fragment f on Query { x: __type(name: "Q") { name } }'):
        assert refusal_of(check_introspection, text) is None
        assert refusal_of(check_introspection, text, introspection="off") == ("INTROSPECTION_OFF", {})


def test_the_type_of_an_object_is_always_told() -> None:
    """``__typename`` is part of ordinary operations."""
    assert refusal_of(check_introspection, "{ __typename a { __typename } }", introspection="off") is None
