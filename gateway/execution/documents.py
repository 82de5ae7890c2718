"""Documents parsed and validated once: kept by their text, bounded, the least recently used going first.

Long texts are not kept: the bound would otherwise be one of entries only, and a caller could fill the memory.
"""

from collections import OrderedDict
from dataclasses import dataclass

from graphql import DocumentNode, GraphQLError, GraphQLSchema, GraphQLSyntaxError, parse, validate

MOST_TOKENS = 2000
MOST_KEPT = 1000
LONGEST_KEPT = 16_384


@dataclass(frozen=True, slots=True)
class Document:
    """A document, or why it is none."""

    parsed: DocumentNode | None
    errors: tuple[GraphQLError, ...]


class Documents:
    """One per schema."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self._kept: OrderedDict[str, Document] = OrderedDict()

    def read(self, text: str) -> Document:
        """Parse and validate, or remember."""
        document = self._kept.get(text)
        if document is not None:
            self._kept.move_to_end(text)
            return document
        document = self._fresh(text)
        if len(text) <= LONGEST_KEPT:
            self._kept[text] = document
            if len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return document

    def _fresh(self, text: str) -> Document:
        try:
            parsed = parse(text, max_tokens=MOST_TOKENS)
            return Document(parsed, tuple(validate(self._schema, parsed)))
        except GraphQLSyntaxError as error:
            return Document(None, (error,))
        except RecursionError:
            too_deep = GraphQLError("Nested too deeply.", extensions={"code": "DOCUMENT_TOO_DEEP"})
            return Document(None, (too_deep,))
