"""A limit's refusal with its place in the document."""

from graphql import GraphQLError, Node

from connectors.refusals import RefusedError


def refused_at(node: Node | None, refused: RefusedError) -> GraphQLError:
    """The error for a caller; its words are the registry's."""
    return GraphQLError(refused.code, node, original_error=refused)
