"""How many values are written in a document, and how deep: lists and objects among arguments and defaults."""

from collections.abc import Iterator

from graphql import DirectiveNode, FieldNode, ListValueNode, ObjectValueNode, ValueNode

from connectors.refusals import RefusedError
from gateway.limits.outline import Body, Outline
from gateway.limits.refusal import refused_at
from gateway.limits.settings import LimitSettings


def check_literals(outline: Outline, limits: LimitSettings) -> None:
    """Raise a ``GraphQLError`` (TOO_MANY_LITERALS, LITERAL_TOO_DEEP). Values of variables are the edge's concern."""
    count = 0
    for body in outline.bodies:
        level: list[ValueNode] = [
            value for value in _written(body) if isinstance(value, ListValueNode | ObjectValueNode)
        ]
        depth = 0
        while level:
            depth += 1
            if depth > limits.literal_depth:
                raise refused_at(level[0], RefusedError("LITERAL_TOO_DEEP", most=limits.literal_depth))
            level = [inner for value in level for inner in _inside(value)]
            count += len(level)
        if count > limits.literals:
            raise refused_at(body.node, RefusedError("TOO_MANY_LITERALS", most=limits.literals))


def _written(body: Body) -> Iterator[ValueNode]:
    for variable in body.node.variable_definitions or ():
        if variable.default_value is not None:
            yield variable.default_value
    nodes: list[FieldNode | DirectiveNode] = [spot.node for spot in body.spots if isinstance(spot.node, FieldNode)]
    nodes += body.directives
    for node in nodes:
        yield from (argument.value for argument in node.arguments or ())


def _inside(value: ValueNode) -> tuple[ValueNode, ...]:
    if isinstance(value, ListValueNode):
        return tuple(value.values)
    return tuple(field.value for field in value.fields) if isinstance(value, ObjectValueNode) else ()
