"""To-dos: what waits for officials, and making, finishing and taking back what we put there."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from connectors.errors import PlatformError
from connectors.records.page import Page, PageArgs
from connectors.records.todo import NewTodo, Todo, TodoQuery, TodoTicket
from connectors.viewer import Ask


@runtime_checkable
class TodoSource(Protocol):
    """Knows what waits for officials; answers only for the asker's own employee code, or to staff."""

    async def list_todos(
        self, keys: Sequence[str], query: TodoQuery, page: PageArgs, ask: Ask
    ) -> Sequence[Page[Todo] | PlatformError]:
        """Read one page per employee code, newest first."""


@runtime_checkable
class TodoDesk(Protocol):
    """Puts to-dos before people. Persons are account ids, as the platform knows who must act.

    Every method raises ``PlatformError``, ``OutcomeUnknownError`` when it was sent and no answer came: the same may
    then be sent again, for what was done before is not done twice.
    """

    async def create_todo(self, todo: NewTodo, ask: Ask) -> TodoTicket:
        """Make one; the same key answers the same ticket."""

    async def finish_todo(self, task_uuid: str, assignee: str, ask: Ask, *, close_package: bool = False) -> None:
        """Say that it is done, for the person it waits for; with ``close_package`` the others' too."""

    async def finish_own_todo(self, task_uuid: str, ask: Ask) -> None:
        """Say that one of the asker's own is done; ``NotAllowedError`` for another's, and for who has none."""

    async def cancel_todo(self, task_uuid: str, assignee: str, ask: Ask, *, cancel_package: bool = False) -> None:
        """Take it back; with ``cancel_package`` the others' too."""

    async def close_package(self, package_uuid: str, account: str, ask: Ask) -> None:
        """Say that everything in a package is done."""

    async def cancel_package(self, package_uuid: str, account: str, ask: Ask) -> None:
        """Take back everything in a package."""
