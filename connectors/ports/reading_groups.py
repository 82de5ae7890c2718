"""Reading groups and study materials."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from connectors.errors import PlatformError
from connectors.records.page import Page, PageArgs
from connectors.records.reading_group import (
    ReadingGroup,
    ReadingGroupQuery,
    ReadingPost,
    StudyMaterial,
    StudyMaterialQuery,
)
from connectors.viewer import Ask


@runtime_checkable
class ReadingGroupSource(Protocol):
    """Knows reading groups and what is written in them; members see them alike."""

    async def load_reading_groups(self, keys: Sequence[str], ask: Ask) -> Sequence[ReadingGroup | PlatformError | None]:
        """Read groups by key."""

    async def list_reading_groups(
        self, queries: Sequence[ReadingGroupQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[ReadingGroup] | PlatformError]:
        """Read one page per query."""

    async def load_reading_posts(self, keys: Sequence[str], ask: Ask) -> Sequence[ReadingPost | PlatformError | None]:
        """Read posts by key."""

    async def list_group_posts(
        self, keys: Sequence[str], page: PageArgs, ask: Ask
    ) -> Sequence[Page[ReadingPost] | PlatformError]:
        """Read one page of posts per group key, newest first."""


@runtime_checkable
class StudyMaterialSource(Protocol):
    """Knows what there is to study."""

    async def load_study_materials(
        self, keys: Sequence[str], ask: Ask
    ) -> Sequence[StudyMaterial | PlatformError | None]:
        """Read materials by key."""

    async def list_study_materials(
        self, queries: Sequence[StudyMaterialQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[StudyMaterial] | PlatformError]:
        """Read one page per query."""


@runtime_checkable
class ReadingDesk(Protocol):
    """Takes members into groups and what they write there; the asker is the member (``member_key``).

    Each write raises ``PlatformError``: ``NotAllowedError`` for somebody who is no member, or has not joined the group
    they write in; ``NotFoundError``, ``RejectedInputError``, ``WriteIdReusedError``, ``OutcomeUnknownError``.
    """

    async def join_reading_group(self, key: str, write_id: str, ask: Ask) -> ReadingGroup:
        """Join a group; who is in it already stays in it."""

    async def post_in_reading_group(self, key: str, body: str, write_id: str, ask: Ask) -> ReadingPost:
        """Write in a group one has joined."""
