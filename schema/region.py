"""Places."""

from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from connectors.ports import CommitteeRegistry, PlaceSource
from connectors.records.organization import OrganizationRef
from connectors.records.region import Region as RegionRecord
from connectors.records.region import RegionLevel
from connectors.regions import REGIONS
from schema import region_lists
from schema.context import Context
from schema.declarations import ListSize
from schema.fields import CHINESE, argument, described, many, value
from schema.paging import Connection
from schema.places import known_region

if TYPE_CHECKING:
    from schema.deliberation import Deliberation
    from schema.member import Member
    from schema.micro_suggestion import MicroSuggestion
    from schema.opinion_report import OpinionReport
    from schema.organization import Organization
    from schema.proposal import Proposal
    from schema.public_voice import PublicVoice
    from schema.question import Question
    from schema.shift import DutyShift
    from schema.studio import Studio
    from schema.work_order import WorkOrder

_MOST_BELOW, _MOST_COMMITTEES = 20, 120


def _below() -> dict[str | None, tuple[RegionRecord, ...]]:
    places: dict[str | None, list[RegionRecord]] = {}
    for region in REGIONS.values():
        places.setdefault(region.parent_key, []).append(region)
    return {key: tuple(below) for key, below in places.items()}


_BELOW = _below()

strawberry.enum(RegionLevel, description="How large a place is.")
setattr(RegionLevel, CHINESE, "行政区划的层级")


@described(zh="行政区划（GB/T 2260）", en="A place: a division of GB/T 2260.")
class Region:
    """Read from ``connectors.records.region.Region``."""

    code: str = value("key", zh="六位区划代码", en="Six-digit code of GB/T 2260.")
    name: str = value("name", zh="名称", en="Its name.")
    level: RegionLevel = value("level", zh="层级", en="How large it is.")
    parent: "Region | None" = value(
        "parent_key", then=lambda key, _: REGIONS.get(key), zh="上级区划", en="The place it lies in."
    )
    children: list["Region | None"] | None = value(
        "key",
        then=lambda key, _: _BELOW.get(key, ()),
        size=ListSize(_MOST_BELOW),
        zh="下一级各区划，按代码",
        en="The places directly below, by code.",
    )
    organizations: list[Annotated["Organization", strawberry.lazy("schema.organization")] | None] | None = value(
        "organization_keys",
        source=CommitteeRegistry.load_region_counts,
        then=lambda keys, _: tuple(OrganizationRef(key=key) for key in keys),
        size=ListSize(_MOST_COMMITTEES),
        zh="区划内（含其下辖）的政协组织",
        en="The CPPCC committees in it and in what lies in it.",
    )
    studios: Connection[Annotated["Studio", strawberry.lazy("schema.studio")]] | None = region_lists.STUDIOS
    members: Connection[Annotated["Member", strawberry.lazy("schema.member")]] | None = region_lists.MEMBERS
    questions: Connection[Annotated["Question", strawberry.lazy("schema.question")]] | None = region_lists.QUESTIONS
    duty_shifts: list[Annotated["DutyShift", strawberry.lazy("schema.shift")]] | None = region_lists.DUTY_SHIFTS
    opinion_reports: Connection[Annotated["OpinionReport", strawberry.lazy("schema.opinion_report")]] | None = (
        region_lists.OPINION_REPORTS
    )
    proposals: Connection[Annotated["Proposal", strawberry.lazy("schema.proposal")]] | None = region_lists.PROPOSALS
    micro_suggestions: Connection[Annotated["MicroSuggestion", strawberry.lazy("schema.micro_suggestion")]] | None = (
        region_lists.MICRO_SUGGESTIONS
    )
    deliberations: Connection[Annotated["Deliberation", strawberry.lazy("schema.deliberation")]] | None = (
        region_lists.DELIBERATIONS
    )
    work_orders: Connection[Annotated["WorkOrder", strawberry.lazy("schema.work_order")]] | None = (
        region_lists.WORK_ORDERS
    )
    public_voices: Connection[Annotated["PublicVoice", strawberry.lazy("schema.public_voice")]] | None = (
        region_lists.PUBLIC_VOICES
    )


REGION: Any = many(
    PlaceSource.load_places,
    arguments=(argument("code", str, zh="区划代码", en="GB/T 2260 code."),),
    owner=lambda _, arguments: known_region(arguments["code"]),
    zh="一个行政区划及其中的一切",
    en="A place, and what there is in it.",
)
"""The root field."""


def region_at(code: str, _: Context) -> RegionRecord | None:
    """The place with that code; None for a code outside Zhejiang's list."""
    return REGIONS.get(code)
