"""One search box over all platforms."""

from collections.abc import Mapping
from typing import Annotated, Any

import strawberry

from connectors.ports import SearchEverywhere
from connectors.records.search import SearchKind, SearchQuery
from connectors.refusals import RefusedError
from schema.declarations import ListSize
from schema.deliberation import Deliberation
from schema.fields import CHINESE, argument, described, union, value
from schema.knowledge import KnowledgeArticle
from schema.member import Member
from schema.official import Official
from schema.paging import MOST_ROWS, PageInfo, connection
from schema.question import Question
from schema.studio import Studio

_LONGEST = 50
_CALLS = 3
_PAGE = ListSize(MOST_ROWS, page=True)

strawberry.enum(SearchKind, description="Kinds of things that can be searched for.")
setattr(SearchKind, CHINESE, "可检索的对象类别")

SearchResult = Annotated[
    Studio | Member | Question | KnowledgeArticle | Deliberation | Official,
    union(
        "SearchResult",
        zh="检索到的对象：工作室、委员、公开的提问、知识库条目、协商或公职人员",
        en="What was found: a studio, member, published question, knowledge article, deliberation or official.",
    ),
]


@described(zh="检索结果中的一条", en="A hit of a search.")
class SearchEdge:
    """Read from ``connectors.records.found.FoundRow``."""

    cursor: str = value("cursor", zh="游标，不透明", en="Opaque; pass it as `after` to go on behind this hit.")
    node: SearchResult | None = value("node", zh="对象", en="What was found.")
    score: float = value(
        "score",
        zh="相关度，0 到 1，按各平台自己最相关的一条折算，不宜跨检索比较",
        en="How near it is, 0 to 1, measured by the best hit of its own platform; of no use across searches.",
    )


@described(zh="检索时未能回应的平台", en="A platform that could not be searched.")
class SearchUnavailable:
    """Read from ``connectors.records.search.UnavailablePlatform``."""

    platform: str = value("platform", zh="平台的代号，如 zheliban", en="What it is called in errors, e.g. `zheliban`.")
    reason: str = value(
        "reason",
        zh="原因的代码，与错误的 `extensions.code` 相同",
        en="Why, as a code: one of those in errors' `extensions.code`.",
    )


@described(zh="检索结果的一页", en="A page of what a search found on all platforms.")
class SearchConnection:
    """Read from ``connectors.records.search.FoundPage``; there is no total, as a platform may be missing."""

    edges: list[SearchEdge | None] = value("edges", size=_PAGE, zh="本页各条，最相关的在前", en="The hits, best first.")
    nodes: list[SearchResult | None] = value("nodes", size=_PAGE, zh="本页各对象", en="The hits without their cursors.")
    page_info: PageInfo = value("page_info", zh="分页信息", en="Where this page stands.")
    unavailable: list[SearchUnavailable] = value(
        "unavailable",
        zh="未能检索的平台；为空则结果完整",
        en="Platforms that could not be searched; empty where the result is whole.",
    )


def _query(_: Any, arguments: Mapping[str, Any]) -> SearchQuery:
    """What to look for. Raises ``RefusedError`` (BAD_INPUT) for no words, too many, or such as nobody can type."""
    text, kinds = " ".join(arguments["text"].split()), arguments.get("kinds")
    if not text or len(text) > _LONGEST or not text.isprintable():
        raise RefusedError("BAD_INPUT", field="text")
    if kinds is not None and not kinds:
        raise RefusedError("BAD_INPUT", field="kinds")
    return SearchQuery(text=text, kinds=tuple([kind for kind in SearchKind if kind in (kinds or ())]))


SEARCH: Any = connection(
    SearchEverywhere.list_found_everywhere,
    arguments=(
        argument(
            "text", str, zh=f"关键词，最多 {_LONGEST} 字", en=f"Words to look for, at most {_LONGEST} characters."
        ),
        argument(
            "kinds",
            list[SearchKind] | None,
            zh="只找这些类别；不填则为提问者可检索的全部。OFFICIAL 须有权限 directory:read",
            en="Only of these kinds; without, all the asker may search. `OFFICIAL` takes the scope `directory:read`.",
        ),
    ),
    owner=_query,
    cost=_CALLS,
    zh="在各平台同时检索，最相关的在前；有平台未能回应时列在 unavailable，其余照常",
    en="Searches all platforms at once, best first; `unavailable` names those that cannot answer, the rest is whole.",
)
"""The root field."""
