"""What an answer can come to is reckoned before anything is asked."""

from collections import Counter
from typing import Any

import pytest
from graphql import GraphQLField, GraphQLObjectType, OperationDefinitionNode, get_introspection_query, parse, validate

from gateway.limits.estimate import HIGHEST, Estimate, estimated
from gateway.limits.settings import LimitSettings
from schema.build import shared_schema
from schema.fields import declaration_of
from tests.stack import OPERATIONS

SCHEMA = shared_schema()
LIMITS = LimitSettings()
LARGEST = {"first": 100, "year": 2026, "id": "x", "rootId": "x"}


def estimate_of(text: str) -> Estimate:
    """Of the first operation in a text."""
    document = parse(text)
    first = document.definitions[0]
    assert isinstance(first, OperationDefinitionNode)
    return estimated(SCHEMA, document, first)


@pytest.mark.parametrize(
    ("text", "variables", "points", "values"),
    [
        ('{ studio(id: "x") { name phone } }', {}, 1 + 1, 1 + 1 + 2),
        ('{ studio(id: "x") { region { code } statistics { likes } } }', {}, 2 + 1 + (1 + 1), 2 + 3 + 3),
        ('{ studio(id: "x") { viewerFollows } }', {}, 2 + 1, 3),
        ("{ studios(first: 3) { totalCount } }", {}, 2, 3),
        ("{ studios(first: 3) { pageInfo { endCursor } } }", {}, 2 + 1, 2 + 3),
        ("{ studios(first: 3) { nodes { id } } }", {}, 2 + 3, 2 + 1 + 3 * 2),
        ("{ studios(first: 3) { edges { cursor node { id } } } }", {}, 2 + 3 * 2, 2 + 1 + 3 * 5),
        ("query ($n: Int!) { studios(first: $n) { nodes { id } } }", {"n": 5}, 2 + 5, 3 + 5 * 2),
        ("query ($n: Int = 7) { studios(first: $n) { nodes { id } } }", {}, 2 + 7, 3 + 7 * 2),
        ("query ($n: Int!) { studios(first: $n) { nodes { id } } }", {"n": 2**31}, 2 + 100, 3 + 100 * 2),
        ("query ($n: Int!) { studios(first: $n) { nodes { id } } }", {"n": "many"}, 2 + 1, 3 + 2),
        ("query ($i: [ID!]!) { nodes(ids: $i) { id } }", {"i": ["a", "b"]}, 1 + 2, 1 + 2 * 2),
        ('{ nodes(ids: ["a", "b"]) { ... on Studio { name } ...f } } fragment f on Node { id }', {}, 3, 1 + 2 * 3),
        ('{ question(id: "x") { replies { body } } }', {}, 2 + 10, 2 + 1 + 10 * 2),
        ("{ __schema { types { name } } __typename }", {}, 1 + 10, 2 + 1 + 10 * 2 + 1),
    ],
)
def test_points_and_values_follow_the_rows_asked_for(
    text: str, variables: dict[str, Any], points: int, values: int
) -> None:
    """A point for each object and for each read on each object; a value for each field on each object, and each."""
    estimate = estimate_of(text)

    assert (estimate.points(variables), estimate.values(variables)) == (points, values)
    assert estimate.both(variables) == (points, values)


def test_pages_in_pages_multiply() -> None:
    """Three studios with five members each: their pages, members and officials, whom rows carry."""
    text = "query ($n: Int!, $m: Int!) { studios(first: $n) { nodes { members(first: $m) { nodes { official { id } } } } } }"

    assert estimate_of(text).points({"n": 3, "m": 5}) == 2 + 3 * (1 + 2 + 5 * (1 + 1))


def test_a_fragment_on_a_page_is_as_long_as_each_page_it_is_spread_in() -> None:
    """Reckoned once, for pages of any length, fixed and by variable, also through a fragment in it."""
    text = """
        query ($n: Int!) { a: studios(first: 3) { ...f } b: studios(first: $n) { ...f } c: studios(first: 50) { ...f } }
        fragment f on StudioConnection { totalCount ... { ...g } }
        fragment g on StudioConnection { nodes { id } }
    """

    assert estimate_of(text).points({"n": 4}) == 3 * 2 + 3 + 4 + 50


def circles(levels: int, rows: int = 100) -> str:
    """Questions of a studio, their studio, its questions, and so on."""
    text = "id"
    for _ in range(levels):
        text = f"questions(first: {rows}) {{ nodes {{ studio {{ {text} }} }} }}"
    return f'{{ studio(id: "x") {{ {text} }} }}'


def test_circles_are_large() -> None:
    """Each further level multiplies by its rows."""
    assert estimate_of(circles(2)).points() > 100**2
    assert estimate_of(circles(4)).values() > 100**4
    assert estimate_of(circles(7)).both() == (HIGHEST, HIGHEST)


@pytest.mark.parametrize("rows", ["9", "$n"])
def test_each_selection_is_looked_at_once(rows: str) -> None:
    """Twenty fragments, each spread twice in the one before: as many look-ups of fields as fields are written."""
    chain = "".join(
        f"fragment f{n} on Studio {{ p: questions(first: {rows}) {{ nodes {{ studio {{ ...f{n + 1} }} }} }} "
        f"q: questions(first: {rows}) {{ nodes {{ studio {{ ...f{n + 1} }} }} }} }} "
        for n in range(20)
    )
    text = f'query ($n: Int = 9) {{ studio(id: "x") {{ ...f0 }} }} {chain} fragment f20 on Studio {{ id }}'
    looked_at: Counter[str] = Counter()

    class Watched(type(SCHEMA)):  # type: ignore[misc]  # the class is known when it runs
        def get_field(self, parent_type: Any, field_name: str) -> GraphQLField | None:
            looked_at[field_name] += 1
            return super().get_field(parent_type, field_name)

    document = parse(text)
    first = document.definitions[0]
    assert isinstance(first, OperationDefinitionNode)
    watched = Watched(**SCHEMA.to_kwargs())
    estimate = estimated(watched, document, first)

    assert looked_at.total() == 20 * 6 + 2
    assert estimate.points({"n": 2}) == HIGHEST


@pytest.mark.parametrize("path", sorted(OPERATIONS.glob("*.graphql")), ids=lambda path: path.stem)
def test_what_front_ends_ask_may_be_asked(path: Any) -> None:
    """Every operation that is answered by now costs less than half of what one may, with the largest pages."""
    document = parse(path.read_text())
    if validate(SCHEMA, document):  # not served yet
        return
    first = document.definitions[0]
    assert isinstance(first, OperationDefinitionNode)

    points, values = estimated(SCHEMA, document, first).both(LARGEST)

    assert 0 < points < LIMITS.max_cost / 2
    assert 0 < values < LIMITS.max_values / 4


def test_tools_can_read_the_whole_schema() -> None:
    """The introspection that tools send, with all it can ask for, stays within what one operation may cost."""
    everything = get_introspection_query(
        descriptions=True,
        specified_by_url=True,
        directive_is_repeatable=True,
        schema_description=True,
        input_value_deprecation=True,
        one_of=True,
    )

    points, values = estimate_of(everything).both()

    assert points < LIMITS.max_cost
    assert values < LIMITS.max_values / 2


def test_every_list_that_grows_is_sized() -> None:
    """Whatever takes ``first`` is sliced by it."""
    for kind in SCHEMA.type_map.values():
        for name, field in (kind.fields if isinstance(kind, GraphQLObjectType) else {}).items():
            declaration = declaration_of(field)
            if declaration is not None and "first" in field.args:
                assert declaration.size.slicing == "first", f"{kind.name}.{name}"
