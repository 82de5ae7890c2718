"""Places, by the national code list."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from connectors.records.region import Region
from connectors.viewer import Ask


@runtime_checkable
class PlaceSource(Protocol):
    """Knows the divisions of GB/T 2260: the gateway itself offers this, no platform does."""

    async def load_places(self, keys: Sequence[str], ask: Ask) -> Sequence[Region | None]:
        """Read places by code; asks nobody."""
