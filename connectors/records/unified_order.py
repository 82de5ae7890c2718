"""Unified work orders (联动工单): what a district's command centre has done, wherever it came from."""

import enum
from datetime import datetime

from connectors.records.organization import OrganizationRef
from connectors.records.record import Record
from connectors.records.work_order import WorkOrderStatus


class OrderOrigin(enum.Enum):
    """Where an order came from: 12345 热线, 网格上报, 预警, 领导交办."""

    HOTLINE = "HOTLINE"
    GRID = "GRID"
    ALERT = "ALERT"
    LEADER = "LEADER"


class UnifiedOrder(Record, frozen=True):
    """One order; the last two are what it came from, where that is known."""

    key: str
    number: str
    origin: OrderOrigin
    status: WorkOrderStatus
    title: str
    region_key: str
    grid_key: str
    handler: OrganizationRef | None
    accepted_at: datetime
    due_at: datetime
    closed_at: datetime | None
    overdue: bool
    alert_key: str | None
    hotline_order_key: str | None


class UnifiedOrderQuery(Record, frozen=True):
    """Which orders; None: any. Newest first."""

    region_key: str | None = None
    origin: OrderOrigin | None = None
    status: WorkOrderStatus | None = None
    overdue: bool | None = None
