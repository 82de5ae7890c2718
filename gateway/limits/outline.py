"""A document read once for all limits: what stands where in each definition, and which fragments it spreads.

Walked without recursion, because documents nested without end come here before anybody has looked at them; and before
validation, so that fragments may be missing, double or go in circles.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from graphql import (
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    Node,
    OperationDefinitionNode,
    SelectionNode,
)

T = TypeVar("T")
_META = frozenset({"__schema", "__type"})


@dataclass(frozen=True, slots=True)
class Spot:
    """One selection and where it stands. ``meta``: it asks about the schema.

    ``level``: the fields it stands in, itself counted if it is one. ``sets``: the selection sets around it.
    ``inside``: the number of the spot it stands in, -1 at the top.
    """

    node: SelectionNode
    level: int
    sets: int
    inside: int
    meta: bool


@dataclass(frozen=True)
class Body:
    """One operation or fragment, its spots in an order in which what stands around comes first."""

    node: OperationDefinitionNode | FragmentDefinitionNode
    spots: tuple[Spot, ...]

    @cached_property
    def spreads(self) -> tuple[tuple[str, Spot], ...]:
        """The fragments it spreads, by name."""
        return tuple((spot.node.name.value, spot) for spot in self.spots if isinstance(spot.node, FragmentSpreadNode))

    @cached_property
    def directives(self) -> tuple[DirectiveNode, ...]:
        """All in it, at the definition itself and its variables too."""
        nodes: list[Node] = [self.node, *(self.node.variable_definitions or ()), *(spot.node for spot in self.spots)]
        return tuple(directive for node in nodes for directive in getattr(node, "directives", None) or ())


class Outline:
    """Lives while one document is looked at. Of fragments of one name the last counts; validation refuses them."""

    def __init__(self, document: DocumentNode) -> None:
        self.operations: list[Body] = []
        self.fragments: dict[str, Body] = {}
        self.bodies: list[Body] = []
        for node in document.definitions:
            if isinstance(node, OperationDefinitionNode | FragmentDefinitionNode):
                body = Body(node, tuple(_spots(node)))
                self.bodies.append(body)
                if isinstance(node, FragmentDefinitionNode):
                    self.fragments[node.name.value] = body
                else:
                    self.operations.append(body)

    def folded(self, figure: Callable[[Body, Mapping[str, T]], T]) -> list[tuple[Body, T]]:
        """A figure for each operation, made once for each definition from those of the fragments it spreads.

        What a fragment spreads in a circle, or what is nowhere defined, has no figure.
        """
        told: dict[str, T] = {}
        for name in self._inner_first:
            told[name] = figure(self.fragments[name], told)
        return [(operation, figure(operation, told)) for operation in self.operations]

    @cached_property
    def _inner_first(self) -> list[str]:
        """The fragments' names, each after those it spreads, as far as there is no circle."""
        order: list[str] = []
        begun: set[str] = set()
        for start in self.fragments:
            stack = [(start, iter(self.fragments[start].spreads))] if start not in begun else []
            begun.add(start)
            while stack:
                name, spreads = stack[-1]
                further = next((to for to, _ in spreads if to in self.fragments and to not in begun), None)
                if further is None:
                    order.append(name)
                    stack.pop()
                else:
                    begun.add(further)
                    stack.append((further, iter(self.fragments[further].spreads)))
        return order


def _spots(definition: OperationDefinitionNode | FragmentDefinitionNode) -> Iterator[Spot]:
    """Each selection once."""
    waiting = [(definition.selection_set, 0, 1, -1, False)]
    count = 0
    while waiting:
        selection, level, sets, inside, meta = waiting.pop()
        for node in selection.selections:
            name = node.name.value if isinstance(node, FieldNode) else ""
            spot = Spot(node, level + bool(name), sets, inside, meta or name in _META)
            yield spot
            if isinstance(node, FieldNode | InlineFragmentNode) and node.selection_set is not None:
                waiting.append((node.selection_set, spot.level, sets + 1, count, spot.meta))
            count += 1
