"""Walks an answer that has bad cells: bubbles nulls and places errors. An answer without one is never walked.

Follows "Handling Execution Errors" of the specification: a bad cell is null, and so is what holds it where the schema
says non-null, up to the first position that may be null. Of several errors in one discarded part the first in the
document's order is told, as the specification allows. A part that is shared (several rows with one organisation) is
walked at each of its places, and rebuilt: shared outputs are never changed.
"""

from typing import Any

from graphql import GraphQLError, located_error

from gateway.execution.abstract import OneOf
from gateway.execution.completion import ListOf
from gateway.execution.leaves import Leaf
from gateway.execution.level import Level, Position
from gateway.execution.run import Bad, Run

PathKeys = tuple[str | int, ...]


class _NullAboveError(Exception):
    """The position above has to be null."""


class _Walk:
    """Lives for one walk."""

    def __init__(self, kinds: dict[int, Level]) -> None:
        self.kinds = kinds
        self.errors: list[tuple[int, GraphQLError]] = []

    def level(self, out: Any, level: Level, path: PathKeys) -> dict[str, Any]:
        shown = {}
        for at, position in enumerate(level.positions):
            value = out[position.key] if isinstance(out, dict) else getattr(out, level.attributes[at])
            if position.shape is not None:
                value = self.position(value, position.shape, position, (*path, position.key))
            shown[position.key] = value
        return shown

    def position(self, value: Any, shape: Any, at: Position, path: PathKeys) -> Any:
        """The value as it is shown. Raises ``_NullAboveError`` where the null goes further up."""
        try:
            if type(value) is Bad:
                self.errors.append((value.turn, located_error(value.error, at.nodes, list(path))))
                raise _NullAboveError  # noqa: TRY301 - caught below, or further up
            if value is None or isinstance(shape, Leaf):
                return value
            if isinstance(shape, ListOf):
                return [self.position(item, shape.inner, at, (*path, i)) for i, item in enumerate(value)]
            level = self.kinds[id(value)] if isinstance(shape, OneOf) else shape.level
            return self.level(value, level, path)
        except _NullAboveError:
            if shape.non_null:
                raise
            return None


def walked(run: Run, out: Any, level: Level) -> tuple[dict[str, Any] | None, list[GraphQLError]]:
    """The data and the errors of a run, errors in document order, those that were waited for longer behind."""
    walk = _Walk({id(one): kind for kind, outs in run.kinds for one in outs})
    try:
        data = walk.level(out, level, ())
    except _NullAboveError:
        data = None
    return data, [error for _, error in sorted(walk.errors, key=lambda told: told[0])]


def nulled(run: Run, level: Level, at: int, column: list[Any]) -> bool:
    """Whether a column makes every object of its level null: then nothing else of the level can be shown."""
    position = level.positions[at]
    if not run.spoiled or position.shape is None or not position.shape.non_null:
        return False
    walk = _Walk({id(one): kind for kind, outs in run.kinds for one in outs})
    return all(_bubbles(walk, cell, position) for cell in column)


def _bubbles(walk: _Walk, cell: Any, position: Position) -> bool:
    try:
        walk.position(cell, position.shape, position, (position.key,))
    except _NullAboveError:
        return True
    return False
