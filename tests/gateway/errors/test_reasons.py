"""A value of the request never stands in an error, however graphql-core words it."""

import json
from typing import Any

import pytest
from graphql import GraphQLSyntaxError, build_schema, parse, validate
from graphql.execution import get_variable_values

from gateway.errors.reasons import without_values
from gateway.errors.verdict import verdict_on

NUMBER = "330106199001011234"
SCHEMA = build_schema("""
    enum Color { RED GREEN }
    scalar Day
    input Person { number: String! born: Day  color: Color  only: Only }
    input Only @oneOf { a: String  b: Int }
    type Query {
        text(v: String!): Int  int(v: Int!): Int  float(v: Float): Int  yes(v: Boolean): Int  id(v: ID): Int
        color(v: Color): Int  person(v: Person): Int  persons(v: [Person!]!): Int  day(v: Day): Int  only(v: Only): Int
    }
""")


def tripping(_given: Any) -> None:
    """Quote what was given, as Python's own exceptions do."""
    raise ValueError(NUMBER)


SCHEMA.type_map["Day"].coerce_input_value = tripping  # type: ignore[attr-defined]  # a scalar, as just built
SCHEMA.type_map["Day"].coerce_input_literal = tripping  # type: ignore[attr-defined]  # the same

UNFIT = [
    ("String!", int(NUMBER)),
    ("String!", {"number": NUMBER}),
    ("String!", [NUMBER]),
    ("Int!", int(NUMBER)),
    ("Int!", NUMBER),
    ("Int!", float(NUMBER)),
    ("Float", NUMBER),
    ("Boolean", int(NUMBER)),
    ("ID", {"number": NUMBER}),
    ("Color", NUMBER),
    ("Color", f"GREN' does not exist in 'Color' enum. Did you mean the enum value {NUMBER}"),
    ("Color", int(NUMBER)),
    ("Day", NUMBER),
    ("Person", NUMBER),
    ("Person", {"color": NUMBER}),
    ("Person", {"number": int(NUMBER)}),
    ("Person", {"number": NUMBER, "numbr": NUMBER}),
    ("Person", {"number": f"1, found: {NUMBER}. Did you mean 'x'? Found: {NUMBER}", "x": NUMBER}),
    ("Person", {"number": "1", "only": {"a": NUMBER, "b": NUMBER}}),
    ("[Person!]!", [{"number": "1"}, {"number": int(NUMBER)}]),
    ("[Person!]!", NUMBER),
]
FIELD = {"String!": "text", "Int!": "int", "Float": "float", "Boolean": "yes", "[Person!]!": "persons"}


def said_of_variable(kind: str, value: Any) -> list[str]:
    """graphql-core's sentences about a variable."""
    definitions = parse(f"query ($v: {kind}) {{ int(v: 1) }}").definitions[0].variable_definitions  # type: ignore[attr-defined]  # an operation, as just written
    told = get_variable_values(SCHEMA, definitions, {"v": value}, hide_suggestions=False)
    assert isinstance(told, list)
    return [verdict_on(error, executed=False).reason or "" for error in told]


@pytest.mark.parametrize(("kind", "value"), [*UNFIT, ("Float", int(NUMBER))])
def test_no_variable_is_quoted(kind: str, value: Any) -> None:
    """Its name, its type and the way to it are."""
    said = said_of_variable(kind, value)

    assert said
    assert all(sentence.startswith("Variable '$v' has invalid value") for sentence in said)
    assert NUMBER[:15] not in "".join(said)


@pytest.mark.parametrize(("kind", "value"), UNFIT)
def test_no_literal_is_quoted(kind: str, value: Any) -> None:
    """Nor is what stands in the document itself."""
    literal = json.dumps(value)
    for name in ("numbr", "number", "color", "only", "a", "b", "x"):
        literal = literal.replace(f'"{name}":', f"{name}:")
    errors = validate(SCHEMA, parse(f"{{ {FIELD.get(kind, kind.lower())}(v: {literal}) }}"))

    said = [verdict_on(error, executed=False).reason or "" for error in errors]

    assert said
    assert NUMBER[:15] not in "".join(said)


@pytest.mark.parametrize("text", [f"{{ {NUMBER} }}", f'{{ text "{NUMBER}" }}', f'{{ text(v "{NUMBER}\' x") }}'])
def test_no_token_that_is_a_value_is_quoted(text: str) -> None:
    """A document that cannot be read is told of by its place."""
    with pytest.raises(GraphQLSyntaxError) as caught:
        parse(text)

    said = verdict_on(caught.value, executed=False).reason

    assert said is not None
    assert said.startswith("Syntax Error: ")
    assert NUMBER not in said


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("String cannot represent a non string value: 5", "String cannot represent a non string value."),
        (
            "Float cannot represent non numeric value: 9 (value is too large)",
            "Float cannot represent non numeric value.",
        ),
        ("Expected value of type 'I' to be an object, found: 5.", "Expected value of type 'I' to be an object."),
        ("Syntax Error: Expected Name, found Int '5'.", "Syntax Error: Expected Name, found Int."),
        (
            "Value 'GREN' does not exist in 'Color' enum. Did you mean the enum value 'GREEN'?",
            "The value does not exist in 'Color' enum. Did you mean the enum value 'GREEN'?",
        ),
        (
            "Enum 'Color' cannot represent non-enum value: \"A\". Did you mean the enum value 'RED' or 'GREEN'?",
            "Enum 'Color' cannot represent non-enum value. Did you mean the enum value 'RED' or 'GREEN'?",
        ),
        (
            "Expected value of type 'I' not to include unknown field 'nam'. Did you mean 'name'? Found: {'nam': 1}.",
            "Expected value of type 'I' not to include unknown field 'nam'. Did you mean 'name'?",
        ),
        ("Cannot query field 'nam' on type 'T'.", "Cannot query field 'nam' on type 'T'."),
        ("Syntax Error: Expected ':', found Name 'x'.", "Syntax Error: Expected ':', found Name 'x'."),
    ],
)
def test_what_helps_stays(sentence: str, told: str) -> None:
    """Types, names of fields and what is suggested."""
    assert without_values(sentence) == told
