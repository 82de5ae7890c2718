"""Completes columns of interfaces and unions: each value by the level of the type it turns out to be."""

from collections.abc import Awaitable, Mapping
from typing import Any

from graphql import GraphQLAbstractType, GraphQLError, GraphQLSchema, GraphQLTypeResolver, is_object_type
from graphql.pyutils import inspect

from gateway.execution.completion import ObjectOf, cell_for, is_nothing
from gateway.execution.leaves import Column
from gateway.execution.run import Run
from gateway.execution.settling import settled
from gateway.execution.spots import Spot
from gateway.execution.together import together
from schema.fields import IsRecord


class OneOf:
    """A position of an abstract type. ``types``: the shape for each type that may stand here, by name.

    Where every type says by the record's class what is its own, that decides, and is remembered by class. Else the
    schema's own type resolver is asked, value by value.
    """

    def __init__(
        self,
        abstract: GraphQLAbstractType,
        types: Mapping[str, ObjectOf],
        where: str,
        schema: GraphQLSchema,
        resolver: GraphQLTypeResolver,
        *,
        non_null: bool,
    ) -> None:
        self.types = types
        self.non_null = non_null
        self._abstract = abstract
        self._where = where
        self._schema = schema
        self._resolver = resolver
        possible = schema.get_possible_types(abstract)
        self._tests = {kind.name: kind.is_type_of for kind in possible}
        self.by_hand = not all(isinstance(test, IsRecord) for test in self._tests.values())
        self._names: dict[type, str | None] = {}
        self.waits = self.by_hand or any(shape.waits for shape in types.values())

    def complete(self, run: Run, values: Column, at: list[Spot] | None = None) -> Column | Awaitable[Column]:
        """Complete the values, those of one type together."""
        if self.waits:
            return self._waiting(run, values, at)
        cells, groups = self._grouped(run, values, [self._named(value) for value in values])
        for name, positions in groups.items():
            outs = self.types[name].complete(run, [values[i] for i in positions])
            self._place(run, name, cells, positions, outs)
        return cells

    async def _waiting(self, run: Run, values: Column, at: list[Spot] | None) -> Column:
        names = await self._asked(run, values, at or []) if self.by_hand else [self._named(value) for value in values]
        cells, groups = self._grouped(run, values, names)
        done = await together(
            *(
                self._completed(name, run, [values[i] for i in positions], at and [at[i] for i in positions])
                for name, positions in groups.items()
            )
        )
        for (name, positions), outs in zip(groups.items(), done, strict=True):
            self._place(run, name, cells, positions, outs)
        return cells

    async def _completed(self, name: str, run: Run, values: Column, at: list[Spot] | None) -> Any:
        shape = self.types[name]
        done = shape.complete(run, values, at)
        return await done if shape.waits else done  # type: ignore[misc]  # awaitable where it waits

    def _place(self, run: Run, name: str, cells: Column, positions: list[int], outs: Any) -> None:
        run.kinds.append((self.types[name].level, outs))
        for position, out in zip(positions, outs, strict=True):
            cells[position] = out

    def _grouped(self, run: Run, values: Column, names: Column) -> tuple[Column, dict[str, list[int]]]:
        cells: Column = [None] * len(values)
        groups: dict[str, list[int]] = {}
        for position, (value, name) in enumerate(zip(values, names, strict=True)):
            if isinstance(value, Exception) or is_nothing(value):
                cells[position] = cell_for(run, value, self._where, non_null=self.non_null)
            elif isinstance(name, str) and name in self.types:
                groups.setdefault(name, []).append(position)
            else:
                cells[position] = run.bad(name if isinstance(name, Exception) else self._wrong(name, value))
        return cells, groups

    def _named(self, value: Any) -> str | None:
        kind = type(value)
        if kind not in self._names:
            fitting = (name for name, test in self._tests.items() if issubclass(kind, test.kinds))  # type: ignore[union-attr]  # all are
            self._names[kind] = next(fitting, None)
        return self._names[kind]

    async def _asked(self, run: Run, values: Column, at: list[Spot]) -> Column:
        names: Column = []
        for value, spot in zip(values, at, strict=True):
            if isinstance(value, Exception) or is_nothing(value):
                names.append(None)
                continue
            try:
                names.append(self._resolver(value, spot.info, self._abstract))  # type: ignore[arg-type]  # by hand: has it
            except Exception as error:  # noqa: BLE001 - what a resolver by hand raises
                names.append(error)
        return await settled(run, names)

    def _wrong(self, name: Any, value: Any) -> GraphQLError:
        """Why that is no type that may stand here (graphql-core's ``ensure_valid_runtime_type``, in its words)."""
        abstract, where = self._abstract, self._where
        must = f"Abstract type '{abstract}' must resolve to an Object type at runtime for field '{where}'"
        if name is None:
            return GraphQLError(
                f"{must}. Either the '{abstract}' type should provide a 'resolve_type' function or each possible type"
                " should provide an 'is_type_of' function."
            )
        if not isinstance(name, str):
            return GraphQLError(
                f"{must} with value {inspect(value)}, received '{inspect(name)}',"
                " which is not a valid Object type name."
            )
        found = self._schema.get_type(name)
        if found is None:
            return GraphQLError(
                f"Abstract type '{abstract}' was resolved to a type '{name}' that does not exist inside the schema."
            )
        if not is_object_type(found):
            return GraphQLError(f"Abstract type '{abstract}' was resolved to a non-object type '{name}'.")
        return GraphQLError(f"Runtime Object type '{name}' is not a possible type for '{abstract}'.")
