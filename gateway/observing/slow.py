"""Tells the log of operations that take long: by document, how often, how long, and what they waited for.

A line for the first of a document at once, then at most one a minute for all since, however many there are: what is
slow is asked most. Never a text: the document by its hash, what it waited for by platform and operation.
"""

import asyncio
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import structlog

from gateway.execution.operation import ReadAt
from gateway.http.access import AccessEntry

QUIET_SECONDS = 60.0
MOST_DOCUMENTS = 100
_MOST_TIMES = 200
_MOST_WAITS = 3
_P95 = 0.95


@dataclass(slots=True)
class _Slow:
    """What was slow of one document since its last line; ``times`` in milliseconds, the first so many of them."""

    trace_id: str
    operation: str
    count: int = 0
    times: list[float] = field(default_factory=list)
    waits: Counter[str] = field(default_factory=Counter)

    def add(self, ms: float, reads: Sequence[ReadAt]) -> None:
        self.count += 1
        if len(self.times) < _MOST_TIMES:
            self.times.append(ms)
        for read in reads:
            told = read.provenance
            if told.upstream_ms is not None:
                self.waits[f"{told.platform}.{told.operation}"] += round(told.upstream_ms)


class SlowOperations:
    """One per process. ``slow_ms``: from how many milliseconds on; 0 for never."""

    def __init__(self, slow_ms: int = 0, quiet: float = QUIET_SECONDS) -> None:
        self._seconds = slow_ms / 1000 if slow_ms else math.inf
        self._quiet = quiet
        self._waiting: dict[str, _Slow | None] = {}
        self.count = 0

    def ended(self, entry: AccessEntry, seconds: float) -> None:
        """A request ended; called for each, so it looks at its time first."""
        if seconds < self._seconds or entry.document is None or entry.streamed:
            return
        self.count += 1
        document = entry.document
        slow = self._waiting.get(document)
        if slow is None:
            slow = _Slow(entry.trace_id, entry.operation or "")
        slow.add(round(seconds * 1000, 1), entry.reads)
        if document in self._waiting:
            self._waiting[document] = slow
        elif len(self._waiting) < MOST_DOCUMENTS:
            _tell(document, slow)
            self._waiting[document] = None
            asyncio.get_running_loop().call_later(self._quiet, self._again, document)

    def flush(self) -> None:
        """Tell what waits: nobody will later."""
        for document, slow in self._waiting.items():
            if slow is not None:
                _tell(document, slow)
        self._waiting.clear()

    def _again(self, document: str) -> None:
        slow = self._waiting.pop(document, None)
        if slow is None:
            return
        _tell(document, slow)
        self._waiting[document] = None
        asyncio.get_running_loop().call_later(self._quiet, self._again, document)


def _tell(document: str, slow: _Slow) -> None:
    times = sorted(slow.times)
    p95 = times[min(len(times) - 1, math.ceil(_P95 * len(times)) - 1)]
    told: dict[str, object] = {"trace_id": slow.trace_id, "operation": slow.operation, "document": document}
    waits = [{"for": name, "ms": ms} for name, ms in slow.waits.most_common(_MOST_WAITS)]
    structlog.get_logger().warning(
        "slow operation", **told, count=slow.count, p95_ms=p95, most_ms=max(times), waits=waits
    )
