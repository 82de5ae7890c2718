"""A district's command centre: grids, alerts, unified work orders, village forms, natural persons."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from connectors.errors import PlatformError
from connectors.records.alert import Alert, AlertQuery
from connectors.records.grid import Grid, GridQuery, GridWorker
from connectors.records.page import Page, PageArgs
from connectors.records.person_lookup import PersonLookup, PersonQuery
from connectors.records.unified_order import UnifiedOrder, UnifiedOrderQuery
from connectors.records.village_form import VillageForm, VillageFormQuery
from connectors.viewer import Ask


@runtime_checkable
class GridSource(Protocol):
    """Knows grids and who works in them."""

    async def load_grids(self, keys: Sequence[str], ask: Ask) -> Sequence[Grid | PlatformError | None]:
        """Read grids by key."""

    async def list_grids(
        self, queries: Sequence[GridQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[Grid] | PlatformError]:
        """Read one page per query, by key."""

    async def load_grid_workers(self, keys: Sequence[str], ask: Ask) -> Sequence[GridWorker | PlatformError | None]:
        """Read grid workers by key."""

    async def list_grid_workers(
        self, keys: Sequence[str], page: PageArgs, ask: Ask
    ) -> Sequence[Page[GridWorker] | PlatformError]:
        """Read one page of workers per grid, the full-time ones first."""


@runtime_checkable
class AlertSource(Protocol):
    """Knows alerts and what was done about them."""

    async def load_alerts(self, keys: Sequence[str], ask: Ask) -> Sequence[Alert | PlatformError | None]:
        """Read alerts by key."""

    async def list_alerts(
        self, queries: Sequence[AlertQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[Alert] | PlatformError]:
        """Read one page per query, newest first."""

    async def list_grid_alerts(
        self, keys: Sequence[str], page: PageArgs, ask: Ask
    ) -> Sequence[Page[Alert] | PlatformError]:
        """Read one page of alerts per grid, newest first."""


@runtime_checkable
class UnifiedOrderSource(Protocol):
    """Knows unified work orders."""

    async def load_unified_orders(self, keys: Sequence[str], ask: Ask) -> Sequence[UnifiedOrder | PlatformError | None]:
        """Read orders by key."""

    async def list_unified_orders(
        self, queries: Sequence[UnifiedOrderQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[UnifiedOrder] | PlatformError]:
        """Read one page per query, newest first."""

    async def list_grid_orders(
        self, keys: Sequence[str], page: PageArgs, ask: Ask
    ) -> Sequence[Page[UnifiedOrder] | PlatformError]:
        """Read one page of orders per grid, newest first."""

    async def list_alert_orders(
        self, keys: Sequence[str], page: PageArgs, ask: Ask
    ) -> Sequence[Page[UnifiedOrder] | PlatformError]:
        """Read one page per alert of the orders that followed it, newest first."""

    async def list_hotline_orders(
        self, keys: Sequence[str], page: PageArgs, ask: Ask
    ) -> Sequence[Page[UnifiedOrder] | PlatformError]:
        """Read one page per order of the hotline of the orders that came from it, newest first."""


@runtime_checkable
class VillageFormSource(Protocol):
    """Knows the forms villages hand in."""

    async def load_village_forms(self, keys: Sequence[str], ask: Ask) -> Sequence[VillageForm | PlatformError | None]:
        """Read forms by key."""

    async def list_village_forms(
        self, queries: Sequence[VillageFormQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[VillageForm] | PlatformError]:
        """Read one page per query, those due latest first."""


@runtime_checkable
class PersonLookupSource(Protocol):
    """Tells what offices hold of a natural person; only where the operator switched it on."""

    async def find_persons(
        self, queries: Sequence[PersonQuery], ask: Ask
    ) -> Sequence[PersonLookup | PlatformError | None]:
        """Look each person up; nothing of the answer is kept. ``NotConfiguredError`` where it is switched off."""
