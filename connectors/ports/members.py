"""Members of the committees, and who is one."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from connectors.errors import PlatformError
from connectors.records.identity import Identity
from connectors.records.member import Member, MemberQuery, MemberStatistics
from connectors.records.page import Page, PageArgs
from connectors.viewer import Ask


@runtime_checkable
class MemberRegistry(Protocol):
    """Knows the members of the committees."""

    async def load_members(self, keys: Sequence[str], ask: Ask) -> Sequence[Member | PlatformError | None]:
        """Read members by key."""

    async def load_members_by_employee(self, keys: Sequence[str], ask: Ask) -> Sequence[Member | PlatformError | None]:
        """Read members by 浙政钉 employee code; None for an official who is no member."""

    async def list_studio_members(
        self, keys: Sequence[str], page: PageArgs, ask: Ask
    ) -> Sequence[Page[Member] | PlatformError]:
        """Read one page of members per studio key, the convener first."""


@runtime_checkable
class MemberDirectory(Protocol):
    """Lists members: owns the filter, the order, the cursor and the count."""

    async def list_members(
        self, queries: Sequence[MemberQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[Member] | PlatformError]:
        """Read one page per query."""


@runtime_checkable
class MemberLookup(Protocol):
    """Finds the member behind an identity: by ID number or by 浙政钉 employee, never by name or phone."""

    async def find_members(self, identities: Sequence[Identity], ask: Ask) -> Sequence[Member | PlatformError | None]:
        """Find one member per identity; never cached."""


@runtime_checkable
class MemberStatisticsSource(Protocol):
    """Knows what citizens made of a member's answers."""

    async def load_member_statistics(
        self, keys: Sequence[str], ask: Ask
    ) -> Sequence[MemberStatistics | PlatformError | None]:
        """Read answered questions and ratings by member key."""
