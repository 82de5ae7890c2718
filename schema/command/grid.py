"""Grids (网格) and who works in them (网格员)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from connectors.ports import OfficialSource
from connectors.ports.command import AlertSource, GridSource, UnifiedOrderSource
from connectors.records.grid import Grid as GridRecord
from connectors.records.grid import GridQuery
from connectors.records.grid import GridWorker as GridWorkerRecord
from connectors.refusals import RefusedError
from connectors.viewer import PersonalClass, Role, Scope
from schema.command.choosing import chosen, region
from schema.declarations import People, Requirement, Whose
from schema.fields import CHINESE, argument, described, identifier, link, value
from schema.node import Node
from schema.offices import ON_OFFICE
from schema.paging import Connection, connection
from schema.places import known_region
from schema.region import Region, region_at

if TYPE_CHECKING:
    from schema.command.alert import Alert
    from schema.command.order import UnifiedWorkOrder
    from schema.official import Official

_LONGEST = 50


@described(zh="网格员", en="Who works in a grid.", of=GridWorkerRecord)
class GridWorker(Node):
    """Name and grid are public, as of whoever holds an office; the number is that of their work device."""

    id: strawberry.ID = identifier("GridWorker")
    name: str | None = value("name", personal=PersonalClass.PUBLIC_OFFICE, zh="姓名", en="Name.")
    is_full_time: bool | None = value("full_time", zh="是否专职", en="Whether it is their only work.")
    phone: str | None = value(
        "phone",
        personal=PersonalClass.PHONE,
        requires=Requirement(Scope.DIRECTORY_READ),
        whose=Whose(People.EMPLOYEE, "employee_code"),
        whole=Requirement(roles=frozenset({Role.OFFICIAL, Role.MEMBER, Role.STAFF})),
        zh="工作电话；非公职人员看到的是脱敏号码",
        en="Number of their work device; masked for who is neither official nor member.",
    )
    grid: "Grid | None" = link(GridSource.load_grids, key="grid_key", zh="所在网格", en="The grid.")
    official: Annotated["Official", strawberry.lazy("schema.official")] | None = link(
        OfficialSource.load_officials,
        key="employee_code",
        zh="浙政钉通讯录中的同一人；不在通讯录中为空",
        en="The same person in the work app's address book; null where it does not know them.",
    )


@described(zh="网格：基层治理的最小单元", en="A grid: the smallest unit of local governance.", of=GridRecord)
class Grid(Node):
    """Read from ``connectors.records.grid.Grid``."""

    id: strawberry.ID = identifier("Grid")
    name: str | None = value("name", zh="名称", en="What it is called.")
    region: Region | None = value("region_key", then=region_at, zh="所在区划", en="The county it lies in.")
    town: str | None = value("town", zh="镇（街道）", en="The town or street it lies in.")
    village: str | None = value("village", zh="村（社区）", en="The village or community it lies in.")
    household_count: int | None = value("household_count", zh="户数", en="How many households it has.")
    resident_count: int | None = value("resident_count", zh="人口数", en="How many people live in it.")
    worker_count: int | None = value("worker_count", zh="网格员人数", en="How many work in it.")
    workers: Connection[GridWorker] | None = connection(
        GridSource.list_grid_workers, zh="网格员，专职在前", en="Who works in it, the full-time ones first."
    )
    alerts: Connection[Annotated["Alert", strawberry.lazy("schema.command.alert")]] | None = connection(
        AlertSource.list_grid_alerts, requires=ON_OFFICE, zh="预警，新的在前", en="Its alerts, newest first."
    )
    unified_work_orders: Connection[Annotated["UnifiedWorkOrder", strawberry.lazy("schema.command.order")]] | None = (
        connection(
            UnifiedOrderSource.list_grid_orders,
            requires=ON_OFFICE,
            zh="联动工单，新的在前",
            en="Its unified work orders, newest first.",
        )
    )


@strawberry.input(description="Which grids; what is left out does not matter.")
class GridFilter:
    """All fields optional."""

    region_code: str | None = region()
    text: str | None = chosen("名称中的文字", f"Words in its name, at most {_LONGEST} characters.")


setattr(GridFilter, CHINESE, "网格的筛选条件，均可不填")


def grid_query(arguments: Mapping[str, Any]) -> GridQuery:
    """Which grids. Raises ``RefusedError`` (BAD_INPUT)."""
    wanted = arguments.get("filter") or {}
    text = (wanted.get("text") or "").strip()
    if len(text) > _LONGEST:
        raise RefusedError("BAD_INPUT", field="text")
    return GridQuery(region_key=known_region(wanted.get("regionCode")), text=text or None)


CHOICE = (argument("filter", GridFilter | None, zh="筛选", en="Which grids."),)

GRIDS: Any = connection(
    GridSource.list_grids,
    arguments=CHOICE,
    owner=lambda _, arguments: grid_query(arguments),
    zh="网格",
    en="Grids.",
)
