"""Alerts with what was done about them, and the unified work orders that came from these and from elsewhere."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from connectors.command.sandbox.grids import Grids
from connectors.command.sandbox.scenes import ALERTS, ORDERS
from connectors.command.sandbox.tables import Kept, Table
from connectors.records.alert import AlertKind, AlertLevel, AlertStatus, DispatchStatus
from connectors.records.unified_order import OrderOrigin
from connectors.records.work_order import WorkOrderStatus
from connectors.sandbox.world import UnitSeed, World

_STATUSES = tuple(AlertStatus)
_LEVELS = tuple(AlertLevel)
_ORIGINS = tuple(OrderOrigin)
_OPEN = (WorkOrderStatus.DISPATCHED, WorkOrderStatus.SIGNED_FOR, WorkOrderStatus.IN_PROGRESS)
_DONE_BY = {AlertStatus.DISPATCHED: DispatchStatus.HANDLING, AlertStatus.RESOLVED: DispatchStatus.DONE}
_HOTLINE_ORDERS = 50  # so many of the hotline's are named


class Happening:
    """Made once: what happened in the last thirty days."""

    def __init__(self, world: World, grids: Grids) -> None:
        self._world = world
        self._grids = grids
        self._units: dict[str, list[UnitSeed]] = {}
        for unit in world.units:
            if unit.code.startswith("GO_bu"):
                self._units.setdefault(unit.region_code, []).append(unit)
        self.alerts = Table.of("NEWEST_ALERTS", self._alerts())
        self.orders = Table.of("NEWEST_ORDERS", self._orders())

    def _places(self, each: int) -> Iterator[tuple[int, str, str]]:
        """Some grids: serial, county, grid."""
        serial = 0
        for region in self._grids.regions:
            for grid in self._grids.keys(region)[::each]:
                yield serial, region, grid
                serial += 1

    def _ago(self, serial: int) -> datetime:
        return self._world.today - timedelta(hours=1 + serial * 7 % 720, minutes=serial * 13 % 60)

    def _alerts(self) -> Iterator[Kept]:
        kinds = tuple(AlertKind)
        for serial, region, grid in self._places(2):
            kind, status = kinds[serial % len(kinds)], _STATUSES[serial % len(_STATUSES)]
            title, detected_by, instruction = ALERTS[kind]
            raised = self._ago(serial)
            resolved = raised + timedelta(minutes=50) if status is AlertStatus.RESOLVED else None
            row = {
                "id": f"AL{grid[1:]}",
                "kind": kind.value,
                "level": _LEVELS[serial % len(_LEVELS)].value,
                "status": status.value,
                "title": title,
                "detectedBy": detected_by,
                "regionCode": region,
                "gridId": grid,
                "raisedAt": raised.isoformat(),
                "resolvedAt": resolved and resolved.isoformat(),
                "dispatches": self._dispatches(serial, region, status, raised, instruction),
            }
            yield Kept(-raised.timestamp(), row)

    def _dispatches(
        self, serial: int, region: str, status: AlertStatus, raised: datetime, instruction: str
    ) -> list[dict[str, Any]]:
        """One order to a unit of the county, once it was sent out."""
        if status not in _DONE_BY:
            return []
        unit = self._units[region][serial % len(self._units[region])]
        done = raised + timedelta(minutes=50) if status is AlertStatus.RESOLVED else None
        order = {
            "id": f"DP{region}{serial:05d}",
            "organizationCode": unit.code,
            "organizationName": unit.name,
            "instruction": instruction,
            "status": _DONE_BY[status].value,
            "issuedAt": (raised + timedelta(minutes=5)).isoformat(),
            "dueAt": (raised + timedelta(hours=2)).isoformat(),
            "finishedAt": done and done.isoformat(),
            "result": done and "已到场处置，情况入库。",
        }
        return [order]

    def _orders(self) -> Iterator[Kept]:
        for serial, region, grid in self._places(1):
            origin = _ORIGINS[serial % len(_ORIGINS)]
            accepted = self._ago(serial)
            due = accepted + timedelta(days=3)
            closed = (
                accepted + timedelta(days=1) if serial % 3 and accepted < self._world.today - timedelta(1) else None
            )
            unit = self._units[region][serial % len(self._units[region])] if closed or serial % 7 else None
            waiting = _OPEN[serial % len(_OPEN)] if unit else WorkOrderStatus.ACCEPTED
            alert = f"AL{grid[1:]}" if origin is OrderOrigin.ALERT else None
            row = {
                "id": f"UO{grid[1:]}",
                "number": f"LD{accepted:%Y%m%d}{serial:05d}",
                "origin": origin.value,
                "status": (WorkOrderStatus.CLOSED if closed else waiting).value,
                "title": ORDERS[serial % len(ORDERS)],
                "regionCode": region,
                "gridId": grid,
                "organizationCode": unit and unit.code,
                "organizationName": unit and unit.name,
                "acceptedAt": accepted.isoformat(),
                "dueAt": due.isoformat(),
                "closedAt": closed and closed.isoformat(),
                "overdue": closed is None and due < self._world.today,
                "alertId": alert if alert in self.alerts.by_key else None,
                "hotlineOrderId": f"W{serial % _HOTLINE_ORDERS + 1:07d}" if origin is OrderOrigin.HOTLINE else None,
            }
            yield Kept(-accepted.timestamp(), row)
