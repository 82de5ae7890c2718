"""The invented district: the same again from the same seed, more of it in a larger world, and whole in itself."""

from connectors.command.sandbox.forms import Forms
from connectors.command.sandbox.grids import Grids
from connectors.command.sandbox.happening import Happening
from connectors.sandbox.building import build_world
from connectors.sandbox.world import Scale, World


def test_the_same_world_makes_the_same_district(world: World) -> None:
    """Nothing in it is left to chance."""
    again = build_world(seed=world.seed, today=world.today)

    first, second = Grids(world), Grids(again)

    assert first.workers.by_key == second.workers.by_key
    assert Happening(world, first).orders.by_key == Happening(again, second).orders.by_key
    assert Forms(world, first).forms.by_key == Forms(again, second).forms.by_key


def test_a_province_has_more_of_everything(world: World) -> None:
    """More counties, and more grids in each."""
    county, province = Grids(world), Grids(build_world(scale=Scale.PROVINCE, today=world.today))

    assert len(county.grids.by_key) == 9 * 20
    assert len(province.grids.by_key) > 10_000
    assert province.each > county.each


def test_what_rows_name_exists(world: World) -> None:
    """Grids, alerts and units; and each alert that was dispatched has its order."""
    grids = Grids(world)
    happening = Happening(world, grids)
    units = {unit.code for unit in world.units}

    for order in happening.orders.by_key.values():
        assert order["gridId"] in grids.grids.by_key
        assert order["alertId"] is None or order["alertId"] in happening.alerts.by_key
        assert order["organizationCode"] is None or order["organizationCode"] in units
    for alert in happening.alerts.by_key.values():
        assert bool(alert["dispatches"]) is (alert["status"] in {"DISPATCHED", "RESOLVED"})
        assert {dispatch["organizationCode"] for dispatch in alert["dispatches"]} <= units
    codes = [worker["employeeCode"] for worker in grids.workers.by_key.values()]
    assert len(set(codes)) == len(codes)
