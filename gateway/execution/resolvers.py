"""Completes what has a resolver by hand, or none: object by object, as graphql-core calls it."""

from typing import Any

from graphql import FieldNode, GraphQLField, GraphQLFieldResolver, GraphQLObjectType
from graphql.pyutils import Path

from gateway.execution.arguments import Arguments
from gateway.execution.leaves import Column
from gateway.execution.run import Run
from gateway.execution.settling import settled
from gateway.execution.spots import Spot


class Resolved:
    """One field with a resolver (``default_field_resolver`` too); what it gives may have to be awaited."""

    waits = True

    def __init__(  # noqa: PLR0917 - handed on by the planner only
        self,
        key: str,
        nodes: list[FieldNode],
        parent: GraphQLObjectType,
        field: GraphQLField,
        resolver: GraphQLFieldResolver,
        shape: Any,
    ) -> None:
        self.keys: tuple[str, ...] = (key,)
        self._nodes = nodes
        self._parent = parent
        self._field = field
        self._resolver = resolver
        self._shape = shape
        self._arguments = Arguments(field, nodes[0])

    async def columns(self, run: Run, objects: Column, at: list[Spot] | None) -> list[Column]:
        """See ``Branch``."""
        spots = [self._spot(run, spot) for spot in at or []]
        given = self._arguments.given(run)
        if isinstance(given, Exception):
            values: Column = [given] * len(objects)
        else:
            values = [self._called(one, spot, given) for one, spot in zip(objects, spots, strict=True)]
        done = self._shape.complete(run, await settled(run, values), spots)
        return [await done if self._shape.waits else done]

    def _spot(self, run: Run, above: Spot) -> Spot:
        if run.resolving is None:
            raise RuntimeError("a plan with resolvers by hand is run with what they may ask for")
        path = Path(above.path, self.keys[0], self._parent.name)
        return Spot(path, run.resolving.info(self._field, self._nodes, self._parent, path))

    def _called(self, one: Any, spot: Spot, given: Any) -> Any:
        try:
            return self._resolver(one, spot.info, **given)
        except Exception as error:  # noqa: BLE001 - a resolver by hand may raise anything; it stands in its place
            return error
