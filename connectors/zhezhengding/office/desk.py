"""Schedule, progress and documents: ``ScheduleSource``, ``WorkProgressSource``, ``DocumentSource``.

They change rarely and are told to a whole unit, so answers are kept for a minute, for each asker apart.
"""

from collections.abc import Sequence

from connectors.errors import PlatformError
from connectors.freshness import OWN_LASTING
from connectors.records.office import DocumentQuery, OfficialDocument, ProgressQuery, ScheduleItem, WorkProgress
from connectors.records.page import Page, PageArgs
from connectors.records.shift import Span
from connectors.viewer import Ask
from connectors.zhezhengding.office.mapping import DOCUMENTS, PROGRESS, SCHEDULE
from connectors.zhezhengding.office.reads import OwnReads, Subject

_SCHEDULE = Subject("office/schedule", OWN_LASTING)
_PROGRESS = Subject("office/progress", OWN_LASTING)
_DOCUMENTS = Subject("office/documents", OWN_LASTING)


class ZhezhengdingDesk:
    """What an official's units plan, work on and issue."""

    def __init__(self, reads: OwnReads) -> None:
        self._reads = reads

    async def load_schedule_items(self, keys: Sequence[str], ask: Ask) -> Sequence[ScheduleItem | PlatformError | None]:
        """Read entries by key."""
        return await self._reads.keyed(_SCHEDULE, SCHEDULE, keys, ask)

    async def list_schedule(
        self, keys: Sequence[str], span: Span, ask: Ask
    ) -> Sequence[tuple[ScheduleItem, ...] | PlatformError]:
        """Read what touches the span in the units of each employee, by start."""
        return await self._reads.spanned(_SCHEDULE, SCHEDULE, keys, span, ask, units=False)

    async def list_unit_schedule(
        self, keys: Sequence[str], span: Span, ask: Ask
    ) -> Sequence[tuple[ScheduleItem, ...] | PlatformError]:
        """Read what touches the span in each organisation, by start."""
        return await self._reads.spanned(_SCHEDULE, SCHEDULE, keys, span, ask, units=True)

    async def load_work_progress(self, keys: Sequence[str], ask: Ask) -> Sequence[WorkProgress | PlatformError | None]:
        """Read pieces of work by key."""
        return await self._reads.keyed(_PROGRESS, PROGRESS, keys, ask)

    async def list_work_progress(
        self, keys: Sequence[str], query: ProgressQuery, page: PageArgs, ask: Ask
    ) -> Sequence[Page[WorkProgress] | PlatformError]:
        """Read one page per employee code, what changed last first."""
        return await self._reads.owned(_PROGRESS, PROGRESS, keys, page, ask, {"finished": query.finished})

    async def load_documents(self, keys: Sequence[str], ask: Ask) -> Sequence[OfficialDocument | PlatformError | None]:
        """Read documents by key."""
        return await self._reads.keyed(_DOCUMENTS, DOCUMENTS, keys, ask)

    async def list_documents(
        self, keys: Sequence[str], query: DocumentQuery, page: PageArgs, ask: Ask
    ) -> Sequence[Page[OfficialDocument] | PlatformError]:
        """Read one page per employee code, newest first."""
        return await self._reads.owned(_DOCUMENTS, DOCUMENTS, keys, page, ask, {"text": query.text or None})
