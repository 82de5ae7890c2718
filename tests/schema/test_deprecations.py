"""What goes away is said once, beside itself, and found in the schema and its text."""

from datetime import date

import pytest
import strawberry
from graphql import GraphQLSchema, parse, print_schema
from graphql.utilities import get_operation_ast

from schema.deprecated import Deprecated
from schema.deprecations import attach_deprecations, deprecated_in
from schema.fields import DEPRECATED, argument, described, value
from schema.languages import describe_in_chinese

GOES = Deprecated(date(2026, 3, 1), date(2027, 3, 1), zh="请用 phone", en="Use phone")


@strawberry.input
class Filter:
    """Which."""

    town: str | None = strawberry.field(default=strawberry.UNSET, metadata={DEPRECATED: GOES})


@described(zh="入口", en="Where reading begins.")
class Query:
    """Root fields."""

    fax: str | None = value("fax", zh="传真", en="Fax.", deprecated=GOES)
    phone: str | None = value(
        "phone",
        zh="电话",
        en="Phone.",
        arguments=(
            argument("kind", str | None, zh="种类", en="Which.", default=None, deprecated=GOES),
            argument("filter", Filter | None, zh="筛选", en="Which.", default=None),
        ),
    )


def schema() -> GraphQLSchema:
    """One in which a field, an argument and an input's field go away."""
    built: GraphQLSchema = strawberry.Schema(query=Query)._schema
    attach_deprecations(built)
    return built


def used(text: str) -> list[str]:
    """The coordinates an operation is told of."""
    document = parse(text)
    operation = get_operation_ast(document)
    assert operation is not None
    return [coordinate for coordinate, _ in deprecated_in(schema(), operation, {})]


def test_the_text_says_it_in_either_language() -> None:
    """With the day up to which it is there."""
    english, chinese = print_schema(schema()), print_schema(describe_in_chinese(schema()))

    assert english.count('@deprecated(reason: "Use phone. Goes after 2027-03-01.")') == 3
    assert chinese.count('@deprecated(reason: "请用 phone。2027-03-01 之后停用。")') == 3


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{ phone }", []),
        ("{ old: fax }", ["Query.fax"]),
        ('{ phone(kind: "office") }', ["Query.phone(kind:)"]),
        ('{ phone(filter: { town: "x" }) fax }', ["Filter.town", "Query.fax"]),
    ],
)
def test_an_operation_is_told_what_it_uses(text: str, told: list[str]) -> None:
    """Fields, arguments, and what its literals hold."""
    assert used(text) == told


def test_it_cannot_end_before_it_began() -> None:
    """A slip that callers would plan by."""
    with pytest.raises(ValueError, match="2026-02-28"):
        Deprecated(date(2026, 3, 1), date(2026, 2, 28), zh="无", en="None")
