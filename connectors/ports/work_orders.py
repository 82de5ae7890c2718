"""12345 work orders: reading them, and what a citizen does about one."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from connectors.errors import PlatformError
from connectors.records.page import Page, PageArgs
from connectors.records.question_statistics import Days
from connectors.records.work_order import (
    NewFollowUp,
    NewSupplement,
    NewWorkOrder,
    RegionWorkOrders,
    WorkOrder,
    WorkOrderQuery,
)
from connectors.viewer import Ask


@runtime_checkable
class WorkOrderSource(Protocol):
    """Knows work orders; answers owner, handling unit and staff only, and exact places to the first two."""

    async def load_work_orders(self, keys: Sequence[str], ask: Ask) -> Sequence[WorkOrder | PlatformError | None]:
        """Read orders by key; None also where the asker may not see it."""

    async def list_own_work_orders(
        self, keys: Sequence[str], query: WorkOrderQuery, page: PageArgs, ask: Ask
    ) -> Sequence[Page[WorkOrder] | PlatformError]:
        """Read one page per account on the citizen app, newest first; empty for any but the asker's own."""

    async def list_work_orders(
        self, queries: Sequence[WorkOrderQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[WorkOrder] | PlatformError]:
        """Read one page per query of what the asker may see, newest first."""

    async def load_region_work_orders(
        self, keys: Sequence[str], days: Days, ask: Ask
    ) -> Sequence[RegionWorkOrders | PlatformError | None]:
        """Count the orders of each region (GB/T 2260) and what lies in it; a period of at most 366 days."""


@runtime_checkable
class WorkOrderDesk(Protocol):
    """Takes what a citizen reports; the asker's account on the citizen app acts.

    Each write answers the order as it then stands and raises ``PlatformError`` as ``QuestionDesk`` does. Attachments
    are those an ``AttachmentStore`` keeps.
    """

    async def create_work_order(self, order: NewWorkOrder, write_id: str, ask: Ask) -> WorkOrder:
        """Report something; ``TRANSFER_REFUSED`` where it is no matter for the hotline."""

    async def supplement_work_order(self, supplement: NewSupplement, write_id: str, ask: Ask) -> WorkOrder:
        """Add to one's own order while it is not closed."""

    async def follow_up_work_order(self, follow_up: NewFollowUp, write_id: str, ask: Ask) -> WorkOrder:
        """Say whether one is content, once it waits for the call back or is closed."""
