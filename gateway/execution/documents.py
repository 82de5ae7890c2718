"""Documents parsed and validated once: kept by their text, bounded, the least recently used going first.

Long texts are not kept, and all that are kept have a bound of tokens together, as a parsed token takes about 350
bytes: with a bound of entries only, a caller could fill the memory.
"""

from collections import OrderedDict
from dataclasses import dataclass, field

from graphql import DocumentNode, GraphQLError, GraphQLSchema, validate
from graphql.utilities import get_operation_ast

from gateway.execution.compiled import CompiledOperation
from gateway.limits.settings import LimitSettings
from gateway.limits.structure import check_structure
from gateway.limits.tokens import parsed

MOST_KEPT = 1000
MOST_TOKENS_KEPT = 100_000
LONGEST_KEPT = 16_384


@dataclass(frozen=True, slots=True)
class Document:
    """A document, or why it is none; ``operations`` are those that were compiled, by the name they were asked by."""

    parsed: DocumentNode | None
    errors: tuple[GraphQLError, ...]
    operations: dict[str | None, CompiledOperation] = field(default_factory=dict)

    def operation(self, schema: GraphQLSchema, name: str | None) -> CompiledOperation | GraphQLError:
        """The operation of that name, or the only one; the error where there is none."""
        known = self.operations.get(name)
        if known is not None or self.parsed is None:
            return known or _unknown(name)
        node = get_operation_ast(self.parsed, name)
        if node is None:
            return _unknown(name)
        compiled = self.operations[name] = CompiledOperation(schema, self.parsed, node)
        return compiled

    @property
    def tokens(self) -> int:
        """How much of the bound it takes."""
        return 1 if self.parsed is None else self.parsed.token_count or 1


class Documents:
    """One per schema. ``hits`` and ``made`` count since the start."""

    def __len__(self) -> int:
        return len(self._kept)

    def __init__(self, schema: GraphQLSchema, limits: LimitSettings | None = None) -> None:
        self._schema = schema
        self._limits = limits or LimitSettings()
        self._kept: OrderedDict[str, Document] = OrderedDict()
        self._tokens = 0
        self.hits = 0
        self.made = 0

    def read(self, text: str) -> Document:
        """Parse and validate, or remember."""
        document = self._kept.get(text)
        if document is not None:
            self._kept.move_to_end(text)
            self.hits += 1
            return document
        document = self._fresh(text)
        self.made += 1
        if len(text) <= LONGEST_KEPT:
            self._keep(text, document)
        return document

    def _keep(self, text: str, document: Document) -> None:
        self._kept[text] = document
        self._tokens += document.tokens
        while len(self._kept) > MOST_KEPT or self._tokens > MOST_TOKENS_KEPT:
            _, dropped = self._kept.popitem(last=False)
            self._tokens -= dropped.tokens

    def _fresh(self, text: str) -> Document:
        document = parsed(text, self._limits)
        if isinstance(document, GraphQLError):
            return Document(None, (document,))
        refused = check_structure(document, self._limits)
        if refused is not None:  # validation is not asked, which some of the limits protect
            return Document(None, (refused,))
        return Document(document, tuple(validate(self._schema, document)))


def _unknown(name: str | None) -> GraphQLError:
    wanted = f"Unknown operation named {name!r}." if name else "Name the operation to run: operationName."
    return GraphQLError(wanted, extensions={"code": "OPERATION_RESOLUTION_FAILURE"})
