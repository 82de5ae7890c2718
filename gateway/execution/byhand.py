"""What resolvers by hand are told about where they are: by graphql-core's own means, in its own form."""

from typing import Any

from graphql import FieldNode, GraphQLField, GraphQLObjectType, GraphQLResolveInfo
from graphql.execution import Executor
from graphql.execution.values import VariableValues
from graphql.pyutils import Path


class ByHand:
    """Tells resolvers by hand where they are; see ``run.Resolving``."""

    def __init__(self, executor: Executor[Any]) -> None:
        self._executor = executor

    def info(
        self, field: GraphQLField, nodes: list[FieldNode], parent: GraphQLObjectType, path: Path
    ) -> GraphQLResolveInfo[Any]:
        """All a resolver may ask about where it is."""
        return self._executor.build_resolve_info(field, nodes, parent, path)


class ByHandAgain(ByHand):
    """The same for one of many runs of an operation: what graphql-core prepares is prepared once."""

    def __init__(self, executor: Executor[Any], context: Any, variables: VariableValues) -> None:
        super().__init__(executor)
        self._context = context
        self._variables = variables

    def info(
        self, field: GraphQLField, nodes: list[FieldNode], parent: GraphQLObjectType, path: Path
    ) -> GraphQLResolveInfo[Any]:
        """All a resolver may ask about where it is, in this run."""
        told = super().info(field, nodes, parent, path)
        return told._replace(context=self._context, variable_values=self._variables)
