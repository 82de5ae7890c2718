"""What resolvers by hand are told about where they are: by graphql-core's own means, in its own form."""

from typing import Any

from graphql import FieldNode, GraphQLField, GraphQLObjectType, GraphQLResolveInfo
from graphql.execution import Executor
from graphql.pyutils import Path


class ByHand:
    """Tells resolvers by hand where they are, by graphql-core's own means."""

    def __init__(self, executor: Executor[Any]) -> None:
        self._executor = executor

    def info(
        self, field: GraphQLField, nodes: list[FieldNode], parent: GraphQLObjectType, path: Path
    ) -> GraphQLResolveInfo[Any]:
        """See ``run.Resolving``."""
        return self._executor.build_resolve_info(field, nodes, parent, path)
