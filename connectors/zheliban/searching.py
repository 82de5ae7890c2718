"""What the citizen app finds for a search over all platforms: published questions, and the knowledge base.

Two lists of two services, each with scores of its own: two sources, that the one may answer while the other is ill.
"""

from collections.abc import Sequence
from typing import Any, TypeVar

from connectors.errors import PlatformError
from connectors.ports import KnowledgeSource, QuestionSource
from connectors.records.knowledge import KnowledgeArticle, KnowledgeQuery
from connectors.records.page import Page, PageArgs, Row
from connectors.records.question import Question
from connectors.records.search import SearchHit, SearchKind, SearchQuery
from connectors.viewer import Ask
from connectors.zheliban.irs_service import empty_page

F = TypeVar("F", Question, KnowledgeArticle)


class QuestionSearch:
    """``SearchSource`` for questions: published ones only, whoever asks."""

    def __init__(self, questions: QuestionSource) -> None:
        self._questions = questions

    async def list_search_hits(
        self, queries: Sequence[SearchQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[SearchHit] | PlatformError]:
        """Find one page per query, a call each; none for one that does not look for questions."""
        texts = [_words_for(SearchKind.QUESTION, query) for query in queries]
        pages = await self._questions.list_found_questions([text for text in texts if text], page, ask)
        return _in_place(texts, pages, page, SearchKind.QUESTION)


class KnowledgeSearch:
    """``SearchSource`` for the knowledge base: public."""

    def __init__(self, knowledge: KnowledgeSource) -> None:
        self._knowledge = knowledge

    async def list_search_hits(
        self, queries: Sequence[SearchQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[SearchHit] | PlatformError]:
        """Find one page per query, a call each; none for one that does not look for articles."""
        texts = [_words_for(SearchKind.KNOWLEDGE_ARTICLE, query) for query in queries]
        asked = [KnowledgeQuery(text=text, topic=None) for text in texts if text]
        pages = await self._knowledge.list_articles(asked, page, ask)
        return _in_place(texts, pages, page, SearchKind.KNOWLEDGE_ARTICLE)


def _words_for(kind: SearchKind, query: SearchQuery) -> str:
    """What to look for; nothing where the query is not about that kind."""
    return " ".join(query.text.split()) if kind in query.kinds else ""


def _in_place(
    texts: Sequence[str], pages: Sequence[Page[F] | PlatformError], page: PageArgs, kind: SearchKind
) -> list[Page[SearchHit] | PlatformError]:
    """The pages in the places of the queries that were asked, an empty one in the others'."""
    found = iter(pages)
    return [_hits(next(found), kind) if text else empty_page(page) for text in texts]


def _hits(found: Page[F] | PlatformError, kind: SearchKind) -> Page[SearchHit] | PlatformError:
    if isinstance(found, PlatformError):
        return found
    rows: list[Row[Any]] = [_hit(row, kind) for row in found.edges]
    return Page(edges=tuple(rows), has_next=found.has_next, total=found.total)


def _hit(row: Row[Any], kind: SearchKind) -> Row[Any]:
    """A row with its score; an error in its place stays one."""
    if isinstance(row.node, PlatformError):
        return row
    return Row(cursor=row.cursor, node=SearchHit(kind=kind, score=getattr(row, "score", 0.0), node=row.node))
