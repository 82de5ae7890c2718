"""Ways from other subjects' types into the command centre: from a place, and from a hotline's order."""

from connectors.ports.command import AlertSource, GridSource, UnifiedOrderSource, VillageFormSource
from schema.command import alert, grid, order, village_form
from schema.command.alert import Alert
from schema.command.grid import Grid
from schema.command.order import UnifiedWorkOrder
from schema.command.village_form import VillageForm
from schema.fields import described
from schema.offices import ON_OFFICE
from schema.paging import Connection, connection
from schema.places import within


@described(zh="区划内的网格、预警、工单和报表", en="What the command centre knows of a place.")
class RegionWays:
    """Behind ``Region``'s own fields."""

    grids: Connection[Grid] | None = connection(
        GridSource.list_grids,
        arguments=grid.CHOICE,
        owner=within(grid.grid_query),
        zh="区划内的网格",
        en="The grids in it.",
    )
    alerts: Connection[Alert] | None = connection(
        AlertSource.list_alerts,
        arguments=alert.CHOICE,
        owner=within(alert.alert_query),
        requires=ON_OFFICE,
        zh="区划内的预警，新的在前；公职人员可见",
        en="The alerts in it, newest first; for officials.",
    )
    unified_work_orders: Connection[UnifiedWorkOrder] | None = connection(
        UnifiedOrderSource.list_unified_orders,
        arguments=order.CHOICE,
        owner=within(order.order_query),
        requires=ON_OFFICE,
        zh="区划内的联动工单，新的在前；公职人员可见",
        en="The unified work orders in it, newest first; for officials.",
    )
    village_forms: Connection[VillageForm] | None = connection(
        VillageFormSource.list_village_forms,
        arguments=village_form.CHOICE,
        owner=within(village_form.village_form_query),
        requires=ON_OFFICE,
        zh="区划内的村社报表，期限最晚的在前；公职人员可见",
        en="The village forms in it, those due latest first; for officials.",
    )


@described(zh="12345 工单形成的联动工单", en="What the command centre made of a hotline's order.")
class WorkOrderWays:
    """Behind ``WorkOrder``'s own fields."""

    unified_work_orders: Connection[UnifiedWorkOrder] | None = connection(
        UnifiedOrderSource.list_hotline_orders,
        requires=ON_OFFICE,
        zh="由此形成的区联动工单，新的在前；公职人员可见",
        en="The unified work orders of the command centre that came from it, newest first; for officials.",
    )
