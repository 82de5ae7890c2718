"""The arguments of a field: coerced once a run, or once for ever where no variable is in them."""

from collections.abc import Callable, Mapping
from typing import Any

from graphql import FieldNode, GraphQLField, Visitor, visit
from graphql.execution.values import VariableValues, get_argument_values
from graphql.language import VariableNode

from gateway.execution.run import Run

_NO_VARIABLES = VariableValues({}, {})
Given = Mapping[str, Any]


class Arguments:
    """Of one field, by its first node, as graphql-core takes them."""

    def __init__(self, field: GraphQLField, node: FieldNode) -> None:
        self._field = field
        self._node = node
        self._static: Given | Exception | None = None
        if not field.args and not node.arguments:
            self._static = {}
        elif not _has_variable(node):
            self._static = self._coerced(_NO_VARIABLES)

    def given(self, run: Run) -> Given | Exception:
        """The values by name; the error where one does not fit."""
        return self._coerced(run.variables) if self._static is None else self._static

    def taken(self, run: Run, turn: Callable[[Given], tuple[Any, ...]]) -> tuple[Any, ...] | Exception:
        """What a declaration makes of them; the error where it cannot."""
        given = self.given(run)
        if isinstance(given, Exception):
            return given
        try:
            return turn(given)
        except Exception as error:  # noqa: BLE001 - a rule by hand; its error stands in the field's place
            return error

    def _coerced(self, variables: VariableValues) -> Given | Exception:
        try:
            return get_argument_values(self._field, self._node, variables)
        except Exception as error:  # noqa: BLE001 - a scalar by hand may raise anything
            return error


class _Variables(Visitor):
    found = False

    def enter_variable(self, *_: Any) -> None:
        self.found = True


def _has_variable(node: FieldNode) -> bool:
    visitor = _Variables()
    for argument in node.arguments or ():
        if isinstance(argument.value, VariableNode):
            return True
        visit(argument.value, visitor)
    return visitor.found
