"""How many rows a field is asked for, by its slicing argument: known from the document, or with the variables."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    FieldNode,
    IntValueNode,
    ListValueNode,
    ValueNode,
    VariableNode,
)

from schema.declarations import ListSize


@dataclass(frozen=True, slots=True)
class Slice:
    """Rows that depend on a variable: at most ``most``, ``default`` when the variable is not given."""

    variable: str
    default: int
    most: int

    def rows(self, variables: Mapping[str, Any]) -> int:
        """How many; never raises. What is no number of rows counts as one: it is refused elsewhere."""
        if self.variable not in variables:
            return self.default
        return _counted(variables[self.variable], self.most)


def rows_of(node: FieldNode, size: ListSize, defaults: Mapping[str, ValueNode | None]) -> int | Slice:
    """How many rows the field brings: as many as there can be where nothing is said. ``defaults``: the variables'."""
    given = next((argument.value for argument in node.arguments or () if argument.name.value == size.slicing), None)
    if isinstance(given, VariableNode):
        default = defaults.get(given.name.value)
        unset = size.most if default is None else _written(default, size.most)
        return Slice(given.name.value, unset, size.most)
    return size.most if given is None else _written(given, size.most)


def _written(value: ValueNode, most: int) -> int:
    """The rows of a value in the document. A single value stands for a list of it, and a variable in a list for one."""
    if isinstance(value, IntValueNode):
        return _counted(float(value.value), most)  # of any length, which int() refuses
    return max(1, min(len(value.values), most)) if isinstance(value, ListValueNode) else 1


def _counted(value: Any, most: int) -> int:
    """More than ``most`` are refused where the field is read."""
    if isinstance(value, list):
        value = len(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 1:
        return 1
    return int(value) if value <= most else most
