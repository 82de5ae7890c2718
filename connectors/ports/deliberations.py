"""Deliberations."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from connectors.errors import PlatformError
from connectors.records.deliberation import Deliberation, DeliberationQuery
from connectors.records.page import Page, PageArgs
from connectors.viewer import Ask


@runtime_checkable
class DeliberationSource(Protocol):
    """Knows deliberations; everybody sees them alike."""

    async def load_deliberations(self, keys: Sequence[str], ask: Ask) -> Sequence[Deliberation | PlatformError | None]:
        """Read deliberations by key."""

    async def list_deliberations(
        self, queries: Sequence[DeliberationQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[Deliberation] | PlatformError]:
        """Read one page per query."""

    async def list_sub_deliberations(
        self, keys: Sequence[str], page: PageArgs, ask: Ask
    ) -> Sequence[Page[Deliberation] | PlatformError]:
        """Read one page of sub-topics per deliberation key, the first to open first."""

    async def list_member_deliberations(
        self, keys: Sequence[str], page: PageArgs, ask: Ask
    ) -> Sequence[Page[Deliberation] | PlatformError]:
        """Read one page per member key: where a statement of theirs is published, the latest to open first."""
