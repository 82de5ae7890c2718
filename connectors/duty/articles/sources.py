"""The duty platform's port for articles."""

from collections.abc import Sequence

from connectors.contracted.reads import Endpoint, moment_text
from connectors.contracted.rows import Shape
from connectors.duty.articles.mapping import article_from, article_row_from
from connectors.duty.articles.payloads import ArticlePayload, ArticleRowPayload
from connectors.duty.reads import DutyReads
from connectors.errors import PlatformError
from connectors.freshness import NOW, PUBLISHED
from connectors.records.article import Article, ArticleQuery
from connectors.records.page import Page, PageArgs
from connectors.viewer import Ask

_BY_KEY = Endpoint("articles", "/articles", PUBLISHED, tags=("article:{key}",))
_LIST = Endpoint("articles.list", "/articles/list", PUBLISHED, tags=("articles",))
_CHANGES = Endpoint("articles.list", "/articles/list", NOW, tags=("articles",))
_WHOLE = Shape(ArticlePayload, article_from)
_ROW = Shape(ArticleRowPayload, article_row_from)


class DutyArticles:
    """``ArticleSource``."""

    def __init__(self, reads: DutyReads) -> None:
        self._reads = reads

    async def load_published_articles(self, keys: Sequence[str], ask: Ask) -> Sequence[Article | PlatformError | None]:
        """Read articles by key, with their text; None also for one that was withdrawn."""
        return await self._reads.keyed(_BY_KEY, _WHOLE, keys, ask)

    async def list_published_articles(
        self, queries: Sequence[ArticleQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[Article] | PlatformError]:
        """Read one page per query, a call each; what changed is never kept."""
        endpoint = _CHANGES if any(query.changed_since for query in queries) else _LIST
        return await self._reads.listed(endpoint, _ROW, [params_of(query) for query in queries], page, ask)


def params_of(query: ArticleQuery) -> dict[str, str]:
    """The query as parameters of the list."""
    told = {
        "kind": query.kind.value if query.kind else None,
        "organizationCode": query.organization_key,
        "regionCode": query.region_key,
        "text": query.text,
        "changedSince": moment_text(query.changed_since) if query.changed_since else None,
        "orderBy": "CHANGED_AT_ASC" if query.changed_since else "PUBLISHED_AT_DESC",
    }
    return {name: value for name, value in told.items() if value}
