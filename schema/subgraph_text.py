"""The schema's text as Apollo Federation 2 reads it from a subgraph."""

from typing import Any

from graphql import (
    DirectiveDefinitionNode,
    DocumentNode,
    ObjectTypeDefinitionNode,
    UnionTypeDefinitionNode,
    parse,
    print_ast,
)

_LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])\n\n'
_OURS = {"cost", "listSize"}
_MACHINERY = {"_Any", "_Entity", "_Service"}
_SHAREABLE = {"PageInfo"}
"""Types of which other subgraphs have their own, the same by the Relay specification."""


def subgraph_text(document: DocumentNode) -> str:
    """The text of a whole schema without what makes it a subgraph, with the keys of its entities.

    What fields cost here is left out: a supergraph reckons for itself, with a directive of the same name.
    """
    entities = _entities_of(document)
    kept = [_changed(node, entities) for node in document.definitions if not _is_left_out(node)]
    return _LINK + print_ast(DocumentNode(definitions=tuple(kept))) + "\n"


def _entities_of(document: DocumentNode) -> set[str]:
    for node in document.definitions:
        if isinstance(node, UnionTypeDefinitionNode) and node.name.value == "_Entity":
            return {kind.name.value for kind in node.types or ()}
    return set()


def _is_left_out(node: Any) -> bool:
    name = node.name.value if hasattr(node, "name") and node.name is not None else ""
    return name in (_OURS if isinstance(node, DirectiveDefinitionNode) else _MACHINERY)


def _changed(node: Any, entities: set[str]) -> Any:
    if not isinstance(node, ObjectTypeDefinitionNode):
        return node
    name = node.name.value
    said = [_KEY] if name in entities else [_SHARED] if name in _SHAREABLE else []
    fields = tuple(_without_costs(field) for field in node.fields or () if not field.name.value.startswith("_"))
    return _again(node, fields=fields, directives=(*(node.directives or ()), *said))


def _without_costs(field: Any) -> Any:
    return _again(field, directives=tuple(one for one in field.directives or () if one.name.value not in _OURS))


def _again(node: Any, **changes: Any) -> Any:
    return type(node)(**({name: getattr(node, name) for name in node.keys} | changes))


def _directive(text: str) -> Any:
    [definition] = parse(f"type T {text}").definitions
    return definition.directives[0]  # type: ignore[attr-defined]  # it was just written there


_KEY = _directive('@key(fields: "id")')
_SHARED = _directive("@shareable")
