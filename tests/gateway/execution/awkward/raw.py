"""Raw values for any type of the awkward schema: mostly right, at times wrong in every way that was thought of."""

import math
from collections.abc import Callable, Mapping
from decimal import Decimal
from random import Random
from types import SimpleNamespace
from typing import Any

from graphql import (
    GraphQLObjectType,
    GraphQLOutputType,
    Undefined,
    is_abstract_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
)

from tests.gateway.execution.awkward.things import BEINGS, Later, Raised, Thing, Wave, World, boom, breaking, reached

RIGHT: Mapping[str, tuple[Any, ...]] = {
    "Int": (0, 1, -5, 2**31 - 1, -(2**31), 7.0, True, "12"),
    "Float": (0.0, 1.5, -2, 1e300, 2**40, "1.5", False, Decimal("2.5")),
    "String": ("", "a", "浙里办", 5, 1.5, True, 2.0),
    "Boolean": (True, False, 0, 1, 1.0, 2),
    "ID": ("1", "", 5, 5.0, -1),
    "Color": (0, "green", None, (1, 2), False, "Teal"),
    "Odd": ("plain", 3, "as dict", "as list", "as null inside", "as text"),
    "Day": ("2026-03-04", "2026-01-01"),
}
"""What each scalar and enum takes, with what it still makes something of."""

WRONG: tuple[Any, ...] = (
    "word",
    2**31,
    -(2**40),
    1.5,
    math.nan,
    math.inf,
    -math.inf,
    {"a": 1},
    [1, "2"],
    ["one"],
    (),
    b"bytes",
    True,
    "raise",
    "none",
    "undefined",
    "error",
    object,
    "purple",
    {"__typename": "Dog"},
)
"""Wrong for most, whatever the type."""

POSSIBLE: Mapping[str, tuple[str, ...]] = {
    "Walker": ("Dog", "Cat", "Robot", "Ghost"),  # Ghost is none
    "Pet": ("Dog", "Cat", "Dog", "Cat", "Robot"),
    "Spirit": ("Ghost", "Robot"),
    "Anything": (*BEINGS, *BEINGS, "Leaves", "Strict", "Nothing"),
}
MOST_PLAIN = 3


def resolved(world: World, key: str, kind: GraphQLOutputType) -> Any:
    """What a resolver answers, now or later; an error may be raised at once."""
    return reached(_maybe_later(world, world.dice(key), _value(world, key, kind)))


def carried(world: World, key: str, kind: GraphQLOutputType) -> Any:
    """What stands in an attribute, a dict or a list: an error may stand there, or be raised later."""
    dice = world.dice(key)
    value = _value(world, key, kind)
    if isinstance(value, Raised):
        return Later(value, 1) if dice.random() < world.lateness else value.error
    return _maybe_later(world, dice, value)


def _maybe_later(world: World, dice: Random, value: Any) -> Any:
    return Later(value, dice.randrange(4)) if dice.random() < world.lateness else value


def _value(world: World, key: str, kind: GraphQLOutputType) -> Any:
    dice = world.dice(f"{key}!")
    if dice.random() < world.trouble:
        troubles: tuple[Callable[[], Any], ...] = (
            lambda: None,
            lambda: Undefined,
            lambda: boom(dice, key),
            lambda: Raised(boom(dice, key)),
            lambda: dice.choice(WRONG),
        )
        return dice.choice(troubles)()
    return _right(world, dice, key, kind)


def _right(world: World, dice: Random, key: str, kind: Any) -> Any:
    if is_non_null_type(kind):
        kind = kind.of_type
    elif dice.random() < 0.05:
        return None
    if is_list_type(kind):
        return _list(world, dice, key, kind.of_type)
    if is_leaf_type(kind):
        return dice.choice(RIGHT[kind.name])
    if is_abstract_type(kind):
        return Thing(world, dice.choice(POSSIBLE.get(kind.name, BEINGS)), key)
    return _plain(world, dice, key, kind) if kind.name == "Plain" else Thing(world, kind.name, key)


def _list(world: World, dice: Random, key: str, kind: Any) -> Any:
    """A list in one of the forms a list may have, some of them broken in the middle."""
    items = [carried(world, f"{key}.{position}", kind) for position in range(dice.choice((0, 1, 2, 2, 3)))]
    error = boom(dice, key) if dice.random() < world.trouble / 2 else None
    forms: tuple[Callable[[], Any], ...] = (
        lambda: tuple(items),
        lambda: dict(enumerate(items)).values(),
        lambda: breaking(items, error) if error else iter(items),
        lambda: Wave(items, dice.randrange(3), error) if world.lateness else items,
    )
    return items if dice.random() < 0.6 else dice.choice(forms)()


def _plain(world: World, dice: Random, key: str, kind: GraphQLObjectType) -> Any:
    """An object without resolvers: its fields stand in a dict, in attributes, or are methods."""
    if key.count("/") > MOST_PLAIN:
        return None
    fields: dict[str, Any] = {}
    for name, found in kind.fields.items():
        way = f"{key}/{name}"
        if dice.random() < 0.3:
            fields[name] = lambda _info, way=way, type_=found.type: resolved(world, way, type_)
        elif dice.random() < 0.9:
            fields[name] = carried(world, way, found.type)
    return fields if dice.random() < 0.5 else SimpleNamespace(**fields)
