"""Articles by key, and the search: public, the same for everybody."""

# ruff: noqa: N815 - upstream's spelling

from collections.abc import Sequence

from connectors.errors import PlatformError
from connectors.freshness import REGISTRY
from connectors.records.knowledge import KnowledgeArticle, KnowledgeQuery
from connectors.records.page import Page, PageArgs
from connectors.viewer import Ask
from connectors.zheliban.irs_service import Endpoint, IrsService, params_from
from connectors.zheliban.payloads import Key, Moment, Payload
from connectors.zheliban.rows import Shape

ARTICLES = Endpoint("articles", "/articles", REGISTRY, tags=("knowledge:{key}",))
SEARCH = Endpoint("articles.search", "/articles/search", REGISTRY, tags=("knowledge",), posted=True)


class ArticlePayload(Payload, frozen=True, kw_only=True):
    """An article; ``cursor`` and ``score`` in a search."""

    id: Key
    question: str
    answer: str
    topic: str
    updatedAt: Moment
    views: int
    cursor: str = ""
    score: float | None = None


class ZhelibanKnowledge:
    """The knowledge base."""

    def __init__(self, service: IrsService) -> None:
        self._service = service

    async def load_articles(self, keys: Sequence[str], ask: Ask) -> Sequence[KnowledgeArticle | PlatformError | None]:
        """Read articles by key."""
        return await self._service.keyed(ARTICLES, _ARTICLE, keys, ask)

    async def list_articles(
        self, queries: Sequence[KnowledgeQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[KnowledgeArticle] | PlatformError]:
        """Search, a call each. What is looked for travels as a JSON body: people type what cannot be signed safely."""
        asked = [params_from(text=query.text, topic=query.topic) for query in queries]
        return await self._service.listed(SEARCH, _ARTICLE, asked, page, ask)


def article_from(payload: ArticlePayload) -> KnowledgeArticle:
    """Read an article."""
    return KnowledgeArticle(
        key=payload.id,
        question=payload.question,
        answer=payload.answer,
        topic=payload.topic,
        updated_at=payload.updatedAt,
        views=payload.views,
    )


_ARTICLE = Shape(ArticlePayload, article_from)
