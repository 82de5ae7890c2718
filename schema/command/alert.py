"""Alerts (预警) and what was ordered about them (联动指挥)."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from connectors.ports.command import AlertSource, GridSource, UnifiedOrderSource
from connectors.records.alert import Alert as AlertRecord
from connectors.records.alert import AlertKind, AlertLevel, AlertQuery, AlertStatus, DispatchStatus
from schema.command.choosing import chosen, region, told
from schema.command.grid import Grid
from schema.fields import CHINESE, argument, described, identifier, link, value
from schema.node import Node
from schema.offices import ON_OFFICE
from schema.organization import Organization
from schema.paging import Connection, connection
from schema.places import known_region
from schema.region import Region, region_at

if TYPE_CHECKING:
    from schema.command.order import UnifiedWorkOrder

told(AlertKind, zh="预警的种类", en="What an alert warns of.")
told(AlertLevel, zh="预警的级别：红、橙、黄、蓝", en="How grave an alert is, red being the gravest.")
told(AlertStatus, zh="预警的状态", en="Where an alert stands.")
told(DispatchStatus, zh="指令的状态", en="Where an order about an alert stands.")


@described(zh="联动指挥的一道指令", en="What a unit was told to do about an alert.")
class Dispatch:
    """Read from ``connectors.records.alert.Dispatch``."""

    unit: Organization | None = value("unit", zh="承办单位", en="Who was told.")
    instruction: str | None = value("instruction", zh="指令内容", en="What is to be done.")
    status: DispatchStatus | None = value("status", zh="状态", en="Where it stands.")
    issued_at: datetime | None = value("issued_at", zh="下达时间", en="When it was given.")
    due_at: datetime | None = value("due_at", zh="办理期限", en="Until when it is to be done.")
    finished_at: datetime | None = value("finished_at", zh="办结时间；未办结为空", en="When it was done; null before.")
    result: str | None = value("result", zh="处置结果；未办结为空", en="What came of it; null before.")


@described(zh="预警；公职人员可见", en="A warning; for officials.", of=AlertRecord)
class Alert(Node):
    """Read from ``connectors.records.alert.Alert``."""

    id: strawberry.ID = identifier("Alert")
    kind: AlertKind | None = value("kind", zh="种类", en="What it warns of.")
    level: AlertLevel | None = value("level", zh="级别", en="How grave it is.")
    status: AlertStatus | None = value("status", zh="状态", en="Where it stands.")
    title: str | None = value("title", zh="标题", en="In short.")
    detected_by: str | None = value("detected_by", zh="发现来源", en="Which system noticed, or who.")
    region: Region | None = value("region_key", then=region_at, zh="所在区划", en="The county it is in.")
    grid: Grid | None = link(GridSource.load_grids, key="grid_key", zh="所在网格", en="The grid it is in.")
    raised_at: datetime | None = value("raised_at", zh="预警时间", en="When it was raised.")
    resolved_at: datetime | None = value(
        "resolved_at", zh="处置完毕的时间；未完毕为空", en="When it ended; null before."
    )
    dispatches: list[Dispatch | None] | None = value("dispatches", zh="联动指令", en="What was ordered about it.")
    unified_work_orders: Connection[Annotated["UnifiedWorkOrder", strawberry.lazy("schema.command.order")]] | None = (
        connection(
            UnifiedOrderSource.list_alert_orders,
            requires=ON_OFFICE,
            zh="由此形成的联动工单，新的在前",
            en="The unified work orders that followed it, newest first.",
        )
    )


@strawberry.input(description="Which alerts; what is left out does not matter.")
class AlertFilter:
    """All fields optional."""

    region_code: str | None = region()
    level: AlertLevel | None = chosen("级别", "So grave.")
    status: AlertStatus | None = chosen("状态", "In that state.")


setattr(AlertFilter, CHINESE, "预警的筛选条件，均可不填")


def alert_query(arguments: Mapping[str, Any]) -> AlertQuery:
    """Which alerts. Raises ``RefusedError`` (BAD_INPUT)."""
    wanted = arguments.get("filter") or {}
    return AlertQuery(
        region_key=known_region(wanted.get("regionCode")), level=wanted.get("level"), status=wanted.get("status")
    )


CHOICE = (argument("filter", AlertFilter | None, zh="筛选", en="Which alerts."),)

ALERTS: Any = connection(
    AlertSource.list_alerts,
    arguments=CHOICE,
    owner=lambda _, arguments: alert_query(arguments),
    requires=ON_OFFICE,
    zh="预警，新的在前；公职人员可见",
    en="Alerts, newest first; for officials.",
)
