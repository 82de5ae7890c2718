"""Hot questions and their answers (热点问答知识库)."""

from datetime import datetime

from connectors.records.record import Record


class KnowledgeArticle(Record, frozen=True):
    """A question many ask, and what is answered."""

    key: str
    question: str
    answer: str
    topic: str
    updated_at: datetime
    views: int


class KnowledgeQuery(Record, frozen=True):
    """What to look for: some words, or all of a topic (by views); with both, the words within the topic."""

    text: str | None = None
    topic: str | None = None
