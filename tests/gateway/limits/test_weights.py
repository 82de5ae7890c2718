"""What one field costs, and how long its list can be."""

from graphql import GraphQLObjectType

from gateway.limits.weights import size_of, weight_of
from schema.build import shared_schema
from schema.declarations import UNSAID, ListSize

SCHEMA = shared_schema()


def field(type_name: str, name: str):  # type: ignore[no-untyped-def]  # noqa: ANN201 - graphql-core's own
    """One field of the schema."""
    kind = SCHEMA.type_map[type_name]
    assert isinstance(kind, GraphQLObjectType)
    return kind.fields[name]


def test_a_read_costs_a_point_and_a_value_nothing() -> None:
    """Unless it is said otherwise, as for values that a source of their own is asked for."""
    assert weight_of(field("Studio", "name")) == 0
    assert weight_of(field("Studio", "region")) == 0
    assert weight_of(field("Studio", "statistics")) == 1
    assert weight_of(field("Query", "nodes")) == 1
    assert weight_of(field("Studio", "viewerFollows")) == 1
    assert weight_of(field("__Type", "fields")) == 0


def test_lists_and_connections_have_a_size() -> None:
    """A single object has none."""
    assert size_of(field("Studio", "members")) == ListSize(100, slicing="first")
    assert size_of(field("MemberConnection", "nodes")) == ListSize(100, page=True)
    assert size_of(field("Query", "dutyShifts")) == ListSize(500)
    assert size_of(field("Question", "replies")) == UNSAID
    assert size_of(field("__Type", "fields")) == UNSAID
    assert size_of(field("Studio", "region")) is None
