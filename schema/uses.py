"""What of the schema a document uses, by schema coordinates: ``Studio.address``, ``Query.studios(first:)``."""

from collections.abc import Iterable, Mapping
from typing import Any

from graphql import (
    ArgumentNode,
    DefinitionNode,
    DirectiveNode,
    DocumentNode,
    EnumValueNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLInputType,
    GraphQLSchema,
    NamedTypeNode,
    ObjectFieldNode,
    OperationDefinitionNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    is_enum_type,
    is_input_object_type,
    type_from_ast,
    visit,
)


def uses_in(schema: GraphQLSchema, definitions: Iterable[DefinitionNode]) -> frozenset[str]:
    """What stands in these operations and fragments, which are valid: fields, arguments, input fields, enum values."""
    about = TypeInfo(schema)
    found = _Uses(about)
    visit(DocumentNode(definitions=tuple(definitions)), TypeInfoVisitor(about, found))
    return frozenset(found.coordinates)


def uses_of(
    schema: GraphQLSchema, operation: OperationDefinitionNode, fragments: Mapping[str, FragmentDefinitionNode]
) -> frozenset[str]:
    """The same of one operation, and of the fragments it comes to."""
    definitions: list[DefinitionNode] = [operation]
    spread: set[str] = set()
    for definition in definitions:  # grows as it is walked
        named = _spread_in(definition) - spread
        spread |= named
        definitions += [fragments[name] for name in sorted(named)]
    return uses_in(schema, definitions)


def variables_take(schema: GraphQLSchema, document: DocumentNode) -> frozenset[str]:
    """What the variables of a document's operations may hold, named in it or not: input fields and enum values."""
    taken: set[str] = set()
    for operation in document.definitions:
        for variable in operation.variable_definitions or () if isinstance(operation, OperationDefinitionNode) else ():
            kind = type_from_ast(schema, variable.type)
            if kind is not None:
                _take(kind, taken)
    return frozenset(taken)


def _take(kind: Any, taken: set[str]) -> None:
    named = get_named_type(kind)
    if named.name in taken:
        return
    taken.add(named.name)
    if is_enum_type(named):
        taken |= {f"{named.name}.{value}" for value in named.values}
    if is_input_object_type(named):
        for name, field in named.fields.items():
            taken.add(f"{named.name}.{name}")
            _take(field.type, taken)


class _Spreads(Visitor):
    """Notes the fragments that are spread."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter_fragment_spread(self, node: FragmentSpreadNode, *_: Any) -> None:
        self.names.add(node.name.value)


def _spread_in(definition: DefinitionNode) -> set[str]:
    spreads = _Spreads()
    visit(definition, spreads)
    return spreads.names


class _Uses(Visitor):
    """Notes what it comes by."""

    def __init__(self, about: TypeInfo) -> None:
        super().__init__()
        self.coordinates: set[str] = set()
        self._about = about

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        parent = self._about.get_parent_type()
        if parent is not None:
            self._called(f"{parent.name}.{node.name.value}", node.arguments)

    def enter_directive(self, node: DirectiveNode, *_: Any) -> None:
        self._called(f"@{node.name.value}", node.arguments)

    def enter_named_type(self, node: NamedTypeNode, *_: Any) -> None:
        self.coordinates.add(node.name.value)

    def enter_object_field(self, node: ObjectFieldNode, *_: Any) -> None:
        kind = self._about.get_parent_input_type()
        if kind is not None:
            self._of_input(kind, node.name.value)

    def enter_enum_value(self, node: EnumValueNode, *_: Any) -> None:
        kind = self._about.get_input_type()
        if kind is not None:
            self._of_input(kind, node.value)

    def _called(self, coordinate: str, arguments: Iterable[ArgumentNode] | None) -> None:
        self.coordinates.add(coordinate)
        self.coordinates |= {f"{coordinate}({argument.name.value}:)" for argument in arguments or ()}

    def _of_input(self, kind: GraphQLInputType, name: str) -> None:
        self.coordinates.add(f"{get_named_type(kind).name}.{name}")
