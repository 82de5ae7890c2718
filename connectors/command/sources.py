"""The command centre's ports that read by key, by grid and by query."""

from collections.abc import Sequence
from enum import Enum
from typing import Any

from connectors.command.mapping import ALERT, FORM, GRID, ORDER, WORKER
from connectors.contracted.reads import ContractReads, Endpoint
from connectors.errors import PlatformError
from connectors.freshness import DIRECTORY, LIVELY, PUBLISHED, REGISTRY
from connectors.records.alert import Alert, AlertQuery
from connectors.records.grid import Grid, GridQuery, GridWorker
from connectors.records.page import Page, PageArgs
from connectors.records.unified_order import UnifiedOrder, UnifiedOrderQuery
from connectors.records.village_form import VillageForm, VillageFormQuery
from connectors.viewer import Ask

_GRIDS = Endpoint("grids", "/grids", REGISTRY, tags=("grid:{key}",))
_GRID_LIST = Endpoint("grids.list", "/grids/list", REGISTRY, tags=("grids",))
_WORKERS = Endpoint("gridWorkers", "/grid-workers", DIRECTORY, tags=("grid-worker:{key}",))
_GRID_WORKERS = Endpoint("grids.workers", "/grids/workers", DIRECTORY, tags=("grid:{key}",))
_ALERTS = Endpoint("alerts", "/alerts", LIVELY, tags=("alert:{key}",))
_ALERT_LIST = Endpoint("alerts.list", "/alerts/list", LIVELY, tags=("alerts",))
_GRID_ALERTS = Endpoint("grids.alerts", "/grids/alerts", LIVELY, tags=("alerts", "grid:{key}"))
_ORDERS = Endpoint("orders", "/orders", PUBLISHED, tags=("unified-order:{key}",))
_ORDER_LIST = Endpoint("orders.list", "/orders/list", PUBLISHED, tags=("unified-orders",))
_GRID_ORDERS = Endpoint("grids.orders", "/grids/orders", PUBLISHED, tags=("unified-orders", "grid:{key}"))
_ALERT_ORDERS = Endpoint("alerts.orders", "/alerts/orders", PUBLISHED, tags=("unified-orders", "alert:{key}"))
_HOTLINE_ORDERS = Endpoint(
    "hotlineOrders.orders", "/hotline-orders/orders", PUBLISHED, tags=("unified-orders", "order:{key}")
)
_FORMS = Endpoint("villageForms", "/village-forms", PUBLISHED, tags=("village-form:{key}",))
_FORM_LIST = Endpoint("villageForms.list", "/village-forms/list", PUBLISHED, tags=("village-forms",))


class CommandGrids:
    """``GridSource``."""

    def __init__(self, reads: ContractReads) -> None:
        self._reads = reads

    async def load_grids(self, keys: Sequence[str], ask: Ask) -> Sequence[Grid | PlatformError | None]:
        """Read grids by key."""
        return await self._reads.keyed(_GRIDS, GRID, keys, ask)

    async def list_grids(
        self, queries: Sequence[GridQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[Grid] | PlatformError]:
        """Read one page per query, a call each."""
        asked = [_given(regionCode=query.region_key, text=query.text) for query in queries]
        return await self._reads.listed(_GRID_LIST, GRID, asked, page, ask)

    async def load_grid_workers(self, keys: Sequence[str], ask: Ask) -> Sequence[GridWorker | PlatformError | None]:
        """Read grid workers by key."""
        return await self._reads.keyed(_WORKERS, WORKER, keys, ask)

    async def list_grid_workers(
        self, keys: Sequence[str], page: PageArgs, ask: Ask
    ) -> Sequence[Page[GridWorker] | PlatformError]:
        """Read one page of workers per grid; an unknown grid has none."""
        return await self._reads.owned(_GRID_WORKERS, WORKER, keys, page, ask)


class CommandAlerts:
    """``AlertSource``."""

    def __init__(self, reads: ContractReads) -> None:
        self._reads = reads

    async def load_alerts(self, keys: Sequence[str], ask: Ask) -> Sequence[Alert | PlatformError | None]:
        """Read alerts by key."""
        return await self._reads.keyed(_ALERTS, ALERT, keys, ask)

    async def list_alerts(
        self, queries: Sequence[AlertQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[Alert] | PlatformError]:
        """Read one page per query, a call each."""
        asked = [_given(regionCode=query.region_key, level=query.level, status=query.status) for query in queries]
        return await self._reads.listed(_ALERT_LIST, ALERT, asked, page, ask)

    async def list_grid_alerts(
        self, keys: Sequence[str], page: PageArgs, ask: Ask
    ) -> Sequence[Page[Alert] | PlatformError]:
        """Read one page of alerts per grid; an unknown grid has none."""
        return await self._reads.owned(_GRID_ALERTS, ALERT, keys, page, ask)


class CommandOrders:
    """``UnifiedOrderSource``."""

    def __init__(self, reads: ContractReads) -> None:
        self._reads = reads

    async def load_unified_orders(self, keys: Sequence[str], ask: Ask) -> Sequence[UnifiedOrder | PlatformError | None]:
        """Read orders by key."""
        return await self._reads.keyed(_ORDERS, ORDER, keys, ask)

    async def list_unified_orders(
        self, queries: Sequence[UnifiedOrderQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[UnifiedOrder] | PlatformError]:
        """Read one page per query, a call each."""
        asked = [
            _given(regionCode=query.region_key, origin=query.origin, status=query.status, overdue=query.overdue)
            for query in queries
        ]
        return await self._reads.listed(_ORDER_LIST, ORDER, asked, page, ask)

    async def list_grid_orders(
        self, keys: Sequence[str], page: PageArgs, ask: Ask
    ) -> Sequence[Page[UnifiedOrder] | PlatformError]:
        """Read one page of orders per grid; an unknown grid has none."""
        return await self._reads.owned(_GRID_ORDERS, ORDER, keys, page, ask)

    async def list_alert_orders(
        self, keys: Sequence[str], page: PageArgs, ask: Ask
    ) -> Sequence[Page[UnifiedOrder] | PlatformError]:
        """Read one page of orders per alert."""
        return await self._reads.owned(_ALERT_ORDERS, ORDER, keys, page, ask)

    async def list_hotline_orders(
        self, keys: Sequence[str], page: PageArgs, ask: Ask
    ) -> Sequence[Page[UnifiedOrder] | PlatformError]:
        """Read one page of orders per order of the hotline."""
        return await self._reads.owned(_HOTLINE_ORDERS, ORDER, keys, page, ask)


class CommandVillageForms:
    """``VillageFormSource``."""

    def __init__(self, reads: ContractReads) -> None:
        self._reads = reads

    async def load_village_forms(self, keys: Sequence[str], ask: Ask) -> Sequence[VillageForm | PlatformError | None]:
        """Read forms by key."""
        return await self._reads.keyed(_FORMS, FORM, keys, ask)

    async def list_village_forms(
        self, queries: Sequence[VillageFormQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[VillageForm] | PlatformError]:
        """Read one page per query, a call each."""
        asked = [_given(regionCode=query.region_key, status=query.status) for query in queries]
        return await self._reads.listed(_FORM_LIST, FORM, asked, page, ask)


def _given(**told: Any) -> dict[str, str]:
    """What was chosen, as parameters: None is left out."""
    return {name: _text(value) for name, value in told.items() if value is not None}


def _text(value: str | bool | Enum) -> str:  # noqa: FBT001 - what a filter holds
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value.value) if isinstance(value, Enum) else value
