"""The duty platform's ports for reading groups and study materials: operation 22 costs three calls."""

from collections.abc import Sequence

from connectors.contracted.reads import Endpoint
from connectors.contracted.rows import Shape
from connectors.duty.reading.mapping import group_from, material_from, post_from
from connectors.duty.reading.payloads import GroupPayload, MaterialPayload, PostPayload
from connectors.duty.reads import DutyReads
from connectors.errors import PlatformError
from connectors.freshness import LIVELY, PUBLISHED, REGISTRY
from connectors.records.page import Page, PageArgs
from connectors.records.reading_group import (
    ReadingGroup,
    ReadingGroupQuery,
    ReadingPost,
    StudyMaterial,
    StudyMaterialQuery,
)
from connectors.viewer import Ask

_GROUPS = Endpoint("readingGroups", "/reading-groups", PUBLISHED, tags=("reading-group:{key}",))
_GROUP_LIST = Endpoint("readingGroups.list", "/reading-groups/list", PUBLISHED, tags=("reading-groups",))
_POSTS = Endpoint("readingPosts", "/reading-posts", PUBLISHED, tags=("reading-post:{key}",))
_GROUP_POSTS = Endpoint(
    "readingGroups.posts",
    "/reading-groups/posts",
    LIVELY,
    tags=(
        "reading-posts",
        "reading-group:{key}",
    ),
)
_MATERIALS = Endpoint("studyMaterials", "/study-materials", REGISTRY, tags=("study-material:{key}",))
_MATERIAL_LIST = Endpoint("studyMaterials.list", "/study-materials/list", REGISTRY, tags=("study-materials",))
GROUP = Shape(GroupPayload, group_from)
POST = Shape(PostPayload, post_from)
_MATERIAL = Shape(MaterialPayload, material_from)


class DutyReadingGroups:
    """``ReadingGroupSource``."""

    def __init__(self, reads: DutyReads) -> None:
        self._reads = reads

    async def load_reading_groups(self, keys: Sequence[str], ask: Ask) -> Sequence[ReadingGroup | PlatformError | None]:
        """Read groups by key."""
        return await self._reads.keyed(_GROUPS, GROUP, keys, ask)

    async def list_reading_groups(
        self, queries: Sequence[ReadingGroupQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[ReadingGroup] | PlatformError]:
        """Read one page per query, a call each."""
        asked = [_given(organizationCode=query.organization_key, memberId=query.member_key) for query in queries]
        return await self._reads.listed(_GROUP_LIST, GROUP, asked, page, ask)

    async def load_reading_posts(self, keys: Sequence[str], ask: Ask) -> Sequence[ReadingPost | PlatformError | None]:
        """Read posts by key."""
        return await self._reads.keyed(_POSTS, POST, keys, ask)

    async def list_group_posts(
        self, keys: Sequence[str], page: PageArgs, ask: Ask
    ) -> Sequence[Page[ReadingPost] | PlatformError]:
        """Read one page of posts per group key; an unknown group has none."""
        return await self._reads.owned(_GROUP_POSTS, POST, keys, page, ask)


class DutyStudyMaterials:
    """``StudyMaterialSource``."""

    def __init__(self, reads: DutyReads) -> None:
        self._reads = reads

    async def load_study_materials(
        self, keys: Sequence[str], ask: Ask
    ) -> Sequence[StudyMaterial | PlatformError | None]:
        """Read materials by key."""
        return await self._reads.keyed(_MATERIALS, _MATERIAL, keys, ask)

    async def list_study_materials(
        self, queries: Sequence[StudyMaterialQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[StudyMaterial] | PlatformError]:
        """Read one page per query, a call each."""
        asked = [
            _given(kind=query.kind.value if query.kind else None, organizationCode=query.organization_key)
            for query in queries
        ]
        return await self._reads.listed(_MATERIAL_LIST, _MATERIAL, asked, page, ask)


def _given(**told: str | None) -> dict[str, str]:
    return {name: value for name, value in told.items() if value}
