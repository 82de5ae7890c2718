"""What committees publish."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from connectors.errors import PlatformError
from connectors.records.article import Article, ArticleQuery
from connectors.records.page import Page, PageArgs
from connectors.viewer import Ask


@runtime_checkable
class ArticleSource(Protocol):
    """Knows articles; everybody sees them alike."""

    async def load_published_articles(self, keys: Sequence[str], ask: Ask) -> Sequence[Article | PlatformError | None]:
        """Read articles by key, with their text."""

    async def list_published_articles(
        self, queries: Sequence[ArticleQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[Article] | PlatformError]:
        """Read one page per query, without the texts."""
