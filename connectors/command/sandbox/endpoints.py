"""Puts the platform together: its tables, and what is read from each."""

import time
from collections.abc import Callable

from connectors.command.sandbox.forms import Forms
from connectors.command.sandbox.grids import Grids
from connectors.command.sandbox.ground import Ground
from connectors.command.sandbox.happening import Happening
from connectors.command.sandbox.persons import Persons
from connectors.command.sandbox.tables import LISTED, OWNED
from connectors.command.settings import CommandSettings
from connectors.records.alert import AlertLevel, AlertStatus
from connectors.records.unified_order import OrderOrigin
from connectors.records.village_form import VillageFormStatus
from connectors.records.work_order import WorkOrderStatus
from connectors.sandbox.app import Operation, SandboxApp
from connectors.sandbox.contracted.lists import Asked
from connectors.sandbox.contracted.problems import failed
from connectors.sandbox.world import World

KEPT = frozenset(("id", "items", "rows", "ownerId", "cursor", "hasNext", "idDigest"))
"""What schema drift leaves alone: envelopes, a row's own key, what a look-up repeats."""
_IDS = ("ids",)


def build_sandbox(settings: CommandSettings, world: World, *, clock: Callable[[], float] = time.time) -> SandboxApp:
    """The platform with that world in it, open to the keys of the settings; ``clock`` is seconds since 1970.

    Nobody signs in here.
    """
    ground, grids = Ground.of(settings, clock), Grids(world)
    happening, forms = Happening(world, grids), Forms(world, grids)
    persons = Persons(settings, world, grids)
    read = ground.read
    operations: list[Operation] = [
        read("grids", "/grids", grids.grids.keyed, _IDS),
        read("grids.list", "/grids/list", lambda asked: grids.grids.listed(asked, {}), (*LISTED, "text")),
        read("gridWorkers", "/grid-workers", grids.workers.keyed, _IDS),
        read("grids.workers", "/grids/workers", grids.workers.of_grids, OWNED),
        read("grids.alerts", "/grids/alerts", happening.alerts.of_grids, OWNED),
        read("grids.orders", "/grids/orders", happening.orders.of_grids, OWNED),
        read("alerts.orders", "/alerts/orders", happening.orders.sharing("alertId"), OWNED),
        read("hotlineOrders.orders", "/hotline-orders/orders", happening.orders.sharing("hotlineOrderId"), OWNED),
        read("alerts", "/alerts", happening.alerts.keyed, _IDS),
        read(
            "alerts.list",
            "/alerts/list",
            lambda asked: happening.alerts.listed(
                asked, _values(level=asked.choice("level", AlertLevel), status=asked.choice("status", AlertStatus))
            ),
            (*LISTED, "level", "status"),
        ),
        read("orders", "/orders", happening.orders.keyed, _IDS),
        read(
            "orders.list",
            "/orders/list",
            lambda asked: happening.orders.listed(asked, _orders(asked)),
            (*LISTED, "origin", "status", "overdue"),
        ),
        read("villageForms", "/village-forms", forms.forms.keyed, _IDS),
        read(
            "villageForms.list",
            "/village-forms/list",
            lambda asked: forms.forms.listed(asked, _values(status=asked.choice("status", VillageFormStatus))),
            (*LISTED, "status"),
        ),
        ground.post_read("persons.lookup", "/persons/lookup", persons.looked_up),
        ground.elsewhere(),
    ]
    return SandboxApp(operations, (), _nobody, failure=failed, kept=KEPT, clock=clock)


def _orders(asked: Asked) -> dict[str, object]:
    chosen = _values(origin=asked.choice("origin", OrderOrigin), status=asked.choice("status", WorkOrderStatus))
    return chosen | {"overdue": asked.flag("overdue")}


def _values(**chosen: object) -> dict[str, object]:
    return {name: getattr(value, "value", None) for name, value in chosen.items()}


def _nobody(_: str, form: str | None) -> None:  # noqa: ARG001 - no form of ticket is given out
    return None
