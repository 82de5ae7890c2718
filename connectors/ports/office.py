"""The handheld office: what an official's units announce, plan, work on and issue.

Lists are by employee code and answer only for the asker's own, or to staff; anybody else is ``NotAllowedError`` in
its place. Reads by key answer what the asker may see, and None for the rest.
"""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from connectors.errors import PlatformError
from connectors.records.office import (
    DocumentQuery,
    NewNotice,
    Notice,
    NoticeQuery,
    OfficialDocument,
    ProgressQuery,
    ScheduleItem,
    WorkProgress,
)
from connectors.records.page import Page, PageArgs
from connectors.records.shift import Span
from connectors.viewer import Ask


@runtime_checkable
class NoticeSource(Protocol):
    """Knows the notices to officials."""

    async def load_notices(self, keys: Sequence[str], ask: Ask) -> Sequence[Notice | PlatformError | None]:
        """Read notices by key, as read or not by the asker."""

    async def list_notices(
        self, keys: Sequence[str], query: NoticeQuery, page: PageArgs, ask: Ask
    ) -> Sequence[Page[Notice] | PlatformError]:
        """Read one page per employee code, newest first."""


@runtime_checkable
class NoticeDesk(Protocol):
    """Publishes notices and keeps who read them. The asker acts: without an employee code it is ``NotAllowedError``."""

    async def publish_notice(self, notice: NewNotice, ask: Ask) -> Notice:
        """Publish one, as staff, for an organisation of theirs; the same write id answers the same notice.

        Raises ``PlatformError``; ``NotAllowedError`` for another's organisation.
        """

    async def mark_notices_read(self, keys: Sequence[str], write_id: str, ask: Ask) -> None:
        """Mark notices as read by the asker, at most 100; those read before stay so. Raises ``PlatformError``."""


@runtime_checkable
class ScheduleSource(Protocol):
    """Knows the schedule of organisations."""

    async def load_schedule_items(self, keys: Sequence[str], ask: Ask) -> Sequence[ScheduleItem | PlatformError | None]:
        """Read entries by key."""

    async def list_schedule(
        self, keys: Sequence[str], span: Span, ask: Ask
    ) -> Sequence[tuple[ScheduleItem, ...] | PlatformError]:
        """Read what touches the span in the units of each employee, by start; ``RangeTooWideError`` above 31 days."""

    async def list_unit_schedule(
        self, keys: Sequence[str], span: Span, ask: Ask
    ) -> Sequence[tuple[ScheduleItem, ...] | PlatformError]:
        """Read what touches the span in each organisation; to staff only."""


@runtime_checkable
class WorkProgressSource(Protocol):
    """Knows how far the work of organisations is."""

    async def load_work_progress(self, keys: Sequence[str], ask: Ask) -> Sequence[WorkProgress | PlatformError | None]:
        """Read pieces of work by key."""

    async def list_work_progress(
        self, keys: Sequence[str], query: ProgressQuery, page: PageArgs, ask: Ask
    ) -> Sequence[Page[WorkProgress] | PlatformError]:
        """Read one page per employee code, what changed last first."""


@runtime_checkable
class DocumentSource(Protocol):
    """Knows the documents organisations issued; their files are in the ``MediaStore``."""

    async def load_documents(self, keys: Sequence[str], ask: Ask) -> Sequence[OfficialDocument | PlatformError | None]:
        """Read documents by key."""

    async def list_documents(
        self, keys: Sequence[str], query: DocumentQuery, page: PageArgs, ask: Ask
    ) -> Sequence[Page[OfficialDocument] | PlatformError]:
        """Read one page per employee code, newest first."""
