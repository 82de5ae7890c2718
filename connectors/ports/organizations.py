"""Organisations: the committees, and the units of the address book."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from connectors.errors import PlatformError
from connectors.records.organization import Committee, Unit
from connectors.viewer import Ask


@runtime_checkable
class CommitteeRegistry(Protocol):
    """Knows which organisations are CPPCC committees."""

    async def load_committees(self, keys: Sequence[str], ask: Ask) -> Sequence[Committee | PlatformError | None]:
        """Read committees by ``GO_`` code; None for an organisation that is none."""


@runtime_checkable
class UnitSource(Protocol):
    """Knows the organisations of the address book."""

    async def load_units(self, keys: Sequence[str], ask: Ask) -> Sequence[Unit | PlatformError | None]:
        """Read organisations by ``GO_`` code."""
