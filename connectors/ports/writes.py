"""What became of writes."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from connectors.errors import PlatformError
from connectors.records.written import Written
from connectors.viewer import Ask


@runtime_checkable
class WriteLog(Protocol):
    """Knows which writes were done: how a write without an answer is resolved.

    Each platform has its own: whoever asks must ask the one that was written to.
    """

    async def load_writes(self, keys: Sequence[str], ask: Ask) -> Sequence[Written | PlatformError | None]:
        """Read writes by their ``write_id``; None for one that was not done."""
