"""What became of writes: ``DutyWrites`` reads them by ``writeId``, never from the cache."""

from collections.abc import Sequence

from connectors.contracted.reads import Endpoint
from connectors.duty.mapping import WRITTEN
from connectors.duty.reads import DutyReads
from connectors.errors import PlatformError
from connectors.freshness import OWN_NOW
from connectors.records.written import Written
from connectors.viewer import Ask

_WRITES = Endpoint("writes", "/writes", OWN_NOW)


class DutyWrites:
    """``WriteLog``."""

    def __init__(self, reads: DutyReads) -> None:
        self._reads = reads

    async def load_writes(self, keys: Sequence[str], ask: Ask) -> Sequence[Written | PlatformError | None]:
        """Read writes by their id; None for one that was not done."""
        return await self._reads.keyed(_WRITES, WRITTEN, keys, ask)
