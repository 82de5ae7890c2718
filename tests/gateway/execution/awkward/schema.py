"""A schema that is awkward on purpose: every wrapping of every leaf, and every way to tell a type."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLField,
    GraphQLFloat,
    GraphQLID,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInt,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLString,
    GraphQLUnionType,
    Undefined,
)

from tests.gateway.execution.awkward.moves import move_fields
from tests.gateway.execution.awkward.raw import resolved
from tests.gateway.execution.awkward.telling import ghost_or_robot, is_kind, later_kind, told_kind
from tests.gateway.execution.awkward.things import Thing


def _odd(value: Any) -> Any:
    """Show a value oddly. Raises ``ValueError`` where asked to."""
    if value == "raise":
        raise ValueError("not to be shown")
    odd = {
        "none": None,
        "undefined": Undefined,
        "as dict": {"b": 1, "a": [None, {"c": "d"}]},
        "as list": [1, None, "x"],
        "as text": "text",
    }
    return odd.get(value, value) if isinstance(value, str) else value


def _odd_in(value: Any) -> Any:
    if value in {"a", 3}:
        raise ValueError("not taken")
    return ("odd", value)


def _shown_day(value: Any) -> str:
    return date.fromisoformat(value).isoformat()


COLOR = GraphQLEnumType(
    "Color", {"RED": 0, "GREEN": "green", "PAIR": (1, 2), "OFF": False, "TEAL": "Teal", "LISTED": [1]}
)
ODD = GraphQLScalarType("Odd", serialize=_odd, parse_value=_odd_in)
DAY = GraphQLScalarType("Day", serialize=_shown_day, parse_value=date.fromisoformat)
LEAVES: tuple[Any, ...] = (GraphQLInt, GraphQLFloat, GraphQLString, GraphQLBoolean, GraphQLID, COLOR, ODD, DAY)
WRAPPINGS: dict[str, Callable[[Any], Any]] = {
    "": lambda leaf: leaf,
    "Must": GraphQLNonNull,
    "List": GraphQLList,
    "ListOfMust": lambda leaf: GraphQLList(GraphQLNonNull(leaf)),
    "MustList": lambda leaf: GraphQLNonNull(GraphQLList(leaf)),
    "MustListOfMust": lambda leaf: GraphQLNonNull(GraphQLList(GraphQLNonNull(leaf))),
    "Grid": lambda leaf: GraphQLList(GraphQLList(leaf)),
    "MustGrid": lambda leaf: GraphQLNonNull(GraphQLList(GraphQLNonNull(GraphQLList(GraphQLNonNull(leaf))))),
}


def _resolve(thing: Thing, info: GraphQLResolveInfo[Any], **arguments: Any) -> Any:
    """By the seed, from the object, the field and its arguments."""
    key = f"{thing.key}.{info.field_name}{sorted(arguments.items())}"
    return resolved(thing.world, key, info.return_type)


async def _resolve_late(thing: Thing, info: GraphQLResolveInfo[Any], **arguments: Any) -> Any:
    """The same, as a coroutine."""
    found = _resolve(thing, info, **arguments)
    return await found if hasattr(found, "__await__") else found


def _told(thing: Thing, info: GraphQLResolveInfo[Any]) -> str:
    """What a resolver is told of where it stands."""
    nodes = [node.alias.value if node.alias else node.name.value for node in info.field_nodes]
    return f"{thing!r} {info.parent_type}.{info.field_name} {info.path.as_list()} {nodes} {info.return_type}"


def _echo(_: Thing, _info: GraphQLResolveInfo[Any], **arguments: Any) -> str:
    """What a resolver is given."""
    return repr(arguments)


def _leaves(wrappings: Iterable[str], resolve: Any = _resolve) -> dict[str, GraphQLField]:
    return {
        f"{leaf.name.lower()}{name}": GraphQLField(WRAPPINGS[name](leaf), resolve=resolve)
        for leaf in LEAVES
        for name in wrappings
    }


def _wrapped(name: str, kind: Any, wrappings: Iterable[str], resolve: Any = _resolve) -> dict[str, GraphQLField]:
    return {f"{name}{wrapping}": GraphQLField(WRAPPINGS[wrapping](kind), resolve=resolve) for wrapping in wrappings}


DEEP: GraphQLInputObjectType = GraphQLInputObjectType(
    "Deep",
    lambda: {
        "number": GraphQLInputField(GraphQLInt, default_value=4),
        "must": GraphQLInputField(GraphQLNonNull(COLOR), out_name="has_to"),
        "days": GraphQLInputField(GraphQLList(GraphQLNonNull(DAY))),
        "deeper": GraphQLInputField(DEEP),
    },
)
ECHO_ARGUMENTS = {
    "number": GraphQLArgument(GraphQLInt, default_value=3),
    "must": GraphQLArgument(GraphQLNonNull(GraphQLBoolean), default_value=True),
    "color": GraphQLArgument(COLOR, default_value=0, out_name="colour"),
    "texts": GraphQLArgument(GraphQLList(GraphQLNonNull(GraphQLString))),
    "deep": GraphQLArgument(DEEP),
    "odd": GraphQLArgument(ODD),
    "day": GraphQLArgument(DAY),
    "id": GraphQLArgument(GraphQLID),
    "share": GraphQLArgument(GraphQLFloat),
}


def awkward_schema() -> GraphQLSchema:
    """The schema, with a root value of ``Thing``."""
    leaves = GraphQLObjectType("Leaves", _leaves(WRAPPINGS))
    plain: GraphQLObjectType = GraphQLObjectType(
        "Plain",
        lambda: {
            **_leaves(("", "Must", "ListOfMust", "Grid"), None),
            **_wrapped("inner", plain, ("", "MustListOfMust"), None),
        },
    )
    strict: GraphQLObjectType = GraphQLObjectType(
        "Strict",
        lambda: {
            **_leaves(("Must", "MustListOfMust")),
            **_wrapped("strict", strict, ("Must", "MustListOfMust", "MustGrid")),
        },
    )

    def common() -> dict[str, GraphQLField]:
        return {
            "id": GraphQLField(GraphQLNonNull(GraphQLID), resolve=lambda thing, _: thing.key),
            **_leaves(("",)),
            **_wrapped("mate", being, ("", "Must")),
            **_wrapped("pet", pet, ("List", "MustListOfMust"), _resolve_late),
            **_wrapped("strict", strict, ("", "ListOfMust")),
            "told": GraphQLField(GraphQLString, resolve=_told),
        }

    def walking() -> dict[str, GraphQLField]:
        return {**common(), "legs": GraphQLField(GraphQLNonNull(GraphQLInt), resolve=_resolve)}

    being = GraphQLInterfaceType("Being", common, resolve_type=told_kind)
    walker = GraphQLInterfaceType("Walker", walking, interfaces=[being])
    dog = GraphQLObjectType("Dog", walking, interfaces=[being, walker], is_type_of=is_kind("Dog"))
    cat = GraphQLObjectType("Cat", walking, interfaces=[being, walker], is_type_of=later_kind("Cat"))
    robot = GraphQLObjectType("Robot", walking, interfaces=[being, walker], is_type_of=is_kind("Robot"))
    ghost = GraphQLObjectType("Ghost", common, interfaces=[being])
    pet = GraphQLUnionType("Pet", [dog, cat])
    spirit = GraphQLUnionType("Spirit", [ghost, robot], resolve_type=ghost_or_robot)
    anything = GraphQLUnionType("Anything", [dog, cat, robot, ghost, leaves, strict], resolve_type=told_kind)
    query = GraphQLObjectType(
        "Query",
        lambda: {
            **_wrapped("leaves", leaves, ("", "List", "ListOfMust", "Grid", "MustGrid")),
            **_wrapped("plain", plain, ("", "List", "Grid")),
            **_wrapped("strict", strict, ("", "List", "ListOfMust", "Must")),
            **_wrapped("being", being, ("", "ListOfMust", "Grid")),
            **_wrapped("walker", walker, ("", "List"), _resolve_late),
            **_wrapped("pet", pet, ("", "List", "ListOfMust")),
            **_wrapped("spirit", spirit, ("", "List")),
            **_wrapped("anything", anything, ("", "List", "ListOfMust", "Grid")),
            "told": GraphQLField(GraphQLNonNull(GraphQLString), resolve=_told),
            "echo": GraphQLField(GraphQLString, ECHO_ARGUMENTS, resolve=_echo),
            "chosen": GraphQLField(GraphQLList(leaves), {"nth": GraphQLArgument(GraphQLInt)}, resolve=_resolve),
        },
    )
    mutation = GraphQLObjectType("Mutation", lambda: move_fields(leaves))
    return GraphQLSchema(query, mutation)
