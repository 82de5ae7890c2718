"""What resolvers by hand are told about where they are: by graphql-core's own means, in its own form."""

from typing import Any

from graphql import FieldNode, GraphQLField, GraphQLObjectType, GraphQLResolveInfo, GraphQLSchema
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
    """The same for one of many runs of an operation: what graphql-core prepares is prepared once.

    ``schema``: what introspection is told from.
    """

    def __init__(self, executor: Executor[Any], context: Any, variables: VariableValues, schema: GraphQLSchema) -> None:
        super().__init__(executor)
        self._schema = schema
        self._context = context
        self._variables = variables

    def info(
        self, field: GraphQLField, nodes: list[FieldNode], parent: GraphQLObjectType, path: Path
    ) -> GraphQLResolveInfo[Any]:
        """All a resolver may ask about where it is, in this run."""
        told = super().info(field, nodes, parent, path)
        return told._replace(context=self._context, variable_values=self._variables, schema=self._schema)


def telling(schema: GraphQLSchema) -> type[Executor[Any]]:
    """graphql-core's executor, with introspection told from that schema."""

    class Telling(Executor[Any]):
        def build_resolve_info(
            self, field_def: GraphQLField, field_nodes: list[FieldNode], parent_type: GraphQLObjectType, path: Path
        ) -> GraphQLResolveInfo[Any]:
            return super().build_resolve_info(field_def, field_nodes, parent_type, path)._replace(schema=schema)

    return Telling
