"""People of the address book."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from connectors.errors import PlatformError
from connectors.records.official import Official, Position
from connectors.viewer import Ask


@runtime_checkable
class OfficialSource(Protocol):
    """Knows the people of the address book."""

    async def load_officials(self, keys: Sequence[str], ask: Ask) -> Sequence[Official | PlatformError | None]:
        """Read officials by key (see ``Official``); None for one who left."""

    async def load_positions(self, keys: Sequence[str], ask: Ask) -> Sequence[tuple[Position, ...] | PlatformError]:
        """Read every post of each employee code."""
