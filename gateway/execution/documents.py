"""Documents parsed and validated once: kept by their text, bounded, the least recently used going first.

Long texts are not kept, and all that are kept have a bound of tokens together, as a parsed token takes about 350
bytes: with a bound of entries only, a caller could fill the memory.
"""

from collections import OrderedDict
from dataclasses import dataclass

from graphql import DocumentNode, GraphQLError, GraphQLSchema, GraphQLSyntaxError, parse, validate

MOST_TOKENS = 2000
MOST_KEPT = 1000
MOST_TOKENS_KEPT = 100_000
LONGEST_KEPT = 16_384


@dataclass(frozen=True, slots=True)
class Document:
    """A document, or why it is none."""

    parsed: DocumentNode | None
    errors: tuple[GraphQLError, ...]

    @property
    def tokens(self) -> int:
        """How much of the bound it takes."""
        return 1 if self.parsed is None else self.parsed.token_count or MOST_TOKENS


class Documents:
    """One per schema."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self._kept: OrderedDict[str, Document] = OrderedDict()
        self._tokens = 0

    def read(self, text: str) -> Document:
        """Parse and validate, or remember."""
        document = self._kept.get(text)
        if document is not None:
            self._kept.move_to_end(text)
            return document
        document = self._fresh(text)
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
        try:
            parsed = parse(text, max_tokens=MOST_TOKENS)
            return Document(parsed, tuple(validate(self._schema, parsed)))
        except GraphQLSyntaxError as error:
            return Document(None, (error.with_traceback(None),))  # which would keep the parser
        except RecursionError:
            too_deep = GraphQLError("Nested too deeply.", extensions={"code": "DOCUMENT_TOO_DEEP"})
            return Document(None, (too_deep,))
