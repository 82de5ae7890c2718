"""How far the work of an official's organisations is, in the handheld office."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import strawberry

from connectors.ports import WorkProgressSource
from connectors.records.office import ProgressQuery
from connectors.records.office import WorkProgress as WorkProgressRecord
from connectors.viewer import PersonalClass, Scope
from schema.declarations import Found, Requirement
from schema.fields import CHINESE, argument, described, identifier, optional, value
from schema.node import Node
from schema.official import Official
from schema.organization import Organization
from schema.paging import connection

_OFFICE = Requirement(Scope.OFFICE_READ)


@strawberry.input(description="Which pieces of work; what is left out does not matter.")
class WorkProgressFilter:
    """All fields optional."""

    finished: bool | None = optional(
        "是：只看已完成的；否：只看未完成的", "True: only those that are finished; false: only those that are not."
    )


setattr(WorkProgressFilter, CHINESE, "工作进展的筛选条件，均可不填")


@described(zh="工作进展", en="How far a piece of work is.", of=WorkProgressRecord)
class WorkProgress(Node):
    """Read from ``connectors.records.office.WorkProgress``; by those who belong to the organisation."""

    id: strawberry.ID = identifier("WorkProgress")
    title: str | None = value("title", zh="工作事项", en="Which work.")
    percent: int | None = value("percent", zh="完成百分比，0 到 100", en="How much of it is done, 0 to 100.")
    updated_at: datetime | None = value("updated_at", zh="更新时间", en="When this was last told.")
    note: str | None = value("note", zh="进展说明", en="What was said to it.")
    owner: Official | None = value(
        "owner", personal=PersonalClass.PUBLIC_OFFICE, zh="负责人", en="The official who answers for it."
    )
    organization: Organization | None = value("organization", zh="承担单位", en="The organisation whose work it is.")


WORK_PROGRESSES = Found(WorkProgressSource.load_work_progress, requires=_OFFICE)


def _query(arguments: Mapping[str, Any]) -> tuple[ProgressQuery]:
    return (ProgressQuery(finished=(arguments.get("filter") or {}).get("finished")),)


WORK_PROGRESS: Any = connection(
    WorkProgressSource.list_work_progress,
    arguments=(argument("filter", WorkProgressFilter | None, zh="筛选", en="Which pieces of work."),),
    taken=_query,
    asker=lambda viewer: viewer.employee_code,
    requires=_OFFICE,
    zh="本人所在单位的工作进展，最近更新的在前；没有浙政钉账号为空",
    en="How far the work of the asker's organisations is, what changed last first; null without a work account.",
)
