"""The root fields of the command centre, and its types with a global id."""

from typing import Any

from connectors.ports.command import AlertSource, GridSource, UnifiedOrderSource, VillageFormSource
from schema.command.alert import ALERTS, Alert
from schema.command.grid import GRIDS, Grid, GridWorker
from schema.command.order import ORDERS, UnifiedWorkOrder
from schema.command.person import PersonLookup, person_lookup
from schema.command.village_form import VILLAGE_FORMS, VillageForm
from schema.declarations import Found
from schema.fields import by_id, described
from schema.offices import ON_OFFICE
from schema.paging import Connection

NODES = {
    "Grid": Found(GridSource.load_grids),
    "GridWorker": Found(GridSource.load_grid_workers),
    "Alert": Found(AlertSource.load_alerts, requires=ON_OFFICE),
    "UnifiedWorkOrder": Found(UnifiedOrderSource.load_unified_orders, requires=ON_OFFICE),
    "VillageForm": Found(VillageFormSource.load_village_forms, requires=ON_OFFICE),
}


def _one(type_name: str, *, zh: str, en: str) -> Any:
    return by_id({type_name: NODES[type_name]}, zh=zh, en=en)


@described(zh="指挥中心的查询入口", en="Where reading of the command centre begins.")
class CommandRoots:
    """Root fields, behind the query's own."""

    grids: Connection[Grid] | None = GRIDS
    grid: Grid | None = _one("Grid", zh="一个网格", en="One grid.")
    grid_worker: GridWorker | None = _one("GridWorker", zh="一位网格员", en="One grid worker.")
    alerts: Connection[Alert] | None = ALERTS
    alert: Alert | None = _one("Alert", zh="一条预警", en="One alert.")
    unified_work_orders: Connection[UnifiedWorkOrder] | None = ORDERS
    unified_work_order: UnifiedWorkOrder | None = _one(
        "UnifiedWorkOrder", zh="一张联动工单", en="One unified work order."
    )
    village_forms: Connection[VillageForm] | None = VILLAGE_FORMS
    village_form: VillageForm | None = _one("VillageForm", zh="一份村社报表", en="One village form.")
    person_lookup: PersonLookup | None = person_lookup()
