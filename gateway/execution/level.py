"""Levels: one selection set each, run once over all objects that reach it.

A level's columns are completed by *branches*; a branch gives one or more of them, and those that wait run at once. What
ties them together is a small function written for the level (``writing.py``), which a plan shows to whoever asks.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from graphql import FieldNode, GraphQLObjectType

from gateway.execution.leaves import Column
from gateway.execution.run import Run
from gateway.execution.spots import Spot


class Branch(Protocol):
    """Completes some columns of a level: all that one read, or one resolver, brings.

    ``waits``: whether ``columns`` gives something to await. ``keys``: the response keys of its columns, in order.
    """

    waits: bool
    keys: tuple[str, ...]

    def columns(self, run: Run, objects: Column, at: list[Spot] | None) -> Any:
        """A column for each key, completed."""


@dataclass(frozen=True, slots=True)
class Plain:
    """A column that is an attribute of the objects, by a shape that does not wait: read by the level itself.

    ``shown`` turns the values into what is shown, where the declaration says how.
    """

    attribute: str
    shape: Any
    shown: Callable[[Run, Column], Column] | None


@dataclass(slots=True)
class Position:
    """One response key of a level: the nodes that ask for it, and its shape; none for ``__typename``."""

    key: str
    nodes: list[FieldNode]
    shape: Any = None


@dataclass(slots=True)
class Level:
    """One selection set on one type; made by ``planning.py``, its ``run`` by ``writing.py``.

    ``points``: what one object costs here. ``serial``: columns one after the other, as mutations ask for. ``waits``:
    whether ``run`` gives something to await. ``needs``: the attributes of the objects that are looked at, None where
    that cannot be told. ``attributes``: of its outputs, in the order of ``positions``.
    """

    kind: GraphQLObjectType
    positions: list[Position]
    plain: dict[str, Plain]
    branches: list[Branch]
    points: int = 0
    serial: bool = False
    source: str = ""
    run: Callable[..., Any] = field(default=lambda *_: [])
    attributes: tuple[str, ...] = ()
    waits: bool = False
    needs: frozenset[str] | None = frozenset({"key"})

    def fill(self, run: Run, objects: Column, at: list[Spot] | None, kind: type | None = None) -> Column:
        """Give what each object shows; only for a level that does not wait. ``kind``: their class, if they have one."""
        outs: Column = self.run(run, objects, at, kind)
        return outs

    def filled(self, run: Run, objects: Column, at: list[Spot] | None, kind: type | None = None) -> Awaitable[Column]:
        """The same, to be awaited, whether it waits or not."""
        return self.run(run, objects, at, kind) if self.waits else _ready(self.run(run, objects, at, kind))


async def _ready(outs: Column) -> Column:
    return outs
