"""Values for arguments of generated operations: what JSON would carry, and the same written in a document."""

import json
from collections.abc import Callable
from random import Random
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLNamedType,
    is_list_type,
    is_non_null_type,
    is_required_input_field,
)

_PLAIN: dict[str, list[Any]] = {
    "Int": [0, 1, 2, 3, -1, 7],
    "Float": [0, 1.5, -2, 1e3],
    "String": ["", "a", "浙里办", 'quo"te', "🙂"],
    "ID": ["1", "b", 3],
    "Boolean": [True, False],
}


Values = Callable[[Random, GraphQLNamedType, str, str], Any]
"""Gives a value, as JSON would carry it, for a named type that is no input object; for a field's argument."""


def plain(dice: Random, kind: GraphQLNamedType, _field: str = "", _argument: str = "") -> Any:
    """Any value of the specification's scalars, or of an enum; a text for other scalars."""
    if isinstance(kind, GraphQLEnumType):
        return dice.choice(list(kind.values))
    return dice.choice(_PLAIN.get(kind.name, _PLAIN["String"]))


def value_of(dice: Random, kind: GraphQLInputType, values: Values, field: str, argument: str) -> Any:
    """A value of that type; None at times where it may be."""
    if is_non_null_type(kind):
        return _present(dice, kind.of_type, values, field, argument)
    return None if dice.random() < 0.15 else _present(dice, kind, values, field, argument)


def _present(dice: Random, kind: Any, values: Values, field: str, argument: str) -> Any:
    if is_list_type(kind):
        if dice.random() < 0.1:
            return value_of(dice, kind.of_type, values, field, argument)  # one item stands for a list of one
        return [value_of(dice, kind.of_type, values, field, argument) for _ in range(dice.randrange(4))]
    if isinstance(kind, GraphQLInputObjectType):
        return {
            name: value_of(dice, inner.type, values, field, name)
            for name, inner in kind.fields.items()
            if is_required_input_field(inner) or dice.random() < 0.5
        }
    return values(dice, kind, field, argument)


def literal(kind: Any, value: Any) -> str:
    """The value as a document writes it."""
    if value is None:
        return "null"
    if is_non_null_type(kind):
        return literal(kind.of_type, value)
    if is_list_type(kind):
        if not isinstance(value, list):
            return literal(kind.of_type, value)
        return f"[{', '.join(literal(kind.of_type, item) for item in value)}]"
    if isinstance(value, dict):
        kinds = {name: inner.type for name, inner in getattr(kind, "fields", {}).items()}  # a scalar's have none
        return f"{{{', '.join(f'{name}: {literal(kinds.get(name, kind), item)}' for name, item in value.items())}}}"
    return str(value) if isinstance(kind, GraphQLEnumType) else json.dumps(value, ensure_ascii=False)
