"""Studios: the registry of them, the directory citizens look through, and what a citizen made of them."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from connectors.errors import PlatformError
from connectors.records.page import Page, PageArgs
from connectors.records.question_writes import StudioMarked, StudioMarking
from connectors.records.studio import Studio, StudioListing, StudioMarks, StudioQuery, StudioStatistics
from connectors.viewer import Ask


@runtime_checkable
class StudioRegistry(Protocol):
    """Knows the studios themselves."""

    async def load_studios(self, keys: Sequence[str], ask: Ask) -> Sequence[Studio | PlatformError | None]:
        """Read studios by key."""

    async def list_member_studios(self, keys: Sequence[str], ask: Ask) -> Sequence[tuple[Studio, ...] | PlatformError]:
        """Read the studios each member belongs to."""


@runtime_checkable
class StudioDirectory(Protocol):
    """Lists studios: owns the filter, the order, the cursor and the count."""

    async def list_studios(
        self, queries: Sequence[StudioQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[StudioListing] | PlatformError]:
        """Read one page per query."""

    async def load_studio_statistics(
        self, keys: Sequence[str], ask: Ask
    ) -> Sequence[StudioStatistics | PlatformError | None]:
        """Read followers, likes, ratings and reply times by studio key."""


@runtime_checkable
class StudioMarkSource(Protocol):
    """Knows what the person who asks follows and likes; the person needs an account there."""

    async def load_studio_marks(self, keys: Sequence[str], ask: Ask) -> Sequence[StudioMarks | PlatformError | None]:
        """Read the asker's marks by studio key; None where the asker has no account on the platform."""


@runtime_checkable
class StudioMarkDesk(Protocol):
    """Lets the person who asks follow and like studios, and take that back."""

    async def mark_studio(self, marking: StudioMarking, write_id: str, ask: Ask) -> StudioMarked:
        """Follow, unfollow, like or unlike; doing it twice changes nothing.

        Raises ``PlatformError``: ``NotAllowedError`` without an account there, ``NotFoundError``,
        ``WriteIdReusedError``, ``OutcomeUnknownError``.
        """
