"""Where an answer came from: what every read tells about itself, for whom it may concern."""

import enum

import msgspec


class CacheState(enum.StrEnum):
    """How a read was answered."""

    FETCHED = "fetched"  # by a call, one's own or one that was under way
    KEPT = "kept"  # from the cache, within its time
    STALE = "stale"  # from the cache after its time: it is being refreshed, or the platform fails


class Provenance(msgspec.Struct, frozen=True, gc=False):
    """One read of a source, all its keys together: the least fresh of them counts.

    ``fetched_at`` is in seconds since 1970, of the oldest; ``fresh_until`` in seconds of ``time.monotonic``, of the
    first to end, 0 where nothing may be kept; ``private``: the answer is decided by who asks. ``upstream_ms``: how long
    the slowest call took, None where none was made.
    """

    platform: str
    operation: str
    state: CacheState
    fetched_at: float
    fresh_until: float
    private: bool
    upstream_ms: float | None = None
