"""How large an answer can become, reckoned before the operation runs.

A graph has cycles: a studio's questions, their studio, its questions. Pages of 100, four levels of them, are a short
text and an answer of a hundred million values, which the deadline cannot stop, since building it never waits. Each
selection is looked at once, so that this takes time linear in the document.
"""

from collections.abc import Mapping
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_list_type,
)

MOST_VALUES = 150_000
_MOST_ROWS = 100  # more are refused where the field is read
_ASSUMED_ROWS = 10
"""What a list without a page is taken to hold: replies, shifts of a span, fields of a type."""


def most_values(
    schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, variables: Mapping[str, Any]
) -> int:
    """How many values the answer to a valid operation holds at most, lists without a page reckoned at ten rows."""
    defaults = {node.variable.name.value: node.default_value for node in operation.variable_definitions or ()}
    fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
    root = schema.get_root_type(operation.operation)
    return _Reckoning(schema, fragments, {**defaults, **variables}).selected(root, operation.selection_set)


class _Reckoning:
    """Lives for one operation; ``given`` are the variables' values, or the nodes of their defaults."""

    def __init__(
        self, schema: GraphQLSchema, fragments: Mapping[str, FragmentDefinitionNode], given: Mapping[str, Any]
    ) -> None:
        self._schema = schema
        self._fragments = fragments
        self._given = given
        self._known: dict[str, int] = {}

    def selected(self, parent: GraphQLNamedType | None, selection: SelectionSetNode) -> int:
        """The values one object adds."""
        total = 0
        for node in selection.selections:
            if isinstance(node, FieldNode):
                total += self._field(parent, node)
            elif isinstance(node, FragmentSpreadNode):
                total += self._fragment(node.name.value)
            elif isinstance(node, InlineFragmentNode):
                total += self.selected(self._narrowed(parent, node.type_condition), node.selection_set)
        return total

    def _fragment(self, name: str) -> int:
        if name not in self._known:
            fragment = self._fragments[name]
            self._known[name] = self.selected(self._narrowed(None, fragment.type_condition), fragment.selection_set)
        return self._known[name]

    def _narrowed(self, parent: GraphQLNamedType | None, condition: Any) -> GraphQLNamedType | None:
        return parent if condition is None else self._schema.get_type(condition.name.value)

    def _field(self, parent: Any, node: FieldNode) -> int:
        if node.selection_set is None:
            return 1
        field = self._schema.get_field(parent, node.name.value)
        if field is None:
            return 1
        return 1 + self._rows(parent, field, node) * (1 + self.selected(get_named_type(field.type), node.selection_set))

    def _rows(self, parent: Any, field: GraphQLField, node: FieldNode) -> int:
        """How many objects stand there: as many as are asked for; a page's own lists are counted by their page."""
        for argument in node.arguments or ():
            if argument.name.value in {"first", "ids"}:
                return max(1, min(self._count(argument.value), _MOST_ROWS))
        paged = isinstance(parent, GraphQLObjectType) and "pageInfo" in parent.fields
        return _ASSUMED_ROWS if is_list_type(get_nullable_type(field.type)) and not paged else 1

    def _count(self, value: ValueNode) -> int:
        """The number, or how many elements there are; what is neither is refused elsewhere."""
        given = self._given.get(value.name.value) if isinstance(value, VariableNode) else value
        if isinstance(given, IntValueNode):
            return int(given.value)
        if isinstance(given, ListValueNode):
            return len(given.values)
        if isinstance(given, list):
            return len(given)
        if isinstance(given, float):  # taken where it is whole
            return int(given) if 0 <= given < _MOST_ROWS else _MOST_ROWS
        return given if isinstance(given, int) else 1
