"""The knowledge base of hot questions."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from connectors.errors import PlatformError
from connectors.records.knowledge import KnowledgeArticle, KnowledgeQuery
from connectors.records.page import Page, PageArgs
from connectors.viewer import Ask


@runtime_checkable
class KnowledgeSource(Protocol):
    """Knows what is often asked; public."""

    async def load_articles(self, keys: Sequence[str], ask: Ask) -> Sequence[KnowledgeArticle | PlatformError | None]:
        """Read articles by key."""

    async def list_articles(
        self, queries: Sequence[KnowledgeQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[KnowledgeArticle] | PlatformError]:
        """Search: one page per query, best first; rows are ``FoundRow``. Nothing found is an empty page."""
