"""Lists of work orders: which, and for whom."""

from collections.abc import Mapping
from typing import Any

import strawberry

from connectors.ports import WorkOrderSource
from connectors.records.work_order import WorkOrderQuery
from connectors.viewer import PersonalClass, Scope
from schema.declarations import Requirement
from schema.fields import CHINESE, argument, optional
from schema.paging import connection
from schema.places import known_region
from schema.work_order_status import WorkOrderStatus

KNOWN = Requirement(Scope.GRAPH_READ)


@strawberry.input(description="Which work orders; what is left out does not matter.")
class WorkOrderFilter:
    """All fields optional."""

    region_code: str | None = optional("区划代码，含其下辖", "GB/T 2260 code of a place; what lies in it is included.")
    statuses: list[WorkOrderStatus] | None = optional("状态为其中之一", "It stands in one of these.")
    overdue: bool | None = optional("是否逾期", "Whether it was not done when due.")
    satisfied: bool | None = optional(
        "回访是否满意；未回访的都不算",
        "Whether its owner was content; not called back yet is neither.",
    )


setattr(WorkOrderFilter, CHINESE, "工单的筛选条件，均可不填")

CHOICE = (argument("filter", WorkOrderFilter | None, zh="筛选", en="Which orders."),)


def work_order_query(arguments: Mapping[str, Any], *, own: bool = False) -> WorkOrderQuery:
    """What the source is asked for. Raises ``RefusedError`` (BAD_INPUT)."""
    chosen = arguments.get("filter") or {}
    statuses = chosen.get("statuses")
    return WorkOrderQuery(
        region_key=known_region(chosen.get("regionCode")),
        statuses=None if statuses is None else tuple(statuses),
        overdue=chosen.get("overdue"),
        satisfied=chosen.get("satisfied"),
        own=own,
    )


WORK_ORDERS: Any = connection(
    WorkOrderSource.list_work_orders,
    arguments=CHOICE,
    owner=lambda _, arguments: work_order_query(arguments),
    requires=KNOWN,
    zh="提问者可见的 12345 工单，新的在前：机关工作人员全部，承办单位和本人各自的",
    en="Work orders the asker may see, newest first: committee staff all, a handling unit and an owner their own.",
)

OWN_WORK_ORDERS: Any = connection(
    WorkOrderSource.list_work_orders,
    arguments=CHOICE,
    owner=lambda _, arguments: work_order_query(arguments, own=True),
    personal=PersonalClass.OWN_CHOICE,
    zh="本人的 12345 工单，新的在前",
    en="What one reported oneself, newest first.",
)
