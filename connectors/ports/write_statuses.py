"""What became of the gateway's own writes."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from connectors.errors import PlatformError
from connectors.records.effect import WriteStatus
from connectors.viewer import Ask


@runtime_checkable
class WriteStatusSource(Protocol):
    """Knows how far writes are; tells it to who made them, and to operators."""

    async def load_write_statuses(self, keys: Sequence[str], ask: Ask) -> Sequence[WriteStatus | PlatformError | None]:
        """Read writes by their id; None for another's, and for one that was forgotten."""
