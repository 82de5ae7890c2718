"""How deep an operation goes. Runs first: what comes later may recurse."""

from collections.abc import Mapping
from dataclasses import dataclass

from connectors.refusals import RefusedError
from gateway.limits.outline import Body, Outline
from gateway.limits.refusal import refused_at
from gateway.limits.settings import LimitSettings

_SETS_A_LEVEL = 3
"""Selection sets for each level of fields: a type condition or two between them, a fragment in a fragment."""


@dataclass(frozen=True, slots=True)
class _Depth:
    """Levels of fields, levels down to fields about the schema, and selection sets in one another."""

    fields: int
    meta: int
    sets: int


def check_depth(outline: Outline, limits: LimitSettings) -> None:
    """Raise a ``GraphQLError`` (DOCUMENT_TOO_DEEP)."""
    most_sets = _SETS_A_LEVEL * max(limits.depth, limits.introspection_depth)
    for operation, depth in outline.folded(_depth):
        if depth.meta > limits.introspection_depth:
            raise refused_at(operation.node, RefusedError("DOCUMENT_TOO_DEEP", most=limits.introspection_depth))
        if depth.fields > limits.depth or depth.sets > most_sets:
            raise refused_at(operation.node, RefusedError("DOCUMENT_TOO_DEEP", most=limits.depth))


def _depth(body: Body, known: Mapping[str, _Depth]) -> _Depth:
    fields = max((spot.level for spot in body.spots if not spot.meta), default=0)
    meta = max((spot.level for spot in body.spots if spot.meta), default=0)
    sets = max((spot.sets for spot in body.spots), default=0)
    for name, spot in body.spreads:
        inner = known.get(name)
        if inner is None:
            continue
        sets = max(sets, spot.sets + inner.sets)
        if spot.meta:
            meta = max(meta, spot.level + inner.fields, spot.level + inner.meta)
        else:
            fields = max(fields, spot.level + inner.fields)
            meta = max(meta, spot.level + inner.meta if inner.meta else 0)
    return _Depth(fields, meta, sets)
