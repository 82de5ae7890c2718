"""How many fields an operation has, and how many at its top."""

from collections.abc import Mapping
from itertools import islice

from graphql import FieldNode

from connectors.refusals import RefusedError
from gateway.limits.outline import Body, Outline
from gateway.limits.refusal import refused_at
from gateway.limits.settings import LimitSettings


def check_fields(outline: Outline, limits: LimitSettings) -> None:
    """Raise a ``GraphQLError`` (TOO_MANY_FIELDS). A plan has as many places: a fragment is planned at every spread."""
    for operation, fields in outline.folded(_fields):
        if fields > limits.fields:
            raise refused_at(operation.node, RefusedError("TOO_MANY_FIELDS", most=limits.fields))


def check_root_fields(outline: Outline, limits: LimitSettings) -> None:
    """Raise a ``GraphQLError`` (TOO_MANY_ROOT_FIELDS). Equal names at the top are one field."""
    most = limits.root_fields

    def names_at_top(body: Body, known: Mapping[str, frozenset[str]]) -> frozenset[str]:
        top = [spot.node for spot in body.spots if isinstance(spot.node, FieldNode) and spot.level == 1]
        found = {(node.alias or node.name).value for node in top}
        for fragment, spot in body.spreads:
            if spot.level == 0 and len(found) <= most:
                found |= known.get(fragment, frozenset())
        return frozenset(islice(found, most + 1))  # one more is enough to know, and keeps every step short

    for operation, names in outline.folded(names_at_top):
        if len(names) > most:
            raise refused_at(operation.node, RefusedError("TOO_MANY_ROOT_FIELDS", most=most))


def _fields(body: Body, known: Mapping[str, int]) -> int:
    own = sum(isinstance(spot.node, FieldNode) for spot in body.spots)
    return own + sum(known.get(name, 0) for name, _ in body.spreads)
