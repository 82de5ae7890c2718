"""How many aliases, fragments and directives a document has."""

from graphql import FieldNode

from connectors.refusals import RefusedError
from gateway.limits.outline import Outline
from gateway.limits.refusal import refused_at
from gateway.limits.settings import LimitSettings


def check_aliases(outline: Outline, limits: LimitSettings) -> None:
    """Raise a ``GraphQLError`` (TOO_MANY_ALIASES)."""
    nodes = (spot.node for body in outline.bodies for spot in body.spots)
    aliased = [node for node in nodes if isinstance(node, FieldNode) and node.alias is not None]
    if len(aliased) > limits.aliases:
        raise refused_at(aliased[limits.aliases], RefusedError("TOO_MANY_ALIASES", most=limits.aliases))


def check_fragments(outline: Outline, limits: LimitSettings) -> None:
    """Raise a ``GraphQLError`` (TOO_MANY_FRAGMENTS). Validation compares each with each."""
    if len(outline.bodies) - len(outline.operations) > limits.fragments:
        raise refused_at(outline.bodies[-1].node, RefusedError("TOO_MANY_FRAGMENTS", most=limits.fragments))


def check_directives(outline: Outline, limits: LimitSettings) -> None:
    """Raise a ``GraphQLError`` (TOO_MANY_DIRECTIVES)."""
    directives = [directive for body in outline.bodies for directive in body.directives]
    if len(directives) > limits.directives:
        raise refused_at(directives[limits.directives], RefusedError("TOO_MANY_DIRECTIVES", most=limits.directives))
