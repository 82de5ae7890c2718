"""To-dos of officials on the work app: one's own."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import strawberry

from connectors.ports import TodoSource
from connectors.records.todo import TodoQuery, TodoStatus
from connectors.viewer import PersonalClass
from schema.declarations import People, Requirement, Whose
from schema.fields import CHINESE, argument, described, identifier, value
from schema.guards import sees_desk
from schema.paging import connection

strawberry.enum(TodoStatus, description="Whether a to-do still waits.")
setattr(TodoStatus, CHINESE, "待办的状态")


@described(zh="待办事项", en="A to-do of an official on the work app.")
class Todo:
    """Read from ``connectors.records.todo.Todo``; the platform finds none by id, so it is no ``Node``."""

    id: strawberry.ID = identifier("Todo")
    title: str | None = value("title", zh="标题", en="What waits.")
    status: TodoStatus | None = value("status", zh="状态", en="Whether it still waits.")
    due_at: datetime | None = value("due_at", zh="截止时间", en="Until when; null without a deadline.")
    url: str | None = value("url", zh="电脑端链接", en="Where it is done, on a computer.")
    mobile_url: str | None = value("mobile_url", zh="手机端链接", en="Where it is done, on a phone.")
    created_at: datetime | None = value("created_at", zh="创建时间", en="When it was made.")
    finished_at: datetime | None = value("finished_at", zh="完成时间", en="When it was done; null before.")


def _query(arguments: Mapping[str, Any]) -> tuple[TodoQuery]:
    return (TodoQuery(status=arguments["status"]),)


TODOS: Any = connection(
    TodoSource.list_todos,
    arguments=(argument("status", TodoStatus, zh="状态", en="Which.", default=TodoStatus.OPEN),),
    taken=_query,
    owner=lambda parent, _: parent.employee_code,
    requires=Requirement(sees=sees_desk),
    personal=PersonalClass.OWN_CHOICE,
    whose=Whose(People.EMPLOYEE, "employee_code"),
    zh="待办，新的在前；只有本人和机关工作人员可见",
    en="To-dos, newest first; for the official and committee staff only.",
)
