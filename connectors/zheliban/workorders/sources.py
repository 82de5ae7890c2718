"""Work orders, as far as the asker may see them, and what a citizen does about one."""

from collections.abc import Mapping, Sequence
from typing import Any

from connectors.errors import PlatformError
from connectors.freshness import OWN, REGISTRY
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
from connectors.zheliban.irs_service import Endpoint, IrsService, empty_page, params_from
from connectors.zheliban.rows import Shape
from connectors.zheliban.studios.acting import by_citizen, by_staff
from connectors.zheliban.studios.statistics import days_params
from connectors.zheliban.workorders.mapping import (
    OrderAudience,
    order_audience_of,
    orders_for,
    region_orders_from,
    written_for,
)
from connectors.zheliban.workorders.payloads import RegionOrdersPayload

ORDERS = Endpoint("orders", "/orders", OWN, tags=("order:{key}",))
OWN_ORDERS = Endpoint("users.orders", "/users/orders", OWN, tags=("orders",), accounts=True)
ALL_ORDERS = Endpoint("orders.list", "/orders/list", OWN, tags=("orders",))
REGION_ORDERS = Endpoint("regions.orders", "/regions/orders", REGISTRY, tags=("orders",))


class ZhelibanWorkOrders:
    """Orders by key, in lists, in numbers; kept for one audience each."""

    def __init__(self, service: IrsService) -> None:
        self._service = service

    async def load_work_orders(self, keys: Sequence[str], ask: Ask) -> Sequence[WorkOrder | PlatformError | None]:
        """Read orders by key; None for an unknown one and for one the asker may not see."""
        audience = self._audience(ask)
        return await self._service.keyed(ORDERS, orders_for(audience), keys, ask, audience.params())

    async def list_own_work_orders(
        self, keys: Sequence[str], query: WorkOrderQuery, page: PageArgs, ask: Ask
    ) -> Sequence[Page[WorkOrder] | PlatformError]:
        """Read one page per account; an empty one, without a call, for another's where the asker is no staff."""
        audience = self._audience(ask)
        allowed = [key for key in keys if audience.staff or key == audience.account]
        asked = _query_params(query) | audience.params()
        pages = await self._service.owned(OWN_ORDERS, orders_for(audience), allowed, page, ask, query=asked)
        found = dict(zip(allowed, pages, strict=True))
        return [found.get(key, empty_page(page)) for key in keys]

    async def list_work_orders(
        self, queries: Sequence[WorkOrderQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[WorkOrder] | PlatformError]:
        """Read one page per query, a call each; empty, without a call, for who can have none."""
        audience = self._audience(ask)
        if not audience.params():
            return [empty_page(page)] * len(queries)
        asked = [_query_params(query) | audience.params() for query in queries if not query.own]
        listed = iter(await self._service.listed(ALL_ORDERS, orders_for(audience), asked, page, ask) if asked else ())
        return [await self._own(query, page, ask) if query.own else next(listed) for query in queries]

    async def load_region_work_orders(
        self, keys: Sequence[str], days: Days, ask: Ask
    ) -> Sequence[RegionWorkOrders | PlatformError | None]:
        """Count the orders of each region; they tell of nobody."""
        shape = Shape(RegionOrdersPayload, region_orders_from)
        return await self._service.keyed(REGION_ORDERS, shape, keys, ask, days_params(days))

    async def _own(self, query: WorkOrderQuery, page: PageArgs, ask: Ask) -> Page[WorkOrder] | PlatformError:
        account = self._audience(ask).account
        if account is None:
            return empty_page(page)
        [found] = await self.list_own_work_orders([account], query, page, ask)
        return found

    def _audience(self, ask: Ask) -> OrderAudience:
        return order_audience_of(ask.viewer, self._service.platform)


class ZhelibanWorkOrderDesk:
    """Sends each write once, under the caller's write id."""

    def __init__(self, service: IrsService) -> None:
        self._service = service

    async def create_work_order(self, order: NewWorkOrder, write_id: str, ask: Ask) -> WorkOrder:
        """Report something; of a question that the office hands on, who asked it is the owner."""
        operation, place = "orders.create", order.location
        acts = by_citizen if order.source_question_key is None else by_staff
        body = {
            "by": acts(operation, ask, self._service.platform),
            "kind": order.kind.value,
            "title": order.title,
            "body": order.body,
            "regionCode": order.region_key,
            "location": {"latitude": place.latitude, "longitude": place.longitude, "address": place.address}
            if place
            else None,
            "attachmentIds": list(order.attachment_keys),
            "sourceQuestionId": order.source_question_key,
        }
        return await self._written(operation, "/orders/create", body, write_id, ask)

    async def supplement_work_order(self, supplement: NewSupplement, write_id: str, ask: Ask) -> WorkOrder:
        """Add to one's own order."""
        files = list(supplement.attachment_keys)
        body = {"orderId": supplement.key, "body": supplement.body, "attachmentIds": files}
        return await self._by_owner("orders.supplement", "/orders/supplements", body, write_id, ask)

    async def follow_up_work_order(self, follow_up: NewFollowUp, write_id: str, ask: Ask) -> WorkOrder:
        """Say whether one is content."""
        body = {"orderId": follow_up.key, "satisfied": follow_up.satisfied, "comment": follow_up.comment}
        return await self._by_owner("orders.followUp", "/orders/follow-ups", body, write_id, ask)

    async def _by_owner(self, operation: str, path: str, body: Mapping[str, Any], write_id: str, ask: Ask) -> WorkOrder:
        by = by_citizen(operation, ask, self._service.platform)
        return await self._written(operation, path, {"by": by, **body}, write_id, ask)

    async def _written(self, operation: str, path: str, body: Mapping[str, Any], write_id: str, ask: Ask) -> WorkOrder:
        platform = self._service.platform
        told = {"writeId": write_id, **body}
        shape = written_for(order_audience_of(ask.viewer, platform))
        return await self._service.write(operation, path, told, shape, ask)


def _query_params(query: WorkOrderQuery) -> dict[str, str]:
    return params_from(
        regionCode=query.region_key,
        status=",".join(status.value for status in query.statuses) if query.statuses else None,
        overdue=query.overdue,
        satisfied=query.satisfied,
    )
