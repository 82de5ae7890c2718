"""What the platform tells of to-dos, and how it takes one (wire-formats A7). The rows of its lists are assumed."""

# ruff: noqa: N815 - upstream's spelling

from datetime import UTC, datetime
from typing import Any

import msgspec
from msgspec import Struct

from connectors.lenient import broken_in, kept
from connectors.links import link_from
from connectors.records.todo import NewTodo, Todo, TodoStatus, TodoTicket
from connectors.zhezhengding.envelope import Held
from connectors.zhezhengding.rows import Rows, RowShape
from connectors.zhezhengding.settings import NAME
from connectors.zhezhengding.signing import CHINA, Value

_TIME = "%Y-%m-%d %H:%M:%S"
_OPERATION = "todos"
_BROKEN = broken_in(NAME, _OPERATION)

Moment = str | int | None


class TodoPayload(Struct, kw_only=True):
    """A row of a list. Times are of the wall clock in Hangzhou, without a zone."""

    taskUuid: str
    subject: str
    url: str | None = None
    mobileUrl: str | None = None
    creatorName: str | None = None
    createTime: Moment = None
    dueTime: Moment = None
    finishTime: Moment = None


class TicketPayload(Struct):
    """The answer to a to-do that was made; ``packageUuid`` was seen, ``taskUuid`` is assumed."""

    taskUuid: str
    packageUuid: str | None = None


class _Wrapped(Struct):
    """Rows inside an object, as some versions of paged answers have them."""

    list: msgspec.Raw
    total: Any = None


_ROWS = RowShape(TodoPayload, "taskUuid")
_WRAPPED = msgspec.json.Decoder(_Wrapped)


def rows_from(held: Held) -> Rows[TodoPayload]:
    """Read a list, bare or inside an object; raises ``UnexpectedAnswerError`` when it is neither."""
    if not held.unquoted.lstrip().startswith(b"{"):
        return _ROWS.read(held)
    wrapped = held.decoded(_WRAPPED)
    total = wrapped.total if held.total is None else held.total
    return _ROWS.read(Held(held.platform, held.operation, bytes(wrapped.list), total))


def todo_from(payload: TodoPayload, status: TodoStatus) -> Todo:
    """Read a row of the list of that status."""
    return Todo(
        key=payload.taskUuid,
        title=payload.subject,
        status=status,
        due_at=_moment_from(payload.dueTime),
        url=link_from(payload.url, _BROKEN),
        mobile_url=link_from(payload.mobileUrl, _BROKEN),
        creator=_text_or_none(payload.creatorName),
        created_at=_moment_from(payload.createTime),
        finished_at=_moment_from(payload.finishTime),
    )


def ticket_from(payload: TicketPayload) -> TodoTicket:
    """Read what the platform calls a to-do."""
    return TodoTicket(task_uuid=payload.taskUuid, package_uuid=payload.packageUuid or None)


def params_from(todo: NewTodo) -> dict[str, Value]:
    """A new to-do as the platform takes it."""
    params: dict[str, Value] = {
        "bizTaskId": todo.key,
        "subject": todo.title,
        "creatorId": todo.creator,
        "assigneeId": todo.assignee,
        "url": todo.url,
        "mobileUrl": todo.mobile_url,
        "creatorInfo": _info(todo.creator_name),
        "dueTime": local_text(todo.due_at) if todo.due_at else None,
        "packageUuid": todo.package_uuid,
    }
    if todo.reminder is not None:
        params |= {"dueNotifyTypeArr": ("app",), "dueNotifyLevel": todo.reminder.value}
    return params


def local_text(moment: datetime) -> str:
    """A time as the wall clock in Hangzhou shows it."""
    return moment.astimezone(CHINA).strftime(_TIME)


def _info(name: str | None) -> str | None:
    return msgspec.json.encode({"name": name}).decode() if name else None


def _text_or_none(value: str | None) -> Any:
    return value or None


def _moment_from(value: Moment) -> Any:
    """A time of the wall clock, one with a zone, or milliseconds since 1970; an error where it is none of these."""
    return None if value is None or value == "" else kept(value, _read)


def _read(value: object) -> Any:
    try:
        if isinstance(value, int) or (isinstance(value, str) and value.isdigit()):
            return datetime.fromtimestamp(int(value) / 1000, UTC).astimezone(CHINA)
        moment = datetime.fromisoformat(str(value))
    except (ValueError, OverflowError, OSError):
        return broken_in(NAME, _OPERATION)
    return moment.replace(tzinfo=CHINA) if moment.tzinfo is None else moment
