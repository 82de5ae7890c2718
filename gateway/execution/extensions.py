"""What an answer tells about its freshness, beside the data: ``extensions.stale`` and ``extensions.provenance``.

Platforms and operations are told by the names we gave them: no address, no argument, no key.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from connectors.provenance import CacheState
from gateway.execution.operation import ReadAt

_CHINA = timezone(timedelta(hours=8))


def freshness(reads: Sequence[ReadAt], *, explain: bool = False) -> dict[str, Any]:
    """The extensions that reads give: ``stale`` where something is, ``provenance`` of every read to who asks for it.

    ``stale`` names a place and platform once, with the oldest moment; ``provenance`` has an entry a read.
    """
    told: dict[str, Any] = {}
    old = [read for read in reads if read.provenance.state is CacheState.STALE]
    if old:
        told["stale"] = _stale(old)
    if explain:
        told["provenance"] = [_provenance(read) for read in reads]
    return told


def _stale(reads: Sequence[ReadAt]) -> list[dict[str, Any]]:
    oldest: dict[tuple[tuple[str, ...], str], float] = {}
    for read in reads:
        place, fetched_at = (read.path, read.provenance.platform), read.provenance.fetched_at
        oldest[place] = min(fetched_at, oldest.get(place, fetched_at))
    return [
        {"path": list(path), "platform": platform, "fetchedAt": _moment(fetched_at)}
        for (path, platform), fetched_at in oldest.items()
    ]


def _provenance(read: ReadAt) -> dict[str, Any]:
    told = read.provenance
    return {
        "path": list(read.path),
        "platform": told.platform,
        "operation": told.operation,
        "state": told.state.value,
        "fetchedAt": _moment(told.fetched_at),
        "upstreamMs": None if told.upstream_ms is None else round(told.upstream_ms, 1),
    }


def _moment(seconds: float) -> str:
    """ISO 8601 with offset, as the graph's own times are told."""
    return datetime.fromtimestamp(seconds, _CHINA).isoformat(timespec="milliseconds")
