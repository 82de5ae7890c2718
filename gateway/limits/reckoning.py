"""Reckons an operation into sums over the rows it asks for: each selection once, however often it is spread."""

from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    get_named_type,
    get_nullable_type,
    is_list_type,
)

from gateway.limits.rows import Slice, rows_of
from gateway.limits.weights import OBJECT, size_of, weight_of
from schema.declarations import UNSAID

Term = tuple[int, int, int]
"""How many times, the place of the rows they are multiplied with, the place of the sum."""
_ONCE = 0


@dataclass(slots=True)
class Sum:
    """Points and values that are known, and terms that depend on variables or stand for a fragment."""

    points: int = 0
    values: int = 0
    terms: list[Term] = field(default_factory=list)

    def add(self, other: "Sum", at: int | None, times: int = 1, rows: int = _ONCE) -> None:
        """Add another sum, so many times; ``at`` is its place once it has one."""
        if at is None:
            self.points += times * other.points
            self.values += times * other.values
        else:
            self.terms.append((times, rows, at))


class Reckoning:
    """Lives for one operation.

    What one object of a selection adds comes in two sums: what it always adds, and what it adds for each row of the
    page it is, if it is one (its ``nodes`` and ``edges``). So a fragment on a connection is reckoned once, whatever
    the pages it is spread in.
    """

    def __init__(self, schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode) -> None:
        self._schema = schema
        self._fragments = {
            node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)
        }
        self._defaults = {node.variable.name.value: node.default_value for node in operation.variable_definitions or ()}
        self._known: dict[str, tuple[Sum, int | None, Sum, int | None]] = {}
        self._places: dict[Slice, int] = {}
        self.slices: list[Slice] = []
        self.sums: list[Sum] = []

    def selected(self, parent: GraphQLNamedType | None, selection: SelectionSetNode) -> tuple[Sum, Sum]:
        """What one object adds: always, and for each row of its page."""
        plain, paged = Sum(), Sum()
        for node in selection.selections:
            if isinstance(node, FieldNode):
                self._field(parent, node, plain, paged)
            elif isinstance(node, FragmentSpreadNode):
                always, at, by_row, there = self._fragment(node.name.value)
                plain.add(always, at)
                paged.add(by_row, there)
            elif isinstance(node, InlineFragmentNode):
                kind = parent if node.type_condition is None else self._type(node.type_condition.name.value)
                always, by_row = self.selected(kind, node.selection_set)
                plain.add(always, self.placed(always))
                paged.add(by_row, self.placed(by_row))
        return plain, paged

    def placed(self, each: Sum) -> int | None:
        """Give a sum a place among the steps; None where it is only a number, which needs none."""
        if not each.terms:
            return None
        self.sums.append(each)
        return len(self.sums) - 1

    def _field(self, parent: Any, node: FieldNode, plain: Sum, paged: Sum) -> None:
        found = self._schema.get_field(parent, node.name.value)
        plain.add(Sum(0 if found is None else weight_of(found), 1), None)
        if found is None or node.selection_set is None:
            return
        always, by_row = self.selected(get_named_type(found.type), node.selection_set)
        always.add(Sum(OBJECT, 1), None)
        size = size_of(found)
        if size is None:  # one object, and no connection; a page that nobody sized is as long as any other list
            self._multiply(always, by_row, UNSAID.most)
            plain.add(always, self.placed(always))
        elif size.page:
            paged.add(always, self.placed(always))
        elif is_list_type(get_nullable_type(found.type)):
            self._multiply(plain, always, rows_of(node, size, self._defaults))
        else:
            self._multiply(always, by_row, rows_of(node, size, self._defaults))
            plain.add(always, self.placed(always))

    def _multiply(self, into: Sum, each: Sum, rows: int | Slice) -> None:
        if isinstance(rows, int):
            into.add(each, self.placed(each), times=rows)
        elif each.points or each.values or each.terms:
            self.sums.append(each)
            into.terms.append((1, self._place(rows), len(self.sums) - 1))

    def _place(self, rows: Slice) -> int:
        if rows not in self._places:
            self.slices.append(rows)
            self._places[rows] = len(self.slices)
        return self._places[rows]

    def _fragment(self, name: str) -> tuple[Sum, int | None, Sum, int | None]:
        if name not in self._known:
            node = self._fragments[name]
            always, by_row = self.selected(self._type(node.type_condition.name.value), node.selection_set)
            self._known[name] = (always, self.placed(always), by_row, self.placed(by_row))
        return self._known[name]

    def _type(self, name: str) -> GraphQLNamedType | None:
        return self._schema.get_type(name)
