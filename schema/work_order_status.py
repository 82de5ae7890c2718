"""Where a work order stands; the type and its lists share it."""

import strawberry

from connectors.records.work_order import WorkOrderStatus
from schema.fields import CHINESE

strawberry.enum(WorkOrderStatus, description="Where a work order stands in the hotline's chain.")
setattr(WorkOrderStatus, CHINESE, "工单的状态")

__all__ = ["WorkOrderStatus"]
