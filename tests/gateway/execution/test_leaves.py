"""Columns of scalars and enums: taken as they are where that is right, else looked at one by one."""

import enum
import math
from typing import Any

import msgspec
import pytest
from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLFloat,
    GraphQLID,
    GraphQLInt,
    GraphQLLeafType,
    GraphQLScalarType,
    GraphQLString,
    Undefined,
)
from msgspec import UNSET

from gateway.execution.leaves import Leaf
from gateway.execution.run import Bad
from tests.gateway.execution.library.running import a_run


class Text(str):
    """A text of a class of its own."""

    __slots__ = ()


class Colour(enum.Enum):
    """An enum the graph knows; but not ``GREY``."""

    RED = "r"
    GREEN = "g"
    GREY = "x"


COLOUR = GraphQLEnumType("Colour", {"RED": Colour.RED, "GREEN": Colour.GREEN})


def completed(kind: GraphQLLeafType, values: list[Any], *, non_null: bool = False) -> list[Any]:
    """The column, each bad cell as its error."""
    cells = Leaf(kind, "Thing.field", non_null=non_null).complete(a_run(), values)
    return [cell.error if isinstance(cell, Bad) else cell for cell in cells]


@pytest.mark.parametrize(
    ("kind", "column"),
    [
        (GraphQLString, ["a", None, ""]),
        (GraphQLID, ["1", "2"]),
        (GraphQLInt, [0, None, -(2**31), 2**31 - 1]),
        (GraphQLFloat, [0.5, None, 1e308]),
        (GraphQLBoolean, [True, None, False]),
    ],
)
def test_a_column_that_is_fit_is_the_answer_itself(kind: GraphQLLeafType, column: list[Any]) -> None:
    """No list is made of what stands there already."""
    assert Leaf(kind, "Thing.field", non_null=False).complete(a_run(), column) is column


@pytest.mark.parametrize(
    ("kind", "values", "shown"),
    [
        (GraphQLInt, [True, 2.0, "3", 4], "[1,2,3,4]"),
        (GraphQLFloat, [True, 2, "3.5", 1e308, 1e308], "[1,2.0,3.5,1e308,1e308]"),
        (GraphQLString, [5, True, "b"], '["5","true","b"]'),
        (GraphQLID, [7, "7"], '["7","7"]'),
        (GraphQLBoolean, [1, 0, True], "[true,false,true]"),
    ],
)
def test_what_is_nearly_right_is_turned(kind: GraphQLLeafType, values: list[Any], shown: str) -> None:
    """A bool for an Int is a number, a whole Float is one, a number for a text is a text."""
    assert msgspec.json.encode(completed(kind, values)).decode() == shown


def test_a_text_of_a_class_of_its_own_is_a_text() -> None:
    """As it is, beside others and among what has to be turned."""
    assert completed(GraphQLString, [Text("a"), "b"]) == ["a", "b"]
    assert completed(GraphQLID, [Text("a"), 7, None]) == ["a", "7", None]


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        (GraphQLInt, 2**31),
        (GraphQLInt, -(2**31) - 1),
        (GraphQLInt, 1.5),
        (GraphQLInt, math.nan),
        (GraphQLFloat, math.inf),
        (GraphQLFloat, math.nan),
        (GraphQLFloat, "far"),
        (GraphQLString, ["a"]),
        (GraphQLID, 1.5),
        (GraphQLBoolean, "yes"),
        (COLOUR, Colour.GREY),
        (COLOUR, "purple"),
        (COLOUR, []),
    ],
)
def test_what_does_not_fit_costs_its_own_place_only(kind: GraphQLLeafType, wrong: Any) -> None:
    """One value that is wrong is an error where it stands; its neighbours are shown."""
    right = {"Int": 1, "Float": 0.5, "String": "a", "ID": "a", "Boolean": True, "Colour": Colour.RED}[kind.name]

    before, error, after = completed(kind, [right, wrong, right])

    assert isinstance(error, Exception)
    assert before == after == ("RED" if kind is COLOUR else right)


@pytest.mark.parametrize("kind", [GraphQLString, GraphQLInt, GraphQLFloat, GraphQLBoolean, GraphQLID, COLOUR])
@pytest.mark.parametrize("nothing", [None, Undefined, UNSET])
def test_nothing_is_null_or_an_error_where_none_may_be(kind: GraphQLLeafType, nothing: Any) -> None:
    """None, graphql-core's ``Undefined`` and what a source left out are all null."""
    assert completed(kind, [nothing]) == [None]
    (error,) = completed(kind, [nothing], non_null=True)
    assert str(error) == "Cannot return null for non-nullable field Thing.field."


def test_an_error_in_a_value_s_place_stays_there() -> None:
    """What a source says of one value is that value's error."""
    gone = LookupError("gone")

    assert completed(GraphQLInt, [1, gone, 2]) == [1, gone, 2]
    assert completed(COLOUR, [gone, Colour.RED], non_null=True) == [gone, "RED"]


def test_enum_members_are_told_by_name_also_when_met_late() -> None:
    """A column brings members nobody has met yet, beside a value that is the same by equality only."""
    leaf = Leaf(COLOUR, "Thing.field", non_null=False)

    assert leaf.complete(a_run(), [Colour.RED]) == ["RED"]
    assert leaf.complete(a_run(), [Colour.GREEN, None, Colour.RED]) == ["GREEN", None, "RED"]


def test_enum_values_of_other_types_are_told_by_equality() -> None:
    """Not every enum of a graph is one of Python's."""
    kind = GraphQLEnumType("Kind", {"ONE": 1, "TWO": "two"})

    assert completed(kind, [1, "two", None, str(b"two", "ascii")]) == ["ONE", "TWO", None, "TWO"]


def test_a_scalar_by_hand_may_raise_or_give_nothing() -> None:
    """Both are errors of the value's own place."""

    def shown(value: Any) -> Any:
        if value == "raise":
            raise ValueError("not to be shown")
        return {"none": None, "undefined": Undefined}.get(value, value)

    found = completed(GraphQLScalarType("Odd", serialize=shown), ["a", "raise", "none", "undefined", 5])

    assert (found[0], found[4]) == ("a", 5)
    assert [type(one) for one in found[1:4]] == [ValueError, TypeError, TypeError]
