"""How long askers waited for the first reply, in buckets, so that a median over any choice of questions is quick."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence

_BUCKETS, _SHELF = 256, 16
_SHELVES = -10_000


class WaitBuckets:
    """Buckets of about as many waits each, in seconds, and shelves of sixteen buckets.

    Each has a mark, a negative number. A median is looked for on the shelves first, then on one of them.
    """

    def __init__(self, waits: Sequence[float]) -> None:
        ordered = sorted(waits)
        step = max(1, len(ordered) // _BUCKETS)
        self._bounds = ordered[step::step]

    def marks(self, wait: float) -> tuple[int, int]:
        """The marks of the bucket a wait lies in, and of its shelf."""
        bucket = bisect_right(self._bounds, wait)
        return -1 - bucket, _SHELVES - bucket // _SHELF

    def median(self, of: Callable[[int], int], waits: Callable[[int], list[float]]) -> float | None:
        """The median wait (the lower of two); None of nothing.

        Args:
            of: a mark → how many of the chosen questions have it.
            waits: a mark → their waits.
        """
        shelves = range(len(self._bounds) // _SHELF + 1)
        counts = [of(_SHELVES - shelf) for shelf in shelves]
        wanted = (sum(counts) - 1) // 2
        if wanted < 0:
            return None
        shelf, wanted = _holding(wanted, zip(shelves, counts, strict=True))
        buckets = range(shelf * _SHELF, (shelf + 1) * _SHELF)
        bucket, wanted = _holding(wanted, ((bucket, of(-1 - bucket)) for bucket in buckets))
        return sorted(waits(-1 - bucket))[wanted]


def _holding(wanted: int, counts: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """Which part holds the wanted one, and the how-manieth of it that is."""
    for part, count in counts:
        if wanted < count:
            return part, wanted
        wanted -= count
    raise LookupError
