"""Where a change is, and how much it matters."""

import pytest
from graphql import build_schema

from schema.changes import Weight, changes_between

OLD = """
directive @told(at: String) on FIELD
interface Named { name: String }
type Studio implements Named { name: String, phone(kind: Kind = OFFICE): String }
type Member { name: String! }
union Found = Studio | Member
enum Kind { OFFICE MOBILE }
input Filter { sector: String }
type Query { studio(filter: Filter): Studio, found: Found }
"""


@pytest.mark.parametrize(
    ("was", "becomes", "coordinate"),
    [
        (", phone(kind: Kind = OFFICE): String", "", "Studio.phone"),
        ("kind: Kind = OFFICE", "kind: String", "Studio.phone(kind:)"),
        ("(kind: Kind = OFFICE)", "(kind: Kind = OFFICE, of: ID!)", "Studio.phone(of:)"),
        ("name: String!", "name: String", "Member.name"),
        (" MOBILE", "", "Kind.MOBILE"),
        ("{ sector: String }", "{ sector: String, region: String! }", "Filter.region"),
        ("Studio | Member", "Studio", "Found"),
        (" implements Named", "", "Studio"),
        ("(at: String)", "", "@told(at:)"),
        ("directive @told(at: String) on FIELD", "", "@told"),
        ("type Member {", "interface Member {", "Member"),
    ],
)
def test_a_breaking_change_tells_its_place(was: str, becomes: str, coordinate: str) -> None:
    """As a schema coordinate, which the changelog has to name."""
    new = (
        OLD.replace(was, becomes)
        if becomes != "interface Member {"
        else OLD.replace(was, becomes).replace(" | Member", "")
    )

    changes = changes_between(build_schema(OLD), build_schema(new))

    assert coordinate in [change.coordinate for change in changes if change.weight is Weight.BREAKING]


def test_what_is_new_breaks_nothing() -> None:
    """A field is safe; an enum's value may surprise."""
    new = OLD.replace("type Member {", "type Member { age: String,").replace("MOBILE", "MOBILE HOME")

    changes = changes_between(build_schema(OLD), build_schema(new))

    assert [(change.weight, change.coordinate) for change in changes] == [
        (Weight.DANGEROUS, "Kind.HOME"),
        (Weight.SAFE, "Member.age"),
    ]


def test_a_description_is_no_change() -> None:
    """Nobody's program reads it."""
    described = OLD.replace("type Member {", '"Of a committee." type Member {')

    assert changes_between(build_schema(OLD), build_schema(described)) == []
