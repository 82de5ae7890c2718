"""To-dos (待办) of officials on the work app."""

import enum
from datetime import datetime

from connectors.records.record import Record
from connectors.records.shift import Span


class TodoStatus(enum.Enum):
    """Whether something still waits."""

    OPEN = "OPEN"
    DONE = "DONE"


class Todo(Record, frozen=True):
    """What waits for somebody, or did. ``creator`` is the name it was sent under."""

    key: str
    title: str
    status: TodoStatus
    due_at: datetime | None
    url: str | None
    mobile_url: str | None
    creator: str | None
    created_at: datetime | None
    finished_at: datetime | None


class TodoQuery(Record, frozen=True):
    """Which to-dos: of one status, ``text`` in the title, made or finished within a span."""

    status: TodoStatus = TodoStatus.OPEN
    text: str | None = None
    created: Span | None = None
    finished: Span | None = None


class DueReminder(enum.Enum):
    """When the app reminds of the deadline; the value is the platform's own scale."""

    AT_THE_TIME = 0
    MINUTES_15 = 1
    HOUR_1 = 2
    HOURS_3 = 3
    DAY_1 = 4


class NewTodo(Record, frozen=True):
    """A to-do to be made. ``key`` is ours and makes it idempotent; persons are account ids, links open with GET.

    ``package_uuid`` of an earlier ticket puts the to-dos of several persons into one package.
    """

    key: str
    title: str
    creator: str
    assignee: str
    url: str
    mobile_url: str
    due_at: datetime | None = None
    reminder: DueReminder | None = None
    package_uuid: str | None = None
    creator_name: str | None = None


class TodoTicket(Record, frozen=True):
    """What the platform calls a to-do that was made, and its package."""

    task_uuid: str
    package_uuid: str | None


class FinishedTodo(Record, frozen=True):
    """A to-do somebody says they did themselves."""

    key: str
