"""The knowledge base of hot questions."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import strawberry

from connectors.ports import KnowledgeSource
from connectors.records.knowledge import KnowledgeArticle as ArticleRecord
from connectors.records.knowledge import KnowledgeQuery
from connectors.refusals import RefusedError
from schema.fields import argument, described, identifier, value
from schema.node import Node
from schema.paging import connection

_LONGEST = 200


@described(zh="知识库条目：热点问题与解答", en="A question many ask, and what is answered.", of=ArticleRecord)
class KnowledgeArticle(Node):
    """Read from ``connectors.records.knowledge.KnowledgeArticle``; public."""

    id: strawberry.ID = identifier("KnowledgeArticle")
    question: str | None = value("question", zh="问题", en="What is asked.")
    answer: str | None = value("answer", zh="解答", en="What is answered.")
    topic: str | None = value("topic", zh="主题", en="What it is about.")
    updated_at: datetime | None = value("updated_at", zh="更新时间", en="When it was last changed.")
    views: int | None = value("views", zh="阅读量", en="How often it was read.")


def _query(_: Any, arguments: Mapping[str, Any]) -> KnowledgeQuery:
    """What to look for. Raises ``RefusedError`` (BAD_INPUT) for a text too long to be one."""
    text, topic = ((arguments.get(name) or "").strip() or None for name in ("search", "topic"))
    for name, given in (("search", text), ("topic", topic)):
        if given is not None and len(given) > _LONGEST:
            raise RefusedError("BAD_INPUT", field=name)
    return KnowledgeQuery(text=text, topic=topic)


KNOWLEDGE_ARTICLES: Any = connection(
    KnowledgeSource.list_articles,
    arguments=(
        argument("search", str | None, zh="关键词", en=f"Words to look for, at most {_LONGEST} characters."),
        argument("topic", str | None, zh="主题", en="Only of that topic."),
    ),
    owner=_query,
    zh="知识库检索，最相关的在前；不给关键词则按阅读量",
    en="The knowledge base: best match first, or by views without words.",
)
