"""The command centre: grids, workers, alerts, unified work orders, village forms."""

from typing import Any

from connectors.records.alert import AlertQuery
from connectors.records.grid import GridQuery
from connectors.records.person_lookup import PersonQuery
from connectors.records.unified_order import UnifiedOrderQuery
from connectors.records.village_form import VillageFormQuery
from connectors.sandbox.world import World
from connectors.viewer import ANYONE, Ask
from tests.conformance.samples.asking import PAGE, Keys, More, a_page, nothing_more
from tests.conformance.samples.deeds import Deed, Scene, asking_as

COUNTIES = ("331002", "331003", "331004")


def _grids(_: World) -> list[str]:
    return [f"G{region}0001" for region in COUNTIES]


def _queries(kind: Any) -> Keys:
    return lambda _: [kind(region_key=region) for region in COUNTIES]


KEYED: dict[str, tuple[Keys, More]] = {
    "load_grids": (_grids, nothing_more),
    "load_grid_workers": (lambda w: [f"W{grid[1:]}1" for grid in _grids(w)], nothing_more),
    "load_unified_orders": (lambda w: [f"UO{grid[1:]}" for grid in _grids(w)], nothing_more),
    "load_village_forms": (lambda w: [f"VF{grid[1:]}" for grid in _grids(w)], nothing_more),
}
LISTED: dict[str, tuple[Keys, More]] = {
    "list_grids": (_queries(GridQuery), a_page),
    "list_grid_workers": (_grids, a_page),
    "list_alerts": (_queries(AlertQuery), a_page),
    "list_grid_alerts": (_grids, a_page),
    "list_unified_orders": (_queries(UnifiedOrderQuery), a_page),
    "list_grid_orders": (_grids, a_page),
    "list_alert_orders": (lambda _: ["AL3310020003", "AL3310020007", "AL3310030003"], a_page),
    "list_hotline_orders": (lambda _: ["W0000001", "W0000005"], a_page),
    "list_village_forms": (_queries(VillageFormQuery), a_page),
}


async def _alerts(method: Any, _: World, ask: Ask) -> list[str]:
    (page,) = await method("list_alerts")([AlertQuery(region_key=COUNTIES[0])], PAGE, ask)
    return [alert.key for alert in page.nodes]


ANSWERED = {"load_alerts": _alerts}


async def _find_persons(scene: Scene) -> Deed:
    """What offices hold of somebody."""
    return Deed(asking_as(ANYONE), ([PersonQuery(scene.world.citizens[0].id_number, "核对救助申请")],))


CALLS = {"find_persons": _find_persons}
SETTINGS = {"command": {"person_lookup": True}}
