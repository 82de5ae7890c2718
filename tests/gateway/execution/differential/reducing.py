"""Makes an operation on which engines differ as small as it can be while they still do."""

import re
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from graphql import (
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentSpreadNode,
    GraphQLSchema,
    Node,
    SelectionSetNode,
    parse,
    print_ast,
    validate,
    visit,
)
from graphql.language import REMOVE, Visitor

_REMOVABLE = (FieldNode, FragmentSpreadNode, DirectiveNode)


async def reduced(
    schema: GraphQLSchema, text: str, differs: Callable[[str], Awaitable[bool]], most_tries: int = 300
) -> str:
    """Take selections and directives out one by one, as long as it stays valid and still ``differs``."""
    smaller = True
    while smaller:
        smaller = False
        for candidate in _candidates(text):
            most_tries -= 1
            if most_tries < 0:
                return text
            if candidate and not validate(schema, parse(candidate)) and await differs(candidate):
                text, smaller = candidate, True
                break
    return text


def _candidates(text: str) -> Iterator[str]:
    document = parse(text)
    found: list[Node] = []

    class Finding(Visitor):
        def enter(self, node: Node, *_: Any) -> None:
            if isinstance(node, _REMOVABLE) or getattr(node, "kind", "") == "inline_fragment":
                found.append(node)

    visit(document, Finding())
    for unwanted in found:
        yield print_ast(_tidied(_without(document, unwanted)))


def _without(document: DocumentNode, unwanted: Node) -> DocumentNode:
    class Removing(Visitor):
        def enter(self, node: Node, *_: Any) -> Any:
            return REMOVE if node is unwanted else None

        def leave(self, node: Node, *_: Any) -> Any:
            inner = getattr(node, "selection_set", None)
            if isinstance(inner, SelectionSetNode) and not inner.selections and not isinstance(node, DocumentNode):
                return REMOVE
            return None

    made: DocumentNode = visit(document, Removing())
    return made


def _tidied(document: DocumentNode) -> DocumentNode:
    """Without fragments and variables that nothing uses by now."""
    text = print_ast(document)

    class Tidying(Visitor):
        def enter_fragment_definition(self, node: Any, *_: Any) -> Any:
            return None if re.search(rf"\.\.\.{node.name.value}\b", text) else REMOVE

        def enter_variable_definition(self, node: Any, *_: Any) -> Any:
            return None if len(re.findall(rf"\${node.variable.name.value}\b", text)) > 1 else REMOVE

    tidied: DocumentNode = visit(document, Tidying())
    return tidied
