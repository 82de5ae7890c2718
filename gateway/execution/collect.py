"""Which fields a selection asks of a type: the specification's CollectFields, done once, before anything runs.

``@skip`` and ``@include`` are decided here by the flags (the values of the variables they name), so that a plan is made
for one set of flags and none is looked at when it runs.
"""

from collections.abc import Iterable, Iterator, Mapping

from graphql import (
    DirectiveNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    VariableNode,
    is_abstract_type,
)
from graphql.language import BooleanValueNode

_DECIDING = ("skip", "include")
_UNPLANNED = {"defer": "incremental delivery", "stream": "incremental delivery"}

Asked = dict[str, list[FieldNode]]
"""Response keys in their order, each with every node that asks for it."""


class NotPlannedError(Exception):
    """graphql-core has to run this operation; the argument is the reason, a few words that are always the same."""


class Collector:
    """Collects for one operation and one set of flags."""

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: Mapping[str, FragmentDefinitionNode],
        flags: Mapping[str, bool],
    ) -> None:
        self._schema = schema
        self._fragments = fragments
        self._flags = flags

    def collect(self, parent: GraphQLObjectType, selections: Iterable[SelectionSetNode]) -> Asked:
        """Give what the selections ask of an object of that type. Raises ``NotPlannedError``."""
        asked: Asked = {}
        seen: set[str] = set()
        for selection in selections:
            self._collect(parent, selection, asked, seen)
        return asked

    def _collect(self, parent: GraphQLObjectType, selection: SelectionSetNode, asked: Asked, seen: set[str]) -> None:
        for node in selection.selections:
            if not self._included(node):
                continue
            if isinstance(node, FieldNode):
                asked.setdefault(node.alias.value if node.alias else node.name.value, []).append(node)
            elif isinstance(node, InlineFragmentNode):
                if self._applies(parent, node):
                    self._collect(parent, node.selection_set, asked, seen)
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
                seen.add(node.name.value)
                fragment = self._fragments.get(node.name.value)
                if fragment is None:  # validation refuses it; without, graphql-core skips it
                    continue
                if fragment.variable_definitions:
                    raise NotPlannedError("fragment variables")
                if self._applies(parent, fragment):
                    self._collect(parent, fragment.selection_set, asked, seen)

    def _applies(self, parent: GraphQLObjectType, node: InlineFragmentNode | FragmentDefinitionNode) -> bool:
        if node.type_condition is None:
            return True
        condition = self._schema.get_type(node.type_condition.name.value)
        return condition is parent or (is_abstract_type(condition) and self._schema.is_sub_type(condition, parent))

    def _included(self, node: SelectionNode) -> bool:
        for directive in node.directives or ():
            name = directive.name.value
            if name in _UNPLANNED:
                raise NotPlannedError(_UNPLANNED[name])
            if name in _DECIDING and self._condition(directive) is (name == "skip"):
                return False
        return True

    def _condition(self, directive: DirectiveNode) -> bool:
        value = directive.arguments[0].value if directive.arguments else None
        if isinstance(value, VariableNode) and value.name.value in self._flags:
            return self._flags[value.name.value]
        if isinstance(value, BooleanValueNode):
            return value.value
        raise NotPlannedError("a condition without a value")


def deciding_variables(
    operation: OperationDefinitionNode, fragments: Iterable[FragmentDefinitionNode]
) -> tuple[str, ...]:
    """Name the variables by which ``@skip`` and ``@include`` decide, anywhere in the document."""
    found: dict[str, None] = {}
    level: list[SelectionSetNode] = [operation.selection_set, *(fragment.selection_set for fragment in fragments)]
    while level:
        nodes = [node for selection in level for node in selection.selections]
        found |= dict.fromkeys(name for node in nodes for name in _deciding(node))
        level = [inner for node in nodes if (inner := getattr(node, "selection_set", None)) is not None]
    return tuple(found)


def _deciding(node: SelectionNode) -> Iterator[str]:
    for directive in node.directives or ():
        if directive.name.value in _DECIDING:
            for argument in directive.arguments or ():
                if isinstance(argument.value, VariableNode):
                    yield argument.value.name.value
