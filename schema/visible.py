"""The schema as it is when some of its fields are not there: without them, and without what only they lead to."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from graphql import (
    DirectiveDefinitionNode,
    DocumentNode,
    InterfaceTypeDefinitionNode,
    NamedTypeNode,
    ObjectTypeDefinitionNode,
    SchemaDefinitionNode,
    TypeDefinitionNode,
    TypeNode,
    UnionTypeDefinitionNode,
)

_ENTITY = "_Entity"
"""Leads to nothing by itself: like an id, a key shall not tell of what leads to its object."""
_ROOTS = ("Query", "Mutation", "Subscription")


def without(document: DocumentNode, hidden: Collection[str]) -> DocumentNode:
    """The document of a schema without these fields (``Type.field``), and without what only they lead to."""
    parts = _Parts(document, set(hidden))
    while empty := parts.empty():
        parts.hide_those_of(empty)
    return DocumentNode(definitions=tuple(parts.left()))


class _Parts:
    """A schema being taken apart."""

    def __init__(self, document: DocumentNode, hidden: set[str]) -> None:
        self._document = document
        self._hidden = hidden
        self._types = {node.name.value: node for node in document.definitions if isinstance(node, TypeDefinitionNode)}
        self._named = {
            _name_of(field.type)
            for node in self._types.values()
            if isinstance(node, (ObjectTypeDefinitionNode, InterfaceTypeDefinitionNode))
            for field in node.fields or ()
        }
        self._implementing = self._implementers()

    def empty(self) -> set[str]:
        """The objects and interfaces of which no field is left."""
        return {
            name
            for name, node in self._types.items()
            if getattr(node, "fields", ()) and not any(self._fields(node)) and name in self._reached()
        }

    def hide_those_of(self, kinds: Collection[str]) -> None:
        """Hide every field that leads to one of these types."""
        for node in self._types.values():
            for field in getattr(node, "fields", None) or ():
                if _name_of(field.type) in kinds:
                    self._hidden.add(f"{node.name.value}.{field.name.value}")

    def left(self) -> Iterator[Any]:
        """The definitions that are left, in their order."""
        reached = self._reached()
        for node in self._document.definitions:
            if isinstance(node, (DirectiveDefinitionNode, SchemaDefinitionNode)):
                yield node
            elif isinstance(node, TypeDefinitionNode) and node.name.value in reached:
                yield self._rest(node, reached)

    def _rest(self, node: TypeDefinitionNode, reached: Collection[str]) -> TypeDefinitionNode:
        changes: dict[str, Any] = {}
        if isinstance(node, (ObjectTypeDefinitionNode, InterfaceTypeDefinitionNode)):
            changes["fields"] = tuple(self._fields(node))
        if isinstance(node, UnionTypeDefinitionNode):
            changes["types"] = tuple(one for one in node.types or () if one.name.value in reached)
        return type(node)(**({name: getattr(node, name) for name in node.keys} | changes))

    def _fields(self, node: Any) -> Iterator[Any]:
        return (one for one in node.fields if f"{node.name.value}.{one.name.value}" not in self._hidden)

    def _reached(self) -> set[str]:
        """The types that can be come to from the roots and the directives.

        An object behind an interface counts only if some field names it that is left, or none ever did: what can be
        found by its id shall not tell of what leads to it.
        """
        directives = [node for node in self._document.definitions if isinstance(node, DirectiveDefinitionNode)]
        # a root of which nothing is left is not there: nobody may write, or listen
        to_do = [name for name in _ROOTS if name in self._types and any(self._fields(self._types[name]))]
        to_do += [_name_of(one.type) for node in directives for one in node.arguments or ()]
        reached: set[str] = set()
        while to_do:
            name = to_do.pop()
            if name in reached or name not in self._types:
                continue
            reached.add(name)
            to_do += self._from(self._types[name])
        return reached

    def _from(self, node: Any) -> Iterator[str]:
        if isinstance(node, UnionTypeDefinitionNode) and node.name.value != _ENTITY:
            yield from (one.name.value for one in node.types or ())
        yield from (one.name.value for one in getattr(node, "interfaces", None) or ())
        yield from (one for one in self._implementing.get(node.name.value, ()) if one not in self._named)
        for field in self._fields(node) if getattr(node, "fields", None) else ():
            yield _name_of(field.type)
            yield from (_name_of(one.type) for one in getattr(field, "arguments", None) or ())

    def _implementers(self) -> Mapping[str, Iterable[str]]:
        found: dict[str, list[str]] = {}
        for node in self._types.values():
            for one in getattr(node, "interfaces", None) or ():
                found.setdefault(one.name.value, []).append(node.name.value)
        return found


def _name_of(node: TypeNode) -> str:
    while not isinstance(node, NamedTypeNode):
        node = node.type  # type: ignore[attr-defined]  # a list or a non-null is around another type
    return node.name.value
