"""Lists of opinion reports: which, in what order, and for whom."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import strawberry
from msgspec import structs

from connectors.ports import OpinionReportSource
from connectors.records.opinion_report import (
    MOST_RAISED,
    AdoptionLevel,
    OpinionReportOrder,
    OpinionReportQuery,
    OpinionReportStatus,
)
from connectors.refusals import RefusedError
from schema.declarations import ListSize, Requirement
from schema.fields import CHINESE, argument, many, optional
from schema.guards import sees_opinion_reports
from schema.identifiers import key_named
from schema.paging import connection
from schema.places import known_region

SEEN = Requirement(sees=sees_opinion_reports)
_LONGEST = 200

for _enum, _zh, _en in (
    (OpinionReportStatus, "社情民意信息的状态", "Where an opinion report stands."),
    (AdoptionLevel, "采用的层级", "Which level of the CPPCC took a report up."),
    (OpinionReportOrder, "社情民意信息列表的次序", "Orders in which opinion reports can be listed."),
):
    strawberry.enum(_enum, description=_en)
    setattr(_enum, CHINESE, _zh)


@strawberry.input(description="Which opinion reports; what is left out does not matter.")
class OpinionReportFilter:
    """All fields optional."""

    organization_id: strawberry.ID | None = optional("所属政协组织的全局标识", "Global id of the committee.")
    author_id: strawberry.ID | None = optional("作者（委员）的全局标识", "Global id of a member who is an author.")
    region_code: str | None = optional("区划代码，含其下辖", "GB/T 2260 code of a place; what lies in it is included.")
    statuses: list[OpinionReportStatus] | None = optional("状态为其中之一", "It stands in one of these.")
    category: str | None = optional("类别代码", "Code of the category.")
    adopted: AdoptionLevel | None = optional("已被该层级采用", "That level took it up.")
    search: str | None = optional("标题与正文中的文字", f"Words in title or text, at most {_LONGEST} characters.")
    changed_since: datetime | None = optional(
        "此后有变化的，含已撤回的", "Changed at that moment or later, the withdrawn among them."
    )


setattr(OpinionReportFilter, CHINESE, "社情民意信息的筛选条件，均可不填")


def opinion_query(arguments: Mapping[str, Any]) -> OpinionReportQuery:
    """What the source is asked for. Raises ``RefusedError`` (BAD_INPUT, BAD_ID)."""
    chosen = arguments.get("filter") or {}
    text = (chosen.get("search") or "").strip()
    if len(text) > _LONGEST:
        raise RefusedError("BAD_INPUT", field="search")
    statuses = chosen.get("statuses")
    return OpinionReportQuery(
        organization_key=key_named(chosen.get("organizationId"), "Organization"),
        author_key=key_named(chosen.get("authorId"), "Member"),
        region_key=known_region(chosen.get("regionCode")),
        statuses=None if statuses is None else tuple(statuses),
        category=chosen.get("category"),
        adopted=chosen.get("adopted"),
        text=text or None,
        changed_since=chosen.get("changedSince"),
        order=arguments["orderBy"],
    )


CHOICE = (
    argument("filter", OpinionReportFilter | None, zh="筛选", en="Which reports."),
    argument(
        "orderBy", OpinionReportOrder, zh="次序", en="In which order.", default=OpinionReportOrder.SUBMITTED_AT_DESC
    ),
)

OPINION_REPORTS: Any = connection(
    OpinionReportSource.list_opinion_reports,
    arguments=CHOICE,
    owner=lambda _, arguments: opinion_query(arguments),
    requires=SEEN,
    zh="社情民意信息；只含提问者可见的，已撤回的注明撤回时间",
    en="Opinion reports the asker may see; those taken back stay among them and say when.",
)

ORGANIZATION_REPORTS: Any = connection(
    OpinionReportSource.list_opinion_reports,
    arguments=CHOICE,
    owner=lambda parent, arguments: structs.replace(opinion_query(arguments), organization_key=parent.key),
    requires=SEEN,
    zh="报送到该政协组织的社情民意信息；只含提问者可见的",
    en="Opinion reports submitted to the committee, of those the asker may see.",
)

MEMBER_REPORTS: Any = connection(
    OpinionReportSource.list_member_opinion_reports,
    arguments=CHOICE,
    taken=lambda arguments: (opinion_query(arguments),),
    requires=SEEN,
    zh="所作的社情民意信息；只含提问者可见的",
    en="Opinion reports the member is an author of, of those the asker may see.",
)

QUESTION_REPORTS: Any = many(
    OpinionReportSource.list_raised_reports,
    requires=SEEN,
    size=ListSize(MOST_RAISED),
    zh=f"由此提问形成的社情民意信息，新的在前，最多 {MOST_RAISED} 条",
    en=f"The reports raised from it that the asker may see, newest first, at most {MOST_RAISED}.",
)
