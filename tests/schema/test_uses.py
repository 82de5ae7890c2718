"""What of the schema a document uses."""

from graphql import build_schema, parse

from schema.uses import uses_in, variables_take

SCHEMA = build_schema("""
interface Node { id: ID! }
type Studio implements Node { id: ID!, name(short: Boolean): String, members(order: Order, filter: Filter): [Studio] }
enum Order { NAME AGE }
input Filter { sector: Sector, within: Filter }
input Sector { name: String, order: Order }
type Query { node: Node, studio: Studio }
""")


def uses(text: str) -> set[str]:
    """Of one document."""
    return set(uses_in(SCHEMA, parse(text).definitions))


def test_fields_and_arguments_are_named_with_their_type() -> None:
    """By the schema coordinates of the specification."""
    assert uses("{ studio { name(short: true) } }") == {"Query.studio", "Studio.name", "Studio.name(short:)"}


def test_a_field_belongs_to_the_type_it_is_asked_of() -> None:
    """Inside a fragment that is the fragment's."""
    assert uses("{ node { id ... on Studio { name } } }") >= {"Node.id", "Studio", "Studio.name"}


def test_what_a_literal_holds_is_used() -> None:
    """Input fields, and enum values however deep."""
    told = uses("{ studio { members(filter: { within: { sector: { order: AGE } } }) { id } } }")

    assert told >= {"Filter.within", "Filter.sector", "Sector.order", "Order.AGE"}
    assert "Sector.name" not in told
    assert "Order.NAME" not in told


def test_directives_are_used() -> None:
    """With their arguments, which are no field's."""
    told = uses("{ studio { name @include(if: true) } }")

    assert told >= {"@include", "@include(if:)"}
    assert "Studio.name(if:)" not in told


def test_a_variable_may_hold_whatever_its_type_holds() -> None:
    """Although nothing of it stands in the document."""
    document = parse(
        "query ($f: [Filter!]) { studio { members(filter: $f) { id } } } query Two($o: Order) { node { id } }"
    )

    assert variables_take(SCHEMA, document) >= {"Filter.sector", "Filter.within", "Sector.name", "Order.NAME"}
