"""Which parts of the schema are deprecated, and which of these an operation uses."""

from collections.abc import Iterator, Mapping
from typing import Any

from graphql import (
    FragmentDefinitionNode,
    GraphQLArgument,
    GraphQLField,
    GraphQLInputField,
    GraphQLSchema,
    OperationDefinitionNode,
)

from schema.deprecated import Deprecated
from schema.fields import DEPRECATED, DeclaredField
from schema.uses import uses_of

_KEPT = "deprecations"

Part = GraphQLField | GraphQLInputField | GraphQLArgument


def attach_deprecations(schema: GraphQLSchema) -> None:
    """Write what is deprecated into the built schema, where introspection and its text find it."""
    found = {}
    for coordinate, part in _parts(schema):
        said = deprecation_of(part)
        if said is not None:
            part.deprecation_reason = said.reason("en")
            found[coordinate] = said
    schema.extensions[_KEPT] = found


def deprecation_of(part: Part) -> Deprecated | None:
    """What was said of a part; None where it stays."""
    definition: Any = (part.extensions or {}).get("strawberry-definition")
    if isinstance(definition, DeclaredField):
        return definition.declaration.deprecated
    said: Deprecated | None = (getattr(definition, "metadata", None) or {}).get(DEPRECATED)
    return said


def deprecated_in(
    schema: GraphQLSchema, operation: OperationDefinitionNode, fragments: Mapping[str, FragmentDefinitionNode]
) -> tuple[tuple[str, Deprecated], ...]:
    """What is deprecated of that which stands in a valid operation, by schema coordinates in their order.

    What only a variable's value names is not told: the operation does not show it.
    """
    known: Mapping[str, Deprecated] = schema.extensions.get(_KEPT) or {}
    if not known:
        return ()
    return tuple((one, known[one]) for one in sorted(known.keys() & uses_of(schema, operation, fragments)))


def _parts(schema: GraphQLSchema) -> Iterator[tuple[str, Part]]:
    for kind in schema.type_map.values():
        for name, field in getattr(kind, "fields", {}).items():
            yield f"{kind.name}.{name}", field
            for argument_name, argument in getattr(field, "args", {}).items():
                yield f"{kind.name}.{name}({argument_name}:)", argument
