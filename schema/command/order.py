"""Unified work orders (联动工单), wherever they came from."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import strawberry

from connectors.ports import WorkOrderSource
from connectors.ports.command import AlertSource, GridSource, UnifiedOrderSource
from connectors.records.unified_order import OrderOrigin, UnifiedOrder, UnifiedOrderQuery
from schema.command.alert import Alert
from schema.command.choosing import chosen, region, told
from schema.command.grid import Grid
from schema.fields import CHINESE, argument, described, identifier, link, value
from schema.node import Node
from schema.offices import ON_OFFICE
from schema.organization import Organization
from schema.paging import connection
from schema.places import known_region
from schema.region import Region, region_at
from schema.work_order import WorkOrder
from schema.work_order_status import WorkOrderStatus

told(OrderOrigin, zh="联动工单的来源", en="Where a unified work order came from.")


@described(
    zh="联动工单；公职人员可见", en="A unified work order of the command centre; for officials.", of=UnifiedOrder
)
class UnifiedWorkOrder(Node):
    """Read from ``connectors.records.unified_order.UnifiedOrder``."""

    id: strawberry.ID = identifier("UnifiedWorkOrder")
    number: str | None = value("number", zh="工单号", en="Its number.")
    origin: OrderOrigin | None = value("origin", zh="来源", en="Where it came from.")
    status: WorkOrderStatus | None = value("status", zh="状态", en="Where it stands.")
    title: str | None = value("title", zh="标题", en="In short.")
    region: Region | None = value("region_key", then=region_at, zh="所在区划", en="The county it is in.")
    grid: Grid | None = link(GridSource.load_grids, key="grid_key", zh="所在网格", en="The grid it is in.")
    handler: Organization | None = value("handler", zh="承办单位；派单前为空", en="Who handles it; null before.")
    accepted_at: datetime | None = value("accepted_at", zh="受理时间", en="When it was accepted.")
    due_at: datetime | None = value("due_at", zh="办理期限", en="Until when it is to be done.")
    closed_at: datetime | None = value("closed_at", zh="办结时间；未办结为空", en="When it was closed; null before.")
    overdue: bool | None = value("overdue", zh="是否逾期", en="Whether it was not done when due.")
    alert: Alert | None = link(
        AlertSource.load_alerts, key="alert_key", zh="所由来的预警；没有为空", en="The alert it followed; null if none."
    )
    hotline_order: WorkOrder | None = link(
        WorkOrderSource.load_work_orders,
        key="hotline_order_key",
        zh="所由来的 12345 工单；没有或不可见为空",
        en="The hotline's order it came from; null where there is none the asker may see.",
    )


@strawberry.input(description="Which unified work orders; what is left out does not matter.")
class UnifiedWorkOrderFilter:
    """All fields optional."""

    region_code: str | None = region()
    origin: OrderOrigin | None = chosen("来源", "From there.")
    status: WorkOrderStatus | None = chosen("状态", "In that state.")
    overdue: bool | None = chosen("是否逾期", "Whether it was not done when due.")


setattr(UnifiedWorkOrderFilter, CHINESE, "联动工单的筛选条件，均可不填")


def order_query(arguments: Mapping[str, Any]) -> UnifiedOrderQuery:
    """Which orders. Raises ``RefusedError`` (BAD_INPUT)."""
    wanted = arguments.get("filter") or {}
    return UnifiedOrderQuery(
        region_key=known_region(wanted.get("regionCode")),
        origin=wanted.get("origin"),
        status=wanted.get("status"),
        overdue=wanted.get("overdue"),
    )


CHOICE = (argument("filter", UnifiedWorkOrderFilter | None, zh="筛选", en="Which orders."),)

ORDERS: Any = connection(
    UnifiedOrderSource.list_unified_orders,
    arguments=CHOICE,
    owner=lambda _, arguments: order_query(arguments),
    requires=ON_OFFICE,
    zh="联动工单，新的在前；公职人员可见",
    en="Unified work orders, newest first; for officials.",
)
