"""People of the address book."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from connectors.errors import PlatformError
from connectors.records.official import Official, OfficialAccount, OfficialListing, OfficialSearch, Position
from connectors.records.page import Page, PageArgs
from connectors.viewer import Ask


@runtime_checkable
class OfficialSource(Protocol):
    """Knows the people of the address book."""

    async def load_officials(self, keys: Sequence[str], ask: Ask) -> Sequence[Official | PlatformError | None]:
        """Read officials by key (see ``Official``); None for one who left."""

    async def load_positions(self, keys: Sequence[str], ask: Ask) -> Sequence[tuple[Position, ...] | PlatformError]:
        """Read every post of each employee code."""


@runtime_checkable
class OfficialDirectory(Protocol):
    """Lists the people of an organisation."""

    async def list_unit_officials(
        self, keys: Sequence[str], page: PageArgs, ask: Ask
    ) -> Sequence[Page[Official] | PlatformError]:
        """Read one page of people per organisation, those listed directly there, each with the post held there."""


@runtime_checkable
class OfficialFinder(Protocol):
    """Finds people by their names."""

    async def search_officials(
        self, queries: Sequence[OfficialSearch], page: PageArgs, ask: Ask
    ) -> Sequence[Page[OfficialListing] | PlatformError]:
        """Read one page of people per query; never kept."""


@runtime_checkable
class OfficialAccounts(Protocol):
    """Knows which account belongs to whom."""

    async def load_account_ids(self, keys: Sequence[str], ask: Ask) -> Sequence[OfficialAccount | PlatformError | None]:
        """Read accounts by employee code; None for one without."""

    async def find_officials_by_mobile(
        self, mobiles: Sequence[str], ask: Ask
    ) -> Sequence[OfficialAccount | PlatformError | None]:
        """Find accounts by mobile number; never kept. Not for sign-on: a number proves nobody."""
