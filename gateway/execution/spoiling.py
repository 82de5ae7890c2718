"""Which places of an answer a platform's illness spoiled: empty by an error, or filled with old data.

Looked for only where something failed or is stale; an answer without either is never gone through.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    get_named_type,
)

from connectors.errors import NotConfiguredError, PlatformError
from connectors.provenance import CacheState
from gateway.execution.operation import ReadAt, Spoiled

Names = tuple[str, ...]
_NOWHERE = "?"


class _Spot(NamedTuple):
    platform: str
    names: Names
    stale: bool


def spoiled_in(
    schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    fragments: Mapping[str, FragmentDefinitionNode],
    errors: Iterable[GraphQLError],
    reads: Sequence[ReadAt],
) -> tuple[Spoiled, ...]:
    """All of them; a refusal of one call (no right, not found) is an answer and spoils nothing."""
    spots: Counter[_Spot] = Counter()
    for error in errors:
        platform = _platform_of(error)
        if platform is not None:
            spots[_Spot(platform, tuple(key for key in error.path or () if isinstance(key, str)), stale=False)] += 1
    for read in reads:
        if read.provenance.state is CacheState.STALE:
            spots[_Spot(read.provenance.platform, read.path, stale=True)] += 1
    root = schema.get_root_type(operation.operation)
    found: Counter[tuple[str, str, bool]] = Counter()
    for spot, times in spots.items():
        named = _coordinate(schema, fragments, operation.selection_set, root, spot.names) if spot.names else None
        found[spot.platform, named or _NOWHERE, spot.stale] += times
    return tuple(Spoiled(*key, times) for key, times in found.items())


def _platform_of(error: GraphQLError) -> str | None:
    cause: Exception | None = error
    while isinstance(cause, GraphQLError):
        cause = cause.original_error
    if isinstance(cause, PlatformError) and (cause.illness or isinstance(cause, NotConfiguredError)):
        return cause.platform
    return None


def _coordinate(
    schema: GraphQLSchema,
    fragments: Mapping[str, FragmentDefinitionNode],
    selections: SelectionSetNode,
    kind: Any,
    names: Names,
) -> str | None:
    """Go down by response names; the type is the one the field is asked of, a fragment's where it has one."""
    for owner, node in _asked(schema, fragments, selections, kind, names[0]):
        if len(names) == 1:
            return f"{owner.name}.{node.name.value}"
        declared = owner.fields.get(node.name.value)
        if declared is None or node.selection_set is None:
            continue
        below = _coordinate(schema, fragments, node.selection_set, get_named_type(declared.type), names[1:])
        if below is not None:
            return below
    return None


def _asked(
    schema: GraphQLSchema,
    fragments: Mapping[str, FragmentDefinitionNode],
    selections: SelectionSetNode,
    kind: Any,
    name: str,
) -> Iterator[tuple[Any, FieldNode]]:
    """The fields that answer under a name, each with the type it is asked of."""
    for selection in selections.selections:
        if isinstance(selection, FieldNode):
            if (selection.alias or selection.name).value == name:
                yield kind, selection
            continue
        inner = fragments.get(selection.name.value) if isinstance(selection, FragmentSpreadNode) else selection
        if isinstance(inner, InlineFragmentNode | FragmentDefinitionNode):
            condition = inner.type_condition
            below = kind if condition is None else schema.get_type(condition.name.value)
            yield from _asked(schema, fragments, inner.selection_set, below, name)
