"""What is counted of the pools of one platform."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class PoolStats:
    """Counts since the start, over all hosts of a platform; ``open`` and ``waiting`` are as of now."""

    opened: int = 0
    failed: int = 0  # connections that could not be opened
    reused: int = 0  # calls on a connection that had carried one before
    stale: int = 0  # calls made once more, because a kept connection had been closed
    waited: int = 0  # calls that waited for a connection
    open: int = 0
    waiting: int = 0
    certificates: dict[str, float] = field(default_factory=dict)  # when each host's ends, in seconds since 1970
