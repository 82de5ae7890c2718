"""The duty registry's ports: studios, members, committees, counts by region, portraits, and what became of writes.

Beside it, because they do more than read: ``lookup.py`` (who is a member), ``shifts.py`` (spans of time, writes).
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from connectors.answer import Answer
from connectors.contracted.reads import REGION, Endpoint
from connectors.deadline import Deadline
from connectors.duty.client import DutyClient
from connectors.duty.mapping import COUNTS, MEMBER, MEMBER_BY_EMPLOYEE, ORGANIZATION, PORTAL, SECTOR, STUDIO
from connectors.duty.reads import DutyReads
from connectors.errors import NotFoundError, PlatformError, UnexpectedAnswerError
from connectors.freshness import EMPLOYEE_TAG, NOW, PUBLISHED, REGISTRY, YEARLY
from connectors.reading import Reader
from connectors.records.member import Member, MemberQuery, SectorEntry
from connectors.records.organization import Committee, OrganizationPortal
from connectors.records.page import Page, PageArgs
from connectors.records.region import RegionCounts
from connectors.records.studio import Studio
from connectors.viewer import Ask

_PATHS = {
    "members.portrait": re.compile(r"members/[A-Za-z0-9_-]{1,64}/portrait"),
    "articles.cover": re.compile(r"articles/[A-Za-z0-9_-]{1,64}/cover"),
}
"""Where pictures are, by the operation that reads them."""
_PICTURES = frozenset({"image/png", "image/jpeg", "image/webp"})
_STUDIOS = Endpoint("studios", "/studios", REGISTRY, tags=("studio:{key}",))
_MEMBERS_STUDIOS = Endpoint("members.studios", "/members/studios", REGISTRY, tags=("member:{key}",))
_MEMBERS = Endpoint("members", "/members", REGISTRY, tags=("member:{key}",))
_BY_EMPLOYEE = Endpoint("members.byEmployees", "/members/by-employees", REGISTRY, tags=(EMPLOYEE_TAG,))
_STUDIOS_MEMBERS = Endpoint("studios.members", "/studios/members", REGISTRY, tags=("studio:{key}",))
_MEMBERS_LIST = Endpoint("members.list", "/members/list", PUBLISHED, tags=("members",))
_ORGANIZATIONS = Endpoint("organizations", "/organizations", REGISTRY, tags=("organization:{key}",))
_CHILDREN = Endpoint("organizations.children", "/organizations/children", REGISTRY, tags=("organization:{key}",))
_PORTALS = Endpoint("organizations.portals", "/organizations/portals", REGISTRY, tags=("organization:{key}",))
_SECTORS = Endpoint("organizations.sectors", "/organizations/sectors", YEARLY, tags=("organization:{key}",))
_COUNTS = Endpoint("regions.counts", "/regions/counts", REGISTRY, form=REGION)


class DutyStudios:
    """``StudioRegistry``: studios change rarely."""

    def __init__(self, reads: DutyReads) -> None:
        self._reads = reads

    async def load_studios(self, keys: Sequence[str], ask: Ask) -> Sequence[Studio | PlatformError | None]:
        """Read studios by key."""
        return await self._reads.keyed(_STUDIOS, STUDIO, keys, ask)

    async def list_member_studios(self, keys: Sequence[str], ask: Ask) -> Sequence[tuple[Studio, ...] | PlatformError]:
        """Read the studios each member belongs to; whole rows, so that nobody has to ask for them again."""
        return await self._reads.short(_MEMBERS_STUDIOS, STUDIO, keys, ask)


class DutyMembers:
    """``MemberRegistry`` and ``MemberDirectory``."""

    def __init__(self, reads: DutyReads) -> None:
        self._reads = reads

    async def load_members(self, keys: Sequence[str], ask: Ask) -> Sequence[Member | PlatformError | None]:
        """Read members by key."""
        return await self._reads.keyed(_MEMBERS, MEMBER, keys, ask)

    async def load_members_by_employee(self, keys: Sequence[str], ask: Ask) -> Sequence[Member | PlatformError | None]:
        """Read members by 浙政钉 employee code; None for an official who is no member."""
        return await self._reads.keyed(_BY_EMPLOYEE, MEMBER_BY_EMPLOYEE, keys, ask)

    async def list_studio_members(
        self, keys: Sequence[str], page: PageArgs, ask: Ask
    ) -> Sequence[Page[Member] | PlatformError]:
        """Read one page per studio; an unknown studio has an empty one, a cursor not of ours is refused."""
        return await self._reads.owned(_STUDIOS_MEMBERS, MEMBER, keys, page, ask)

    async def list_members(
        self, queries: Sequence[MemberQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[Member] | PlatformError]:
        """Read one page per query: a call each."""
        return await self._reads.listed(_MEMBERS_LIST, MEMBER, [_params_of(query) for query in queries], page, ask)


class DutyCommittees:
    """``CommitteeRegistry``."""

    def __init__(self, reads: DutyReads) -> None:
        self._reads = reads

    async def load_committees(self, keys: Sequence[str], ask: Ask) -> Sequence[Committee | PlatformError | None]:
        """Read committees and liaison groups by code; None for any other unit."""
        return await self._reads.keyed(_ORGANIZATIONS, ORGANIZATION, keys, ask)

    async def list_committee_children(
        self, keys: Sequence[str], ask: Ask
    ) -> Sequence[tuple[Committee, ...] | PlatformError]:
        """Read what lies directly below each committee."""
        return await self._reads.short(_CHILDREN, ORGANIZATION, keys, ask)

    async def load_portals(self, keys: Sequence[str], ask: Ask) -> Sequence[OrganizationPortal | PlatformError | None]:
        """Read committees' portals by their code."""
        return await self._reads.keyed(_PORTALS, PORTAL, keys, ask)

    async def list_sectors(
        self, keys: Sequence[str], term: int | None, ask: Ask
    ) -> Sequence[tuple[SectorEntry, ...] | PlatformError]:
        """Read each committee's table of sectors for a term; None: the current one."""
        query = {} if term is None else {"term": str(term)}
        return await self._reads.short(_SECTORS, SECTOR, keys, ask, query)

    async def load_region_counts(self, keys: Sequence[str], ask: Ask) -> Sequence[RegionCounts | PlatformError | None]:
        """Read what there is in each region and what lies in it; None where there is no committee."""
        return await self._reads.keyed(_COUNTS, COUNTS, keys, ask)


class DutyPortraits:
    """``FileSource``: members' pictures, and articles'. Never kept here: the cache counts entries, not bytes."""

    def __init__(self, client: DutyClient, reader: Reader) -> None:
        self._client = client
        self._reader = reader

    async def open_file(self, path: str, ask: Ask) -> tuple[str, bytes]:
        """Answer what a member's ``portrait_path`` or an article's ``cover_path`` names; only pictures come through.

        Raises:
            NotFoundError: the path names no picture, or the platform has none there.
            PlatformError: it could not be read.
        """
        operation = next((name for name, form in _PATHS.items() if form.fullmatch(path)), None)
        if operation is None:
            raise NotFoundError(self._reader.platform, "members.portrait", "no path of a picture")

        async def fetch(keys: list[str], deadline: Deadline) -> Mapping[str, tuple[str, bytes]]:
            return {keys[0]: await self._client.read(operation, f"/{keys[0]}", {}, _picture_in, deadline)}

        [entry] = await self._reader.read(NOW.rule(operation, 1), [path], ask, fetch)
        if entry is None:
            raise NotFoundError(self._reader.platform, operation)
        if isinstance(entry, PlatformError):
            raise entry
        return entry


def _params_of(query: MemberQuery) -> dict[str, str]:
    asked: dict[str, Any] = {
        "regionCode": query.region_key,
        "organizationCode": query.organization_key,
        "sectorCode": query.sector_code,
        "name": query.name,
        "orderBy": query.order.value,
    }
    return {name: value for name, value in asked.items() if value is not None}


def _picture_in(answer: Answer) -> tuple[str, bytes]:
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in _PICTURES:
        raise UnexpectedAnswerError(answer.platform, answer.operation, "not a picture")
    return kind, answer.body
