"""Knows when a level's objects need no look at their values: where decoding made them, of the very types.

msgspec has checked each value against the type of its attribute (``connectors/projection.py``). Where that is the type
a scalar serializes as it is, the value is the answer.
"""

from collections.abc import Mapping
from operator import attrgetter
from typing import Any

from graphql import GraphQLBoolean, GraphQLFloat, GraphQLID, GraphQLInt, GraphQLString

from connectors.projection import field_types
from gateway.execution.leaves import Leaf, is_int32
from gateway.execution.level import Plain

_FITTING: dict[int, tuple[Any, ...]] = {
    id(GraphQLString): (str,),
    id(GraphQLID): (str,),
    id(GraphQLBoolean): (bool,),
    id(GraphQLFloat): (float,),  # JSON has no word for what is not finite
    id(GraphQLInt): (int,),
}


class Trust:
    """Of one level; remembers what it decided of each class of objects."""

    def __init__(self, plain: Mapping[str, Plain]) -> None:
        self._plain = tuple(plain.values())
        self._whole = tuple(map(attrgetter, {one.attribute for one in self._plain if _leaf(one) is GraphQLInt}))
        self.possible = bool(self._plain) and all(one.shown is None and _is_leaf(one) for one in self._plain)
        self._known: dict[type | None, bool] = {None: False}

    def of(self, kind: type | None, objects: list[Any]) -> bool:
        """Whether objects of that class show their attributes as they are."""
        known = self._known.get(kind)
        if known is None and kind is not None:
            known = self._known[kind] = self._decided(kind)
        return bool(known) and all([is_int32(list(map(read, objects))) for read in self._whole])  # noqa: C419 - a generator costs more

    def _decided(self, kind: type) -> bool:
        types = field_types(kind)
        return types is not None and all(_fits(types.get(one.attribute), one) for one in self._plain)


def _leaf(column: Plain) -> Any:
    return column.shape.leaf if isinstance(column.shape, Leaf) else None


def _is_leaf(column: Plain) -> bool:
    return id(_leaf(column)) in _FITTING


def _fits(kind: Any, column: Plain) -> bool:
    fitting = _FITTING[id(_leaf(column))]
    nullable = not column.shape.non_null and _leaf(column) is not GraphQLInt
    return kind in fitting or (nullable and kind in {one | None for one in fitting})
