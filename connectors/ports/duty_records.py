"""Members' duty files."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from connectors.errors import PlatformError
from connectors.records.duty_record import DutyRecord, DutyRecordQuery, DutyRecordStatus, NewDutyRecord
from connectors.records.page import Page, PageArgs
from connectors.viewer import Ask


@runtime_checkable
class DutyRecordRegistry(Protocol):
    """Knows what members did. Records are the member's own and the offices'."""

    async def load_duty_records(self, keys: Sequence[str], ask: Ask) -> Sequence[DutyRecord | PlatformError | None]:
        """Read records by key; None also where the asker may not see it."""

    async def list_member_duty_records(
        self, keys: Sequence[str], query: DutyRecordQuery, page: PageArgs, ask: Ask
    ) -> Sequence[Page[DutyRecord] | PlatformError]:
        """Read one page per member key, newest first; ``NotAllowedError`` for somebody else's."""


@runtime_checkable
class DutyRecordDesk(Protocol):
    """Adds to a member's duty file, and decides on what was added.

    Each raises ``PlatformError``: ``NotAllowedError``, ``NotFoundError``, ``ForbiddenMoveError``,
    ``WriteIdReusedError``, ``OutcomeUnknownError``.
    """

    async def add_duty_record(self, record: NewDutyRecord, write_id: str, ask: Ask) -> DutyRecord:
        """Add one; the same ``write_id`` with the same record answers the same one."""

    async def move_duty_record(
        self, key: str, status: DutyRecordStatus, reason: str | None, write_id: str, ask: Ask
    ) -> DutyRecord:
        """Submit (the member), verify or reject (staff, who give a reason) one."""
