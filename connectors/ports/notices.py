"""News to citizens on the citizen app."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from connectors.errors import PlatformError
from connectors.records.notice_to_citizen import CitizenNotice, SentNotice
from connectors.records.page import Page, PageArgs
from connectors.viewer import Ask


@runtime_checkable
class CitizenNotifier(Protocol):
    """Tells one citizen something."""

    async def notify_citizen(self, notice: CitizenNotice, ask: Ask) -> SentNotice:
        """Send a notice; the same write id sends it once.

        Raises ``PlatformError``: ``NotFoundError`` for an account nobody has, ``OutcomeUnknownError`` when it was sent
        and no answer came.
        """


@runtime_checkable
class CitizenNoticeSource(Protocol):
    """Knows what citizens were told."""

    async def list_citizen_notices(
        self, keys: Sequence[str], page: PageArgs, ask: Ask
    ) -> Sequence[Page[SentNotice] | PlatformError]:
        """Read one page per account, newest first; empty for any but the asker's own."""
