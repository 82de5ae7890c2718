"""The cockpit (一舱): one region in numbers over a period, for the offices."""

from collections.abc import Mapping
from datetime import date as day
from datetime import timedelta
from typing import Any, Optional

import strawberry

from connectors.ports import CockpitSource, CommitteeRegistry
from connectors.records.cockpit import RegionDays
from connectors.records.question_statistics import Days
from connectors.refusals import RefusedError
from schema.cockpit_questions import MOST_DAYS, QuestionNumbers, WorkOrderNumbers
from schema.cockpit_rankings import (
    MEMBER_RANKING,
    OFFICES,
    OPINION_TOPICS,
    STUDIO_RANKING,
    OpinionTopic,
    RankedMember,
    RankedStudio,
)
from schema.declarations import ListSize
from schema.fields import CHINESE, argument, described, link, many, value
from schema.places import known_region
from schema.region import Region, region_at

_COUNTS = CommitteeRegistry.load_region_counts
_BELOW = ListSize(20)
"""The province has eleven cities; no city has more than fourteen counties."""


@strawberry.input(description="Whole days, both included, by Hangzhou's calendar.")
class PeriodInput:
    """At most 366 days."""

    from_: day = strawberry.field(name="from", description="The first day.", metadata={CHINESE: "起（含）"})
    to: day = strawberry.field(
        description=f"The last day, at most {MOST_DAYS} days in all.",
        metadata={CHINESE: f"止（含），最多 {MOST_DAYS} 天"},
    )


setattr(PeriodInput, CHINESE, "时段，按日（北京时间），首尾都含")


@described(zh="数据驾驶舱：一地（含其下辖）在一个时段内的数据", en="A place, with what lies in it, in numbers.")
class Cockpit:
    """Read from ``connectors.records.cockpit.Cockpit``; every number is counted where it arises."""

    region: Region | None = value("region_key", then=region_at, zh="区划", en="The place.")
    studio_count: int | None = value(
        "studio_count", source=_COUNTS, key="region_key", zh="工作室数", en="Studios, as of now."
    )
    member_count: int | None = value(
        "member_count", source=_COUNTS, key="region_key", zh="委员数", en="Members, as of now."
    )
    official_count: int | None = value(
        "official_count",
        source=CockpitSource.load_region_officials,
        key="region_key",
        zh="政协机关工作人员数",
        en="People of the committees' offices, as of now.",
    )
    questions: QuestionNumbers | None = link(
        CockpitSource.load_cockpit_questions, zh="时段内的提问", en="Questions asked in the period."
    )
    work_orders: WorkOrderNumbers | None = link(
        CockpitSource.load_cockpit_work_orders,
        zh="时段内受理的 12345 工单",
        en="Hotline orders accepted in the period.",
    )
    opinion_topics: list[OpinionTopic | None] | None = OPINION_TOPICS
    studio_ranking: list[RankedStudio | None] | None = STUDIO_RANKING
    member_ranking: list[RankedMember | None] | None = MEMBER_RANKING
    children: list[Optional["Cockpit"]] | None = value(
        "children", size=_BELOW, zh="下一级各区划，按代码", en="The places directly below, by code."
    )


def _where_and_when(_: object, arguments: Mapping[str, Any]) -> RegionDays:
    """What is asked for. Raises ``RefusedError`` (BAD_INPUT)."""
    period = arguments["period"]
    start, end = period["from"], period["to"]
    if not timedelta() <= end - start < timedelta(days=MOST_DAYS):
        raise RefusedError("BAD_INPUT", field="period")
    region: Any = known_region(arguments["regionCode"])
    return RegionDays(region_key=region, days=Days(start=start, end=end))


COCKPIT: Any = many(
    CockpitSource.load_cockpits,
    arguments=(
        argument("regionCode", str, zh="区划代码，含其下辖", en="GB/T 2260 code; what lies in it is included."),
        argument("period", PeriodInput, zh="时段", en="From which day to which."),
    ),
    owner=_where_and_when,
    requires=OFFICES,
    zh="数据驾驶舱，限政协机关工作人员",
    en="A place in numbers, for committee staff.",
)
"""The root field."""
