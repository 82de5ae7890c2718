"""What the duty platform sends of articles, as ``contract/articles.yaml`` spells it."""

from connectors.contracted.payloads import Moment, Payload, RowPayload
from connectors.records.article import ArticleKind


class EntryPayload(Payload, frozen=True):
    """One message of a live report."""

    posted_at: Moment
    body: str


class ArticleRowPayload(RowPayload, frozen=True, kw_only=True):
    """An article as a list has it: without its text."""

    id: str
    kind: ArticleKind
    title: str
    summary: str | None
    published_at: Moment
    organization_code: str
    organization_name: str
    organization_level: str
    author: str | None
    has_cover: bool
    changed_at: Moment
    withdrawn_at: Moment | None


class ArticlePayload(ArticleRowPayload, frozen=True, kw_only=True):
    """An article with its text; ``entries`` are a live report's."""

    body: str
    entries: list[EntryPayload]
