"""One operation of a document, with all that is made of it once: its plans, by the flags that decide its selections."""

from collections import OrderedDict
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
)
from graphql.execution import Executor, default_field_resolver, default_type_resolver
from graphql.execution.values import VariableValues, get_variable_values

from gateway.execution.collect import NotPlannedError, deciding_variables
from gateway.execution.planning import Plan, Planner
from gateway.limits.estimate import estimated
from schema.deprecated import Deprecated
from schema.deprecations import deprecated_in

MOST_PLANS = 16
"""Plans kept of one operation; each flag doubles how many there can be."""

Flags = tuple[bool | None, ...]
"""None where a flag has no value, or null in spite of its default: an error at the place that looks at it."""

NO_VARIABLES = VariableValues({}, {})


class CompiledOperation:
    """Lives as long as its document is kept."""

    def __init__(
        self,
        schema: GraphQLSchema,
        document: DocumentNode,
        operation: OperationDefinitionNode,
    ) -> None:
        self.node = operation
        self.document = document
        self.estimate = estimated(schema, document, operation)
        self.is_query = operation.operation is OperationType.QUERY
        self.is_subscription = operation.operation is OperationType.SUBSCRIPTION
        self.names_asker = False  # whether a run of it for nobody in particular asked who exactly it was (gateway/live)
        self._schema = schema
        self.fragments = {
            node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)
        }
        self._deciding = deciding_variables(operation, self.fragments.values())
        self._plans: OrderedDict[Flags, Plan | NotPlannedError] = OrderedDict()

    @cached_property
    def executor(self) -> Executor[Any]:
        """What graphql-core tells resolvers by hand by. It runs nothing, and knows no run's variables or context."""
        resolve = default_field_resolver
        return Executor(
            self._schema,
            self.fragments,
            {},
            None,
            None,
            self.node,
            NO_VARIABLES,
            resolve,
            default_type_resolver,
            resolve,
        )

    @cached_property
    def deprecated(self) -> tuple[tuple[str, Deprecated], ...]:
        """What it uses that goes away."""
        return deprecated_in(self._schema, self.node, self.fragments)

    def variables(self, given: Mapping[str, Any] | None) -> VariableValues | list[GraphQLError]:
        """The variables' values, coerced; or why they do not fit."""
        definitions = self.node.variable_definitions
        if not definitions:
            return NO_VARIABLES
        return get_variable_values(self._schema, definitions, dict(given or {}))

    def plan(self, variables: VariableValues) -> Plan:
        """The plan for these values. Raises ``NotPlannedError``."""
        flags = tuple(variables.coerced.get(name) for name in self._deciding)
        plan = self._plans.get(flags)
        if plan is None:
            plan = self._plans[flags] = self._made(flags)
            if len(self._plans) > MOST_PLANS:
                self._plans.popitem(last=False)
        if isinstance(plan, NotPlannedError):
            raise plan
        return plan

    def _made(self, flags: Flags) -> Plan | NotPlannedError:
        named = {name: flag for name, flag in zip(self._deciding, flags, strict=True) if flag is not None}
        try:
            return Planner(self._schema, self.node, self.fragments, named).plan()
        except NotPlannedError as error:
            return error.with_traceback(None)
        except RecursionError:
            return NotPlannedError("nested too deeply")
