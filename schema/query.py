"""Where reading begins."""

from collections.abc import Mapping
from typing import Any

import strawberry

from connectors.ports import (
    AccountSource,
    ActivitySource,
    KnowledgeSource,
    MemberRegistry,
    NoticeSource,
    OfficialSource,
    QuestionSource,
    ShiftSource,
    StudioDirectory,
    StudioRegistry,
    UnitSource,
)
from connectors.records.member import MemberRef
from connectors.records.organization import OrganizationRef
from connectors.records.studio import StudioCategory, StudioOrder, StudioQuery, StudioRef
from connectors.refusals import RefusedError
from connectors.regions import REGIONS
from schema.connector import CONNECTORS, Connector
from schema.declarations import Found, ListSize
from schema.fields import CHINESE, argument, by_id, by_ids, described, many
from schema.knowledge import KNOWLEDGE_ARTICLES, KnowledgeArticle
from schema.member import Member
from schema.node import Node
from schema.organization import Organization
from schema.paging import Connection, connection
from schema.question import Question
from schema.shift import MOST_ROWS, SPAN, DutyShift, span_of
from schema.studio import Studio
from schema.viewer import VIEWER, Viewer

NODES = {
    "Studio": Found(StudioRegistry.load_studios, lambda key: StudioRef(key=key)),
    "Member": Found(MemberRegistry.load_members, lambda key: MemberRef(key=key)),
    "Organization": Found(UnitSource.load_units, lambda key: OrganizationRef(key=key)),
    "Official": Found(OfficialSource.load_officials),
    "Question": Found(QuestionSource.load_questions),
    "Reply": Found(QuestionSource.load_replies),
    "DutyShift": Found(ShiftSource.load_shifts),
    "Activity": Found(ActivitySource.load_activities),
    "Notice": Found(NoticeSource.load_notices),
    "KnowledgeArticle": Found(KnowledgeSource.load_articles),
    "Viewer": Found(AccountSource.load_accounts),
}
"""Every type with a global id, and how it is found. A type of several platforms stands while its owner is ill."""


@strawberry.input(description="Which studios; what is left out does not matter.")
class StudioFilter:
    """All fields optional."""

    category: StudioCategory | None = strawberry.field(
        default=strawberry.UNSET, description="What they advise on.", metadata={CHINESE: "领域"}
    )
    region_code: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="GB/T 2260 code of a place; what lies in it is included.",
        metadata={CHINESE: "区划代码，含其下辖"},
    )


setattr(StudioFilter, CHINESE, "工作室的筛选条件，均可不填")


def _only(type_name: str) -> dict[str, Found]:
    return {type_name: NODES[type_name]}


def _known_region(code: str | None) -> str | None:
    """Raises ``RefusedError`` (BAD_INPUT) for a code that is no place."""
    if code is not None and code not in REGIONS:
        raise RefusedError("BAD_INPUT", field="regionCode")
    return code


def _studio_query(_: Any, arguments: Mapping[str, Any]) -> StudioQuery:
    chosen = arguments.get("filter") or {}
    return StudioQuery(
        category=chosen.get("category"),
        region_key=_known_region(chosen.get("regionCode")),
        order=arguments["orderBy"],
    )


@described(zh="查询的入口", en="Where reading begins.")
class Query:
    """Root fields."""

    node: Node | None = by_id(NODES, zh="按全局标识查一个对象", en="The object with that global id, or null (Relay).")
    nodes: list[Node | None] = by_ids(
        NODES, zh="按全局标识查多个对象，各在其位", en="The objects with those global ids, each in its place (Relay)."
    )
    viewer: Viewer | None = VIEWER
    studios: Connection[Studio] | None = connection(
        StudioDirectory.list_studios,
        arguments=(
            argument("filter", StudioFilter | None, zh="筛选", en="Which studios."),
            argument("orderBy", StudioOrder, zh="次序", en="In which order.", default=StudioOrder.FOLLOWERS_DESC),
        ),
        owner=_studio_query,
        zh="委员工作室目录",
        en="The directory of studios.",
    )
    knowledge_articles: Connection[KnowledgeArticle] | None = KNOWLEDGE_ARTICLES
    studio: Studio | None = by_id(_only("Studio"), zh="一个工作室", en="One studio.")
    member: Member | None = by_id(_only("Member"), zh="一位委员", en="One member.")
    organization: Organization | None = by_id(_only("Organization"), zh="一个组织", en="One organisation.")
    question: Question | None = by_id(_only("Question"), zh="一个提问", en="One question the asker may see.")
    duty_shifts: list[DutyShift] | None = many(
        ShiftSource.list_region_shifts,
        arguments=(
            argument("regionCode", str, zh="区划代码，含其下辖", en="GB/T 2260 code; what lies in it too."),
            *SPAN,
        ),
        taken=span_of,
        owner=lambda _, arguments: _known_region(arguments["regionCode"]),
        size=ListSize(MOST_ROWS),
        zh="一地的值班表，最多 31 天、500 条",
        en="Who is on duty in a place; at most 31 days and 500 rows.",
    )
    connectors: list[Connector] | None = CONNECTORS
