"""What one run of a plan holds at hand; lives as long as the run."""

from collections.abc import Callable
from typing import Any, Protocol

from graphql import FieldNode, GraphQLField, GraphQLObjectType, GraphQLResolveInfo
from graphql.execution.values import VariableValues
from graphql.pyutils import Path, is_awaitable
from graphql.pyutils.is_awaitable import is_async_iterable

from schema.context import Context


class Bad:
    """Stands in a column where a value could not be had; ``turn`` tells errors that came later from earlier ones."""

    __slots__ = ("error", "turn")

    def __init__(self, error: Exception, turn: int) -> None:
        self.error = error
        self.turn = turn


class Resolving(Protocol):
    """What resolvers by hand are given to know: only where an operation has any."""

    def info(
        self, field: GraphQLField, nodes: list[FieldNode], parent: GraphQLObjectType, path: Path
    ) -> GraphQLResolveInfo[Any]:
        """All a resolver may ask about where it is."""


class Run:
    """One run.

    ``spoiled``: a cell is bad, so that the answer has to be walked. ``points``: the cost so far. ``kinds``: the outputs
    of abstract positions with the level that made them. ``turn`` counts how often something was waited for.
    """

    __slots__ = (
        "awaited",
        "context",
        "is_async_iterable",
        "is_awaitable",
        "kinds",
        "points",
        "resolving",
        "root",
        "spoiled",
        "turn",
        "variables",
    )

    def __init__(
        self,
        context: Context,
        variables: VariableValues,
        root: Any = None,
        resolving: Resolving | None = None,
        *,
        awaited: bool = True,
        is_awaitable: Callable[[Any], bool] = is_awaitable,
        is_async_iterable: Callable[[Any], bool] = is_async_iterable,
    ) -> None:
        self.is_awaitable = is_awaitable
        self.is_async_iterable = is_async_iterable
        self.context = context
        self.variables = variables
        self.root = root
        self.resolving = resolving
        self.awaited = awaited  # whether somebody awaits the run already; else it must not wait before it gave way
        self.spoiled = False
        self.points = 0
        self.turn = 0
        self.kinds: list[tuple[Any, list[Any]]] = []

    def bad(self, error: Exception) -> Bad:
        """The cell for a value that could not be had."""
        self.spoiled = True
        return Bad(error, self.turn)
