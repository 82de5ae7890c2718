"""What is read of work orders: by key, in lists, in numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any, Self

from connectors.records.work_order import WorkOrderStatus
from connectors.regions import REGIONS, lies_in
from connectors.sandbox.paging import PageWanted
from connectors.zheliban.sandbox.parameters import Parameters
from connectors.zheliban.sandbox.studios.asked import moment_of
from connectors.zheliban.sandbox.workorders.orders import Order, S, order_row
from connectors.zheliban.sandbox.workorders.store import NEWEST, OrderStore, OrderViewer


@dataclass(frozen=True, slots=True)
class Wanted:
    """A filter; None: either."""

    statuses: frozenset[WorkOrderStatus] | None
    overdue: bool | None
    satisfied: bool | None
    region: str | None

    @classmethod
    def sent(cls, sent: Parameters) -> Self:
        """The filter of a request."""
        return cls(
            sent.choices("status", WorkOrderStatus),
            sent.flag("overdue"),
            sent.flag("satisfied"),
            sent.region("regionCode"),
        )

    def takes(self, order: Order, now: float) -> bool:
        """Whether an order is one of them."""
        return (
            (self.statuses is None or order.status(now) in self.statuses)
            and (self.overdue is None or order.overdue(now) == self.overdue)
            and (self.satisfied is None or _told(order, now) is self.satisfied)
            and (self.region is None or lies_in(order.region, self.region))
        )


class Reads:
    """What is read; parameters in, the envelope's data out."""

    def __init__(self, store: OrderStore) -> None:
        self._store = store

    def orders(self, sent: Parameters) -> Any:
        """``GET /orders``."""
        now, viewer = self._store.time.now(), _viewer_from(sent)
        found = (self._store.orders[key] for key in sent.keys("ids") if key in self._store.orders)
        rows = ((order, self._store.grounds(order, viewer)) for order in found)
        return {"items": [order_row(order, now, grounds=grounds) for order, grounds in rows if grounds]}

    def of_users(self, sent: Parameters) -> Any:
        """``GET /users/orders``: one's own; for staff anybody's."""
        viewer, wanted, page = _viewer_from(sent), Wanted.sent(sent), sent.page(NEWEST)
        own = [key for key in sent.accounts("ownerIds") if viewer.staff or key == viewer.account]
        lists = {key: self._store.of_owner.get(key, []) for key in own}
        return {"items": [{"ownerId": key} | self._page(rows, wanted, page, viewer) for key, rows in lists.items()]}

    def all(self, sent: Parameters) -> Any:
        """``GET /orders/list``."""
        viewer, wanted, page = _viewer_from(sent), Wanted.sent(sent), sent.page(NEWEST)
        rows = self._store.in_region(wanted.region) if viewer.staff else self._store.of(viewer)
        return self._page(rows, wanted, page, viewer)

    def _page(self, rows: Iterable[Order], wanted: Wanted, page: PageWanted, viewer: OrderViewer) -> dict[str, Any]:
        """Rows are walked no further than the page goes, unless they are to be counted."""
        now = self._store.time.now()
        found: Iterable[Order] = (order for order in rows if wanted.takes(order, now))
        whole = list(found) if page.with_total else None
        found = found if whole is None else whole
        after = (order for order in found if page.after is None or NEWEST.place(order) > page.after)
        cut = list(islice(after, page.first + 1))

        def row(order: Order) -> dict[str, Any]:
            grounds = self._store.grounds(order, viewer) or "STAFF"
            return order_row(order, now, grounds=grounds) | {"cursor": NEWEST.cursor(order)}

        return {
            "rows": [row(order) for order in cut[: page.first]],
            "hasNext": len(cut) > page.first,
            "total": None if whole is None else len(whole),
        }

    def regions(self, sent: Parameters) -> Any:
        """``GET /regions/orders``: what was accepted in the period, and what became of it by now."""
        first, last = sent.days()
        begin, end = (_midnight(day) for day in (first, last + timedelta(days=1)))
        now = self._store.time.now()
        return {"items": [self._region_row(key, begin, end, now) for key in sent.keys("ids") if key in REGIONS]}

    def _region_row(self, region: str, begin: float, end: float, now: float) -> dict[str, Any]:
        found = [order for order in self._store.in_region(region) if begin <= order.accepted < end]
        told = [verdict.satisfied for order in found if (verdict := order.told(now))]
        return {
            "id": region,
            "accepted": len(found),
            "closed": sum(order.status(now) is S.CLOSED for order in found),
            "overdue": sum(order.overdue(now) for order in found),
            "satisfaction": round(sum(told) / len(told), 4) if told else None,
        }


def _told(order: Order, now: float) -> bool | None:
    verdict = order.told(now)
    return verdict.satisfied if verdict else None


def _viewer_from(sent: Parameters) -> OrderViewer:
    staff = sent.flag("viewerStaff") or False
    return OrderViewer(sent.account("viewerId"), sent.key("viewerEmployeeCode"), staff)


def _midnight(day: date) -> float:
    return moment_of(0).replace(year=day.year, month=day.month, day=day.day, hour=0).timestamp()
