"""Village forms (村社报表): filled from data, confirmed by hand."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import strawberry

from connectors.ports.command import GridSource, VillageFormSource
from connectors.records.village_form import VillageForm as VillageFormRecord
from connectors.records.village_form import VillageFormQuery, VillageFormStatus
from schema.command.choosing import chosen, region, told
from schema.command.grid import Grid
from schema.fields import CHINESE, argument, described, identifier, link, value
from schema.node import Node
from schema.offices import ON_OFFICE
from schema.organization import Organization
from schema.paging import connection
from schema.places import known_region
from schema.region import Region, region_at

told(VillageFormStatus, zh="报表的状态", en="Where a village form stands.")


@described(zh="报表的一项", en="A line of a village form.")
class VillageFormField:
    """Read from ``connectors.records.village_form.VillageFormField``."""

    name: str | None = value("name", zh="名称", en="What is asked.")
    origin: str | None = value(
        "origin", zh="数据来源；须人工填写的为空", en="The data it was filled from; null where it is filled by hand."
    )
    updated_at: datetime | None = value(
        "updated_at", zh="数据更新时间", en="When these data were last brought up to date."
    )
    # last, because within the class its name hides the word that makes fields
    value: str | None = value("value", zh="内容；尚未填写为空", en="What is told; null where nothing is yet.")


@described(
    zh="村社报表：由数据自动预填，人工只须确认；公职人员可见",
    en="A village's form, filled from data that offices hold and only confirmed by hand; for officials.",
    of=VillageFormRecord,
)
class VillageForm(Node):
    """Read from ``connectors.records.village_form.VillageForm``."""

    id: strawberry.ID = identifier("VillageForm")
    title: str | None = value("title", zh="标题", en="What it is called.")
    period: str | None = value("period", zh="所属期，如 2026-11", en="What it is for, such as 2026-11.")
    status: VillageFormStatus | None = value("status", zh="状态", en="Where it stands.")
    region: Region | None = value("region_key", then=region_at, zh="所在区划", en="The county.")
    grid: Grid | None = link(GridSource.load_grids, key="grid_key", zh="所属网格", en="The grid it tells of.")
    village: str | None = value("village", zh="村（社区）", en="The village or community it tells of.")
    asked_by: Organization | None = value("asked_by", zh="要求填报的单位", en="The office that asks for it.")
    due_on: date | None = value("due_on", zh="填报期限", en="The day it is due.")
    filled_share: float | None = value(
        "filled_share", zh="由数据预填的比例，0 到 1", en="Share filled from data, 0 to 1."
    )
    fields: list[VillageFormField | None] | None = value("fields", zh="各项", en="Its lines.")


@strawberry.input(description="Which village forms; what is left out does not matter.")
class VillageFormFilter:
    """All fields optional."""

    region_code: str | None = region()
    status: VillageFormStatus | None = chosen("状态", "In that state.")


setattr(VillageFormFilter, CHINESE, "村社报表的筛选条件，均可不填")


def village_form_query(arguments: Mapping[str, Any]) -> VillageFormQuery:
    """Which forms. Raises ``RefusedError`` (BAD_INPUT)."""
    wanted = arguments.get("filter") or {}
    return VillageFormQuery(region_key=known_region(wanted.get("regionCode")), status=wanted.get("status"))


CHOICE = (argument("filter", VillageFormFilter | None, zh="筛选", en="Which forms."),)

VILLAGE_FORMS: Any = connection(
    VillageFormSource.list_village_forms,
    arguments=CHOICE,
    owner=lambda _, arguments: village_form_query(arguments),
    requires=ON_OFFICE,
    zh="村社报表，期限最晚的在前；公职人员可见",
    en="Village forms, those due latest first; for officials.",
)
