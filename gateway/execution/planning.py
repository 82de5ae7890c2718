"""Compiles one operation: from selections and declarations to levels, their branches and their functions.

One ``Planner`` makes one plan, for one set of flags. What is declared is read a level at a time (``reads.py``); a field
with a resolver by hand is called object by object (``resolvers.py``); both complete by the same shapes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    GraphQLField,
    GraphQLFieldResolver,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLTypeResolver,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    is_abstract_type,
    is_leaf_type,
    is_list_type,
    is_object_type,
)
from graphql.execution import default_field_resolver, default_type_resolver

from gateway.execution.abstract import OneOf
from gateway.execution.acts import Done
from gateway.execution.arguments import Arguments
from gateway.execution.below import BY_HAND, Below, Path
from gateway.execution.collect import Collector, NotPlannedError
from gateway.execution.completion import ListOf, ObjectOf
from gateway.execution.joins import Linked, LinkedLists, Listed
from gateway.execution.leaves import Leaf
from gateway.execution.level import Branch, Level, Plain, Position
from gateway.execution.lives import Lived
from gateway.execution.resolvers import Resolved
from gateway.execution.roots import Identified, Owned
from gateway.execution.values import ValueAt, Values, shown_by
from gateway.execution.wanting import all_of, needs_of, wanted_of
from gateway.execution.writing import write
from gateway.limits.weights import OBJECT, weight_of
from schema.declarations import OPEN, ById, Declaration, Do, Link, Links, Live, Own, Source, Value
from schema.fields import DeclaredField
from schema.loaders import Place
from schema.personal import Personal, personal_of


@dataclass(slots=True)
class Plan:
    """An operation as it will run.

    ``by_hand``: whether it calls a resolver by hand. ``places``: where it reads; ``levels``: every level, in the order
    they were made.
    """

    operation: OperationDefinitionNode
    root: Level
    by_hand: bool
    places: list[Place] = field(default_factory=list)
    levels: list[tuple[Path, Level]] = field(default_factory=list)


class Planner:
    """Plans one operation.

    Args:
        schema: what the operation was validated against.
        operation: which of the document's operations.
        fragments: the document's, by name.
        flags: the values of the variables by which ``@skip`` and ``@include`` decide.
        declared: whether declarations are read as such; else their resolvers are called like any.
        structs: whether outputs are msgspec structs, to be encoded; else dictionaries.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        operation: OperationDefinitionNode,
        fragments: Mapping[str, FragmentDefinitionNode],
        flags: Mapping[str, bool],
        *,
        declared: bool = True,
        structs: bool = True,
        field_resolver: GraphQLFieldResolver = default_field_resolver,
        type_resolver: GraphQLTypeResolver = default_type_resolver,
    ) -> None:
        self._schema = schema
        self._operation = operation
        self._collector = Collector(schema, fragments, flags)
        self._declared = declared
        self._structs = structs
        self._field_resolver = field_resolver
        self._type_resolver = type_resolver
        self._levels: list[tuple[Path, Level]] = []
        self._places: dict[Source, list[Place]] = {}

    def plan(self) -> Plan:
        """Make the plan. Raises ``NotPlannedError`` for what graphql-core has to run."""
        root = self._schema.get_root_type(self._operation.operation)
        if root is None:
            raise NotPlannedError("no root type")
        level = self._level(root, [self._operation.selection_set], Below())
        for places in self._places.values():
            # whichever place asks first, the others are told the same
            wanted = all_of([place.wanted for place in places])
            for place in places:
                place.alone, place.wanted = len(places) == 1, wanted
                place.apart = sum(one.turn == place.turn for one in places) == 1
        by_hand = any(isinstance(branch, Resolved) for _, one in self._levels for branch in one.branches)
        all_places = [place for places in self._places.values() for place in places]
        return Plan(self._operation, level, by_hand, all_places, self._levels)

    def _level(self, parent: GraphQLObjectType, selections: Sequence[SelectionSetNode], below: Below) -> Level:
        path = below.path
        asked = self._collector.collect(parent, selections)
        serial = not path and self._operation.operation is OperationType.MUTATION
        level = Level(parent, [], {}, [], points=OBJECT if path else 0, serial=serial)
        self._levels.append((path, level))
        groups: dict[tuple[Source, str], list[ValueAt]] = {}
        for key, nodes in asked.items():
            self._position(level, key, nodes, below.at(key), groups)
        for (source, _), values in groups.items():
            wanted = frozenset({"key", *(value.read.name for value in values)})
            level.branches.append(Values(values, self._place(source, below.at(values[0].key), wanted)))
        level.waits = any(branch.waits for branch in level.branches)
        write(level, structs=self._structs)
        return level

    def _position(
        self,
        level: Level,
        key: str,
        nodes: list[FieldNode],
        below: Below,
        groups: dict[tuple[Source, str], list[ValueAt]],
    ) -> None:
        name = nodes[0].name.value
        if name == "__typename":
            level.positions.append(Position(key, nodes))
            return
        field = self._schema.get_field(level.kind, name)
        if field is None:  # validation refuses it; without, graphql-core skips it
            return
        declaration = _declaration(field) if self._declared else None
        inner = below.inside(declaration)
        selections = [node.selection_set for node in nodes if node.selection_set is not None]
        shape = self._shape(field.type, selections, f"{level.kind.name}.{name}", inner, wild=declaration is None)
        level.positions.append(Position(key, nodes, shape))
        level.points += weight_of(field)
        needs = needs_of(declaration)
        level.needs = None if needs is None or level.needs is None else level.needs | needs
        if declaration is None:
            resolver = field.resolve or self._field_resolver
            level.branches.append(Resolved(key, nodes, level.kind, field, resolver, shape))
            return
        personal = personal_of(f"{level.kind.name}.{name}", declaration)
        if isinstance(declaration.read, Value):
            self._value(level, ValueAt(key, declaration.read, declaration.requires, shape, personal), groups)
        else:
            level.branches.append(self._join(declaration, key, shape, below, Arguments(field, nodes[0]), personal))

    def _value(self, level: Level, value: ValueAt, groups: dict[tuple[Source, str], list[ValueAt]]) -> None:
        read = value.read
        if read.source is not None:
            groups.setdefault((read.source, read.key), []).append(value)
        elif value.requires == OPEN and value.personal is None and not value.shape.waits and not level.serial:
            level.plain[value.key] = Plain(read.name, value.shape, read.then and shown_by(read.then))
        else:
            level.branches.append(Values([value], None))

    def _join(  # noqa: PLR0917 - one call
        self,
        declaration: Declaration,
        key: str,
        shape: Any,
        below: Below,
        arguments: Arguments,
        personal: Personal | None,
    ) -> Branch:
        read, requires = declaration.read, declaration.requires
        if isinstance(read, ById):
            wanted = wanted_of(shape)
            asked = below._replace(many=below.many or isinstance(shape, ListOf))
            places = {name: self._place(found.source, asked, wanted) for name, found in read.types.items()}
            return Identified(read, key, requires, shape, places, arguments)
        if isinstance(read, Do):
            return Done(read, key, requires, shape, arguments)
        if isinstance(read, Value):
            raise TypeError("a value is no join")
        place = self._place(read.source, below, wanted_of(shape))
        if isinstance(read, Link):
            return Linked(read, key, requires, shape, place, arguments, personal)
        if isinstance(read, Links):
            return LinkedLists(read, key, requires, shape, place, arguments, personal)
        if isinstance(read, (Own, Live)):
            return (
                Owned(read, key, requires, shape, place)
                if isinstance(read, Own)
                else Lived(read, key, requires, shape, place, arguments)
            )
        total = _asks_for(shape, "totalCount")
        return Listed(read, key, requires, shape, place, arguments, personal, with_total=total)

    def _place(self, source: Source, below: Below, wanted: frozenset[str] | None) -> Place:
        place = Place(source, below.path, wanted, turn=below.reads + 1, many=below.many)
        self._places.setdefault(source, []).append(place)
        return place

    def _shape(self, kind: Any, selections: list[SelectionSetNode], where: str, below: Below, *, wild: bool) -> Any:
        non_null = isinstance(kind, GraphQLNonNull)
        bare = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
        if is_list_type(bare):
            inner = self._shape(bare.of_type, selections, where, below._replace(many=True), wild=wild)
            return ListOf(inner, where, non_null=non_null, wild=wild)
        if is_leaf_type(bare):
            return Leaf(bare, where, non_null=non_null)
        if is_object_type(bare):
            return _told(ObjectOf(bare, self._level(bare, selections, below), where, non_null=non_null), below)
        if not is_abstract_type(bare):
            raise NotPlannedError("a type of no known kind")
        types = {
            one.name: ObjectOf(one, self._level(one, selections, below), where, non_null=False)
            for one in self._schema.get_possible_types(bare)
        }
        resolver = bare.resolve_type or self._type_resolver
        return _told(OneOf(bare, types, where, self._schema, resolver, non_null=non_null), below)


def _declaration(field: GraphQLField) -> Declaration | None:
    definition = (field.extensions or {}).get("strawberry-definition")
    return definition.declaration if isinstance(definition, DeclaredField) else None


def _told(shape: ObjectOf | OneOf, below: Below) -> ObjectOf | OneOf:
    """The shape, where it can be told which type a value is of. Raises ``NotPlannedError``."""
    if shape.by_hand and not below.placed:
        raise NotPlannedError(BY_HAND)
    return shape


def _asks_for(shape: Any, name: str) -> bool:
    """Whether the selection of a page asks for that field, under whatever key; a plain list has none."""
    level = getattr(shape, "level", None)
    return level is not None and any(node.name.value == name for position in level.positions for node in position.nodes)
