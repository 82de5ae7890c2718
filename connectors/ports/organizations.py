"""Organisations: the committees, and the units of the address book."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from connectors.errors import PlatformError
from connectors.records.member import SectorEntry
from connectors.records.organization import Committee, OrganizationPortal, Unit, UnitCounts, UnitPath
from connectors.records.region import RegionCounts
from connectors.viewer import Ask


@runtime_checkable
class CommitteeRegistry(Protocol):
    """Knows which organisations are CPPCC committees."""

    async def load_committees(self, keys: Sequence[str], ask: Ask) -> Sequence[Committee | PlatformError | None]:
        """Read committees by ``GO_`` code; None for an organisation that is none."""

    async def list_committee_children(
        self, keys: Sequence[str], ask: Ask
    ) -> Sequence[tuple[Committee, ...] | PlatformError]:
        """Read what lies directly below each committee: committees, of a county the townships' liaison groups."""

    async def load_portals(self, keys: Sequence[str], ask: Ask) -> Sequence[OrganizationPortal | PlatformError | None]:
        """Read committees' portals by their code."""

    async def list_sectors(
        self, keys: Sequence[str], term: int | None, ask: Ask
    ) -> Sequence[tuple[SectorEntry, ...] | PlatformError]:
        """Read each committee's table of sectors for a term; None: the current one."""

    async def load_region_counts(self, keys: Sequence[str], ask: Ask) -> Sequence[RegionCounts | PlatformError | None]:
        """Read what there is in each region and what lies in it; None where there is no committee."""


@runtime_checkable
class UnitSource(Protocol):
    """Knows the organisations of the address book."""

    async def load_units(self, keys: Sequence[str], ask: Ask) -> Sequence[Unit | PlatformError | None]:
        """Read organisations by ``GO_`` code."""


@runtime_checkable
class UnitTree(Protocol):
    """Knows how the organisations of the address book lie in one another."""

    async def list_child_units(self, keys: Sequence[str], ask: Ask) -> Sequence[tuple[Unit, ...] | PlatformError]:
        """Read all organisations directly below each, in the platform's order."""

    async def load_unit_counts(self, keys: Sequence[str], ask: Ask) -> Sequence[UnitCounts | PlatformError | None]:
        """Count the people of each organisation and all below it."""

    async def load_unit_paths(self, keys: Sequence[str], ask: Ask) -> Sequence[UnitPath | PlatformError | None]:
        """Read what each organisation lies in; a call for each."""
