"""How to-dos are written down: what a call carries, and the row of a list."""

import re
from datetime import UTC, datetime
from typing import Any

import msgspec

from connectors.sandbox.building import CHINA
from connectors.zhezhengding.sandbox.envelopes import FailedError
from connectors.zhezhengding.sandbox.gate import Call
from connectors.zhezhengding.sandbox.parameters import BAD_PARAMETER
from connectors.zhezhengding.sandbox.todos.book import Task

_TIME = "%Y-%m-%d %H:%M:%S"
_TIME_FORM = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}")


def row_of(task: Task) -> dict[str, Any]:
    """A to-do as lists show it; times it has not are missing."""
    row = {
        "taskUuid": task.uuid,
        "packageUuid": task.package,
        "subject": task.subject,
        "assigneeId": int(task.assignee),
        "creatorId": int(task.creator),
        "creatorName": task.creator_name,
        "url": task.url,
        "mobileUrl": task.mobile_url,
        "status": task.status,
        "createTime": task.created_at.strftime(_TIME),
    }
    times = {"dueTime": task.due_at, "finishTime": task.finished_at}
    return row | {name: moment.strftime(_TIME) for name, moment in times.items() if moment is not None}


def short_text(call: Call, name: str, longest: int) -> str:
    """A text that must be given and is not longer than that."""
    value = call.required(name)
    if len(value) > longest:
        raise FailedError(BAD_PARAMETER, f"{name} takes at most {longest} characters")
    return value


def info_in(call: Call, name: str) -> dict[str, Any]:
    """A person's name and picture as a JSON string."""
    try:
        value = msgspec.json.decode(call.get(name, "{}").encode())
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
        raise FailedError(BAD_PARAMETER, f"{name} is no JSON") from error
    if not isinstance(value, dict):
        raise FailedError(BAD_PARAMETER, f"{name} is no object")
    return value


def time_in(call: Call, name: str) -> datetime | None:
    """A time of the wall clock in Hangzhou."""
    text = call.get(name)
    if not text:
        return None
    refused = FailedError(BAD_PARAMETER, f"{name} is yyyy-MM-dd HH:mm:ss")
    if not _TIME_FORM.fullmatch(text):
        raise refused
    try:
        return datetime.strptime(text, _TIME).replace(tzinfo=CHINA)
    except ValueError as error:
        raise refused from error


def now_of(call: Call) -> datetime:
    """The platform's time, to the second."""
    return datetime.fromtimestamp(call.now, UTC).astimezone(CHINA).replace(microsecond=0)
