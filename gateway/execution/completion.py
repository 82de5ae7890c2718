"""Completes columns of lists, objects and abstract types; leaves are beside (``leaves.py``).

A *shape* stands for one position of the answer and completes a whole column of raw values for it at once. Its
``complete`` gives the completed column, or, where the shape ``waits``, something to await that gives it. A value that
cannot be had is a ``Bad`` cell; nothing is bubbled here (``walk.py`` does, and only when there is such a cell).
"""

from collections.abc import Awaitable, Sequence
from itertools import chain
from typing import Any

from graphql import GraphQLError, GraphQLObjectType, Undefined
from graphql.pyutils import inspect, is_iterable
from msgspec import UNSET, UnsetType

from gateway.execution.leaves import Column, null_in
from gateway.execution.level import Level
from gateway.execution.run import Run
from gateway.execution.settling import drained, settled
from gateway.execution.spots import Spot
from schema.fields import IsRecord

_LISTS = frozenset({list, tuple})
_NOTHING = (type(None), type(Undefined), UnsetType)


def cell_for(run: Run, value: Any, where: str, *, non_null: bool) -> Any:
    """The cell of a value that is no object and no list: null, or bad."""
    if isinstance(value, Exception):
        return run.bad(value)
    return run.bad(null_in(where)) if non_null else None


def is_nothing(value: Any) -> bool:
    """Whether the value stands for null."""
    return value is None or value is Undefined or value is UNSET


class ListOf:
    """A position of a list. ``wild``: its values come from a resolver by hand and may have to be awaited."""

    def __init__(self, inner: Any, where: str, *, non_null: bool, wild: bool) -> None:
        self.inner = inner
        self.non_null = non_null
        self.waits: bool = inner.waits or wild
        self._where = where
        self._wild = wild

    def complete(self, run: Run, values: Column, at: list[Spot] | None = None) -> Column | Awaitable[Column]:
        """Complete all items of all lists as one column."""
        if self.waits:
            return self._waiting(run, values, at)
        cells, kept, flat, _ = self._spread(run, values, None)
        return _folded(cells, kept, self.inner.complete(run, flat, None))

    async def _waiting(self, run: Run, values: Column, at: list[Spot] | None) -> Column:
        if self._wild:
            values = await drained(run, values)
        cells, kept, flat, spots = self._spread(run, values, at)
        if self._wild:
            flat = await settled(run, flat)
        done = self.inner.complete(run, flat, spots)
        return _folded(cells, kept, await done if self.inner.waits else done)

    def _spread(
        self, run: Run, values: Column, at: list[Spot] | None
    ) -> tuple[Column, list[tuple[int, int]], Column, list[Spot] | None]:
        """The column with what is no list in place, (position, length) of the lists, their items, the items' spots."""
        cells: Column = [None] * len(values)
        if _LISTS.issuperset(map(type, values)):
            lists: list[Sequence[Any]] = values
            kept = list(enumerate(map(len, values)))
        else:
            told = [value if type(value) in _LISTS else self._items(run, value) for value in values]
            lists = [items for items in told if type(items) in _LISTS]
            kept = [(position, len(items)) for position, items in enumerate(told) if type(items) in _LISTS]
            cells = [None if type(items) in _LISTS else items for items in told]
        flat = list(chain.from_iterable(lists))
        spots = [at[p].item(i) for p, length in kept for i in range(length)] if at is not None else None
        return cells, kept, flat, spots

    def _items(self, run: Run, value: Any) -> Any:
        """The items as a list; the cell where there are none."""
        if isinstance(value, Exception) or is_nothing(value):
            return cell_for(run, value, self._where, non_null=self.non_null)
        if not is_iterable(value):
            return run.bad(GraphQLError(f"Expected Iterable, but did not find one for field '{self._where}'."))
        try:
            return list(value)
        except Exception as error:  # noqa: BLE001 - what iterating by hand raises
            return run.bad(error)


def _folded(cells: Column, kept: list[tuple[int, int]], done: Column) -> Column:
    begin = 0
    for position, length in kept:
        cells[position] = done[begin : begin + length]
        begin += length
    return cells


class ObjectOf:
    """A position of one object type."""

    def __init__(self, kind: GraphQLObjectType, level: Level, where: str, *, non_null: bool) -> None:
        self.level = level
        self.non_null = non_null
        self._kind = kind
        self._where = where
        self.by_hand = kind.is_type_of is not None and not isinstance(kind.is_type_of, IsRecord)
        self._known: set[type] = set()
        self.waits = level.waits or self.by_hand

    def complete(self, run: Run, values: Column, at: list[Spot] | None = None) -> Column | Awaitable[Column]:
        """Complete all objects by their level, at once."""
        kinds = set(map(type, values))
        if kinds <= self._known or all(map(self._is_one, kinds)):
            kind = kinds.pop() if len(kinds) == 1 else None
            return (self.level.filled if self.waits else self.level.fill)(run, values, at, kind)
        if self.waits:
            return self._waiting(run, values, at)
        cells, kept = self._sorted_out(run, values)
        return _placed(cells, kept, self.level.fill(run, [values[i] for i in kept], None)) if kept else cells

    async def _waiting(self, run: Run, values: Column, at: list[Spot] | None) -> Column:
        if self.by_hand:
            values = await _checked(run, self._kind, values, at or [])
        cells, kept = self._sorted_out(run, values)
        if not kept:
            return cells
        spots = [at[i] for i in kept] if at is not None else None
        return _placed(cells, kept, await self.level.filled(run, [values[i] for i in kept], spots))

    def _is_one(self, kind: type) -> bool:
        """Whether values of that class are objects that may stand here."""
        if kind in _NOTHING or issubclass(kind, Exception) or self.by_hand:
            return False
        test = self._kind.is_type_of
        if isinstance(test, IsRecord) and not issubclass(kind, test.kinds):
            return False
        self._known.add(kind)
        return True

    def _sorted_out(self, run: Run, values: Column) -> tuple[Column, list[int]]:
        cells: Column = [None] * len(values)
        kept = []
        for position, value in enumerate(values):
            if isinstance(value, Exception) or is_nothing(value):
                cells[position] = cell_for(run, value, self._where, non_null=self.non_null)
            elif self.by_hand or self._is_one(type(value)):
                kept.append(position)
            else:
                cells[position] = run.bad(not_of(self._kind, value))
        return cells, kept


def _placed(cells: Column, kept: list[int], outs: Column) -> Column:
    for position, out in zip(kept, outs, strict=True):
        cells[position] = out
    return cells


def not_of(kind: GraphQLObjectType, value: Any) -> GraphQLError:
    """The error of a value that its type says is none of its own."""
    return GraphQLError(f"Expected value of type '{kind}' but got: {inspect(value)}.")


async def _checked(run: Run, kind: GraphQLObjectType, values: Column, at: list[Spot]) -> Column:
    """The values, with an error in place of those that the type's own test refuses."""
    verdicts: Column = []
    for value, spot in zip(values, at, strict=True):
        if isinstance(value, Exception) or is_nothing(value):
            verdicts.append(True)
            continue
        try:
            verdicts.append(kind.is_type_of(value, spot.info))  # type: ignore[misc, arg-type]  # only called where there is one
        except Exception as error:  # noqa: BLE001 - what a test by hand raises
            verdicts.append(error)
    answers = await settled(run, verdicts)
    return [
        answer if isinstance(answer, Exception) else value if answer else not_of(kind, value)
        for value, answer in zip(values, answers, strict=True)
    ]
