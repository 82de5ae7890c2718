"""Arguments are coerced once for ever where no variable is in them, else once a run."""

from typing import Any

import pytest
from graphql import (
    FieldNode,
    GraphQLArgument,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInt,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
    GraphQLString,
    parse_value,
)
from graphql.execution.values import VariableValues
from graphql.language import ArgumentNode, NameNode

from gateway.execution.arguments import Arguments
from gateway.execution.run import Run
from tests.gateway.execution.library.running import a_run


class Counted:
    """A scalar that counts how often it is read."""

    def __init__(self) -> None:
        self.read = 0

    def taken(self, value: Any) -> Any:
        """Refuse what is odd."""
        self.read += 1
        if value == "odd":
            raise ZeroDivisionError("odd")
        return value


@pytest.fixture
def counted() -> Counted:
    """Nothing read yet."""
    return Counted()


@pytest.fixture
def field(counted: Counted) -> GraphQLField:
    """A field with arguments of several kinds."""
    scalar = GraphQLScalarType("Counted", parse_value=counted.taken)
    deep = GraphQLInputObjectType("Deep", {"number": GraphQLInputField(GraphQLInt)})
    return GraphQLField(
        GraphQLString,
        {
            "plain": GraphQLArgument(GraphQLInt, default_value=7),
            "needed": GraphQLArgument(GraphQLNonNull(GraphQLInt), default_value=1),
            "deep": GraphQLArgument(GraphQLList(deep)),
            "odd": GraphQLArgument(scalar),
        },
    )


def arguments(field: GraphQLField, **given: str) -> Arguments:
    """Of a node that writes these values."""
    nodes = tuple(ArgumentNode(name=NameNode(value=name), value=parse_value(text)) for name, text in given.items())
    return Arguments(field, FieldNode(name=NameNode(value="f"), arguments=nodes))


def run_with(**values: Any) -> Run:
    """A run with such values of its variables."""
    run = a_run()
    run.variables = VariableValues({}, values)
    return run


def test_without_variables_they_are_read_once_for_ever(field: GraphQLField, counted: Counted) -> None:
    """What is written in the document is the same for every run, defaults with it."""
    made = arguments(field, odd='"a"', deep="[{number: 2}]")

    told = [made.given(run_with()) for _ in range(3)]

    assert told == [{"plain": 7, "needed": 1, "deep": [{"number": 2}], "odd": "a"}] * 3
    assert counted.read == 1


def test_a_field_without_arguments_is_given_none() -> None:
    """The most frequent case."""
    assert Arguments(GraphQLField(GraphQLString), FieldNode(name=NameNode(value="f"))).given(run_with()) == {}


def test_what_does_not_fit_is_an_error_and_never_raised(field: GraphQLField) -> None:
    """A scalar by hand may raise anything, once or at every run; the error stands in the field's place."""
    assert isinstance(arguments(field, odd='"odd"').given(run_with()), Exception)
    assert isinstance(arguments(field, needed="null").given(run_with()), Exception)


def test_what_a_declaration_makes_of_them_may_fail(field: GraphQLField) -> None:
    """Its error is given; and it is not asked where the arguments are wrong already."""
    assert arguments(field, plain="4").taken(run_with(), lambda given: (8 // given["plain"],)) == (2,)
    failed = arguments(field, plain="0").taken(run_with(), lambda given: (8 // given["plain"],))
    assert isinstance(failed, ZeroDivisionError)
    assert not isinstance(arguments(field, needed="null").taken(run_with(), lambda _: (1 // 0,)), ZeroDivisionError)
