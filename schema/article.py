"""Articles committees publish: news, live reports, interviews, history."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from connectors.ports import ArticleSource
from connectors.records.article import Article as ArticleRecord
from connectors.records.article import ArticleKind, ArticleQuery
from connectors.refusals import RefusedError
from schema.declarations import Found, ListSize
from schema.fields import CHINESE, argument, described, identifier, optional, value
from schema.files import article_cover
from schema.identifiers import key_named
from schema.node import Node
from schema.paging import connection
from schema.places import known_region

if TYPE_CHECKING:
    from schema.organization import Organization

_LOAD = ArticleSource.load_published_articles
_LONGEST, _MOST_ENTRIES = 100, 200

strawberry.enum(ArticleKind, description="What an article is.")
setattr(ArticleKind, CHINESE, "文章的类型")


@described(zh="图文直播中的一条", en="One message of a live report.")
class LiveReportEntry:
    """Read from ``connectors.records.article.LiveReportEntry``."""

    posted_at: datetime | None = value("posted_at", zh="发布时间", en="When it was written.")
    body: str | None = value("body", zh="正文", en="The text.")


@described(zh="政协组织发布的文章", en="An article a committee published.", of=ArticleRecord)
class Article(Node):
    """Read from ``connectors.records.article.Article``; a list's rows carry no text."""

    id: strawberry.ID = identifier("Article")
    kind: ArticleKind | None = value("kind", zh="类型", en="What it is.")
    title: str | None = value("title", zh="标题", en="What it is called.")
    summary: str | None = value("summary", zh="摘要；没有为空", en="In short; null without one.")
    body_html: str | None = value(
        "body", source=_LOAD, then=lambda body, _: body.html, zh="正文，安全的 HTML", en="The text: HTML, made safe."
    )
    entries: list[LiveReportEntry | None] | None = value(
        "entries",
        source=_LOAD,
        size=ListSize(_MOST_ENTRIES),
        zh="图文直播的各条，旧的在前；其他类型没有",
        en="A live report's messages, oldest first; other kinds have none.",
    )
    author: str | None = value("author", zh="署名；没有为空", en="As it is signed; null where it is not.")
    cover_url: str | None = value(
        "cover", then=article_cover, zh="封面图片的地址；没有为空", en="Where its picture is; null without one."
    )
    published_at: datetime | None = value("published_at", zh="发布时间", en="When it was published.")
    organization: Annotated["Organization", strawberry.lazy("schema.organization")] | None = value(
        "organization", zh="发布的组织", en="The committee that published it."
    )


@strawberry.input(description="Which articles; what is left out does not matter.")
class ArticleFilter:
    """All fields optional."""

    kind: ArticleKind | None = optional("类型", "What they are.")
    organization_id: strawberry.ID | None = optional("发布的组织", "Published by that committee.")
    region_code: str | None = optional("区划代码，含其下辖", "GB/T 2260 code of a place; what lies in it is included.")
    text: str | None = optional("标题或摘要中的文字", f"Words in title or summary, at most {_LONGEST} characters.")


setattr(ArticleFilter, CHINESE, "文章的筛选条件，均可不填")


def _query(_: Any, arguments: Mapping[str, Any]) -> ArticleQuery:
    """Which articles. Raises ``RefusedError`` (BAD_INPUT, BAD_ID)."""
    chosen = arguments.get("filter") or {}
    text = (chosen.get("text") or "").strip()
    if len(text) > _LONGEST:
        raise RefusedError("BAD_INPUT", field="text")
    return ArticleQuery(
        kind=chosen.get("kind"),
        organization_key=key_named(chosen.get("organizationId"), "Organization"),
        region_key=known_region(chosen.get("regionCode")),
        text=text or None,
    )


ARTICLES: Any = connection(
    ArticleSource.list_published_articles,
    arguments=(argument("filter", ArticleFilter | None, zh="筛选", en="Which articles."),),
    owner=_query,
    zh="政协组织发布的文章，新的在前",
    en="What committees published, newest first.",
)
OF_COMMITTEE: Any = connection(
    ArticleSource.list_published_articles,
    arguments=(argument("kind", ArticleKind | None, zh="类型", en="What they are."),),
    owner=lambda parent, arguments: ArticleQuery(organization_key=parent.key, kind=arguments.get("kind")),
    zh="本组织发布的文章，新的在前",
    en="What it published, newest first.",
)
BY_ID = Found(_LOAD)
