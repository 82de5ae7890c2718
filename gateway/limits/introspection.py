"""Whether the schema can be asked for."""

from connectors.refusals import RefusedError
from gateway.limits.outline import Outline
from gateway.limits.refusal import refused_at
from gateway.limits.settings import LimitSettings


def check_introspection(outline: Outline, limits: LimitSettings) -> None:
    """Raise a ``GraphQLError`` (INTROSPECTION_OFF). ``__typename`` is no question about the schema."""
    if limits.introspection != "off":
        return
    for body in outline.bodies:
        for spot in body.spots:
            if spot.meta:
                raise refused_at(spot.node, RefusedError("INTROSPECTION_OFF"))
