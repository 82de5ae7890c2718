"""Completes columns of scalars and enums.

A column is looked at whole first: the set of its values' types, one pass in C. Where every value is of the one Python
type that the scalar serializes as it is, the column is the answer already; else each value is completed by itself, as
graphql-core does it.
"""

import enum
import math
from collections.abc import Callable
from typing import Any

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLFloat,
    GraphQLID,
    GraphQLInt,
    GraphQLLeafType,
    GraphQLString,
    Undefined,
)
from graphql.pyutils import inspect
from msgspec import UNSET

from gateway.execution.run import Run

_NONE = type(None)
_LARGEST, _SMALLEST = 2**31 - 1, -(2**31)
_AS_THEY_ARE: dict[int, type] = {
    id(GraphQLString): str,
    id(GraphQLID): str,
    id(GraphQLBoolean): bool,
    id(GraphQLInt): int,
    id(GraphQLFloat): float,
}
Column = list[Any]


def null_in(where: str) -> TypeError:
    """The error of a null where none may be."""
    return TypeError(f"Cannot return null for non-nullable field {where}.")


class Leaf:
    """A position of a scalar or an enum. ``quick``: a column that is fit, as it stands in the answer; else None."""

    waits = False

    def __init__(self, leaf: GraphQLLeafType, where: str, *, non_null: bool) -> None:
        self.non_null = non_null
        self.leaf = leaf
        self._where = where
        self.quick = self._quickly(leaf)

    def complete(self, run: Run, values: Column, _: Any = None) -> Column:
        """Give the values as they stand in the answer."""
        quick = self.quick(values)
        return [self._one(run, value) for value in values] if quick is None else quick

    def _one(self, run: Run, value: Any) -> Any:
        if isinstance(value, Exception):
            return run.bad(value)
        if value is None or value is Undefined or value is UNSET:
            return run.bad(null_in(self._where)) if self.non_null else None
        try:
            shown = self.leaf.coerce_output_value(value)
            if shown is None or shown is Undefined:
                raise TypeError(  # noqa: TRY301 - one kind of failure among others
                    f"Expected `{inspect(self.leaf)}.coerce_output_value({inspect(value)})`"
                    f" to return non-nullable value, returned: {inspect(shown)}"
                )
        except Exception as error:  # noqa: BLE001 - a scalar by hand may raise anything
            return run.bad(error)
        return shown

    def _quickly(self, leaf: GraphQLLeafType) -> Callable[[Column], Column | None]:
        kind = _AS_THEY_ARE.get(id(leaf))
        none = () if self.non_null else (_NONE,)
        if isinstance(leaf, GraphQLEnumType):
            return _enum_names(leaf, nullable=not self.non_null)
        if kind is int:
            return _all_fit(frozenset((int, *none)), is_int32)
        if kind is float:
            return _all_fit(frozenset((float, *none)), _is_finite)
        if kind is not None:
            return (_texts if kind is str else _all_of)(frozenset((kind, *none)))
        return _never


def _never(_: Column) -> None:
    return None


def _all_of(kinds: frozenset[type]) -> Callable[[Column], Column | None]:
    def quick(values: Column) -> Column | None:
        return values if kinds.issuperset(map(type, values)) else None

    return quick


def _texts(kinds: frozenset[type]) -> Callable[[Column], Column | None]:
    """Joining texts fails where one is none: the quickest look at them all, by a factor of five."""

    def quick(values: Column) -> Column | None:
        try:
            "".join(values)
        except TypeError:
            return values if kinds.issuperset(map(type, values)) else None
        return values

    return quick


def _all_fit(kinds: frozenset[type], fits: Callable[[Column], bool]) -> Callable[[Column], Column | None]:
    def quick(values: Column) -> Column | None:
        found = set(map(type, values))
        if not found <= kinds:
            return None
        return values if fits([v for v in values if v is not None] if _NONE in found else values) else None

    return quick


def is_int32(values: list[int]) -> bool:
    """Whether all fit the specification's Int."""
    return not values or (max(values) <= _LARGEST and min(values) >= _SMALLEST)


def _is_finite(values: list[float]) -> bool:
    return math.isfinite(sum(values))  # a sum that overflows only costs the slow way


def _enum_names(leaf: GraphQLEnumType, *, nullable: bool) -> Callable[[Column], Column | None]:
    """By identity: members of an ``enum.Enum`` live for ever and are slow to hash."""
    names: dict[int, str | None] = {id(None): None} if nullable else {}
    kinds: list[type[enum.Enum]] = []

    def learn(values: Column) -> bool:
        fresh = {type(value) for value in values if id(value) not in names}
        for kind in fresh:
            if kind in kinds or not issubclass(kind, enum.Enum):
                return False
            kinds.append(kind)
            for member in kind:
                try:
                    shown = leaf.coerce_output_value(member)
                except Exception:  # noqa: BLE001, S112 - a member the graph does not know is told where it stands
                    continue
                names[id(member)] = shown
        return True

    def quick(values: Column) -> Column | None:
        try:
            return [names[id(value)] for value in values]
        except KeyError:
            pass
        if not learn(values):
            return None
        try:
            return [names[id(value)] for value in values]
        except KeyError:
            return None

    return quick
